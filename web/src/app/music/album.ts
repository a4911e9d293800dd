import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type AlbumDetail, musicRoutes, type Track } from '@hearth/contract/music';
import { resource } from '../core/api/resource';
import { AbsentState } from '../core/absent-state';
import { formatClock, formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Listening } from '../core/listening/listening';
import { reloadOn } from '../core/live/reload-on';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { Toasts } from '../core/toasts';
import { hueOf, titleHue } from '../ui/artwork-color';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Poster } from '../ui/poster';
import { entriesOfAlbum, shuffled } from './entries';
import { musicMessages } from './messages';
import { type Picked, PlaylistPicker } from './playlist-picker';

interface Disc {
  readonly number: number | null;
  readonly tracks: readonly Track[];
}

/** One album: its cover, its tracks, and playing them. */
@Component({
  selector: 'app-album',
  imports: [AbsentState, Icon, IconButton, PlaylistPicker, Poster, RouterLink],
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
  /** What is to go into a playlist. */
  protected readonly picked = signal<Picked | null>(null);
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
    const entries = entriesOfAlbum(album);
    this.listening.play(entries, from ? entries.findIndex(({ track }) => track.id === from.id) : 0);
  }

  protected shuffle(album: AlbumDetail): void {
    this.listening.play(shuffled(entriesOfAlbum(album)));
  }

  protected enqueue(album: AlbumDetail): void {
    this.listening.enqueue(entriesOfAlbum(album));
    this.#toasts.show(this.t('enqueued', { name: album.name }));
  }

  protected pick({ name, tracks }: AlbumDetail): void {
    this.picked.set({ name, trackIds: tracks.map(({ id }) => id) });
  }

  /** Who plays it, where that is not who the album is by. */
  protected guests(track: Track, album: AlbumDetail): string {
    const names = track.artists.filter(({ id }) => id !== album.artist?.id).map(({ name }) => name);
    return names.join(', ');
  }
}
