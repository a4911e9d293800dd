import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type AlbumDetail, musicRoutes, type Track } from '@hearth/contract/music';
import { resource } from '../core/api/resource';
import { AbsentState } from '../core/absent-state';
import { formatClock, formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Listening } from '../core/listening/listening';
import type { Entry } from '../core/listening/listening-queue';
import { reloadOn } from '../core/live/reload-on';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { Toasts } from '../core/toasts';
import { hueOf, titleHue } from '../ui/artwork-color';
import { Icon } from '../ui/icon';
import { Poster } from '../ui/poster';
import { musicMessages } from './messages';

interface Disc {
  readonly number: number | null;
  readonly tracks: readonly Track[];
}

/** One album: its cover, its tracks, and playing them. */
@Component({
  selector: 'app-album',
  imports: [AbsentState, Icon, Poster, RouterLink],
  templateUrl: './album.html',
  styleUrl: './album.css',
  host: { class: 'page', '[style.--hue]': 'hue()' },
})
export class Album {
  readonly id = input.required<string>();

  readonly #locale = inject(I18n).locale;
  readonly #toasts = inject(Toasts);
  protected readonly listening = inject(Listening);
  protected readonly t = translator(musicMessages);
  protected readonly paths = paths;
  protected readonly clock = formatClock;
  protected readonly album = resource(musicRoutes.album, () => ({ id: this.id() }));
  protected readonly hue = computed(() => {
    const album = this.album.value();
    return (album?.cover?.color ? hueOf(album.cover.color) : null) ?? titleHue(album?.name ?? '');
  });
  protected readonly facts = computed(() => {
    const album = this.album.value();
    if (!album) return '';
    const count = this.t('trackCount', { count: album.trackCount });
    const length = formatDuration(album.durationSeconds, this.#locale());
    return [album.year, ...album.genres.slice(0, 2), count, length].filter(Boolean).join(' · ');
  });
  protected readonly discs = computed<readonly Disc[]>(() => {
    const tracks = this.album.value()?.tracks ?? [];
    const numbers = [...new Set(tracks.map(({ discNumber }) => discNumber))];
    return numbers.map((number) => ({
      number,
      tracks: tracks.filter((track) => track.discNumber === number),
    }));
  });

  constructor() {
    inject(PageTitle).follow(() => this.album.value()?.name);
    reloadOn(['library.changed'], () => this.album.reload());
  }

  protected play(album: AlbumDetail, from?: Track): void {
    const entries = entriesOf(album);
    this.listening.play(entries, from ? entries.findIndex(({ track }) => track.id === from.id) : 0);
  }

  protected shuffle(album: AlbumDetail): void {
    const drawn = entriesOf(album).map((entry) => ({ entry, lot: Math.random() }));
    this.listening.play(drawn.sort((a, b) => a.lot - b.lot).map(({ entry }) => entry));
  }

  protected enqueue(album: AlbumDetail): void {
    this.listening.enqueue(entriesOf(album));
    this.#toasts.show(this.t('enqueued', { name: album.name }));
  }

  /** Who plays it, where that is not who the album is by. */
  protected guests(track: Track, album: AlbumDetail): string {
    const names = track.artists.filter(({ id }) => id !== album.artist?.id).map(({ name }) => name);
    return names.join(', ');
  }
}

const entriesOf = ({ id, name, cover, artist, tracks }: AlbumDetail): Entry[] =>
  tracks.filter(({ available }) => available).map((track) => ({ track, album: { id, name, cover, artist } }));
