import { Component, computed, effect, inject, input, linkedSignal, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type PlaylistDetail, type PlaylistEntry, playlistRoutes } from '@hearth/contract/playlist';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatClock, formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Listening } from '../core/listening/listening';
import { reloadOn } from '../core/live/reload-on';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { Toasts } from '../core/toasts';
import { hueOf, titleHue } from '../ui/artwork-color';
import { Confirm } from '../ui/confirm';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Poster } from '../ui/poster';
import { TextField } from '../ui/text-field';
import { entriesOfTracks, shuffled } from './entries';
import { musicMessages } from './messages';

/** One playlist: playing it and, if it is yours, changing it. */
@Component({
  selector: 'app-playlist',
  imports: [Confirm, EmptyState, ErrorState, Icon, IconButton, Poster, RouterLink, TextField],
  templateUrl: './playlist.html',
  styleUrls: ['./album.css', './playlist.css'],
  host: { class: 'page', '[style.--hue]': 'hue()' },
})
export class Playlist {
  readonly id = input.required<string>();

  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #locale = inject(I18n).locale;
  readonly #toasts = inject(Toasts);
  protected readonly listening = inject(Listening);
  protected readonly t = translator(musicMessages);
  protected readonly problems = problemWords();
  protected readonly paths = paths;
  protected readonly clock = formatClock;
  protected readonly playlist = resource(playlistRoutes.detail, () => ({ id: this.id() }));
  /** It is being deleted: the news of that must not ask for it once more. */
  #isGoing = false;
  protected readonly editing = signal(false);
  protected readonly deleting = signal(false);
  protected readonly name = linkedSignal(() => this.playlist.value()?.name ?? '');
  protected readonly hue = computed(() => {
    const one = this.playlist.value();
    return (one?.cover?.color ? hueOf(one.cover.color) : null) ?? titleHue(one?.name ?? '');
  });
  protected readonly facts = computed(() => {
    const one = this.playlist.value();
    if (!one) return '';
    const length = formatDuration(one.durationSeconds, this.#locale());
    return [this.t(one.own ? 'yours' : 'fromFile'), this.t('trackCount', { count: one.trackCount }), length]
      .filter(Boolean)
      .join(' · ');
  });
  protected readonly playable = computed(() =>
    entriesOfTracks((this.playlist.value()?.entries ?? []).flatMap(({ track }) => track ?? [])),
  );

  constructor() {
    const pageTitle = inject(PageTitle);
    effect(() => {
      const name = this.playlist.value()?.name;
      if (name) pageTitle.show(name);
    });
    reloadOn(['library.changed', 'playlists.changed'], () => this.#isGoing || this.playlist.reload());
  }

  protected noteOf({ track }: PlaylistEntry): string {
    if (!track) return this.t('missing');
    return [track.artists.map(({ name }) => name).join(', '), track.albumName].filter(Boolean).join(' · ');
  }

  /** The same track may be in it twice: the place counts what can be played before it. */
  protected play(one: PlaylistDetail, from: PlaylistEntry): void {
    const before = one.entries.slice(0, one.entries.indexOf(from));
    this.listening.play(this.playable(), before.filter(({ track }) => track?.available).length);
  }

  protected shuffle(): void {
    this.listening.play(shuffled(this.playable()));
  }

  protected enqueue({ name }: PlaylistDetail): void {
    this.listening.enqueue(this.playable());
    this.#toasts.show(this.t('enqueued', { name }));
  }

  protected move(one: PlaylistDetail, from: number, by: 1 | -1): void {
    const entries = [...one.entries];
    const moved = entries.splice(from, 1);
    this.#arrange(entries.toSpliced(from + by, 0, ...moved));
  }

  protected takeOut(one: PlaylistDetail, at: number): void {
    this.#arrange(one.entries.toSpliced(at, 1));
  }

  protected rename(event: Event): void {
    event.preventDefault();
    const name = this.name().trim();
    if (!name) return;
    this.playlist.update((one) => ({ ...one, name }));
    this.#try(this.#api.call(playlistRoutes.rename, { id: this.id(), name }));
    this.editing.set(false);
  }

  protected remove(): void {
    this.#isGoing = true;
    const gone = this.#api.call(playlistRoutes.remove, { id: this.id() });
    const leave = (): void => void this.#router.navigateByUrl(`${paths.music()}?view=playlists`);
    this.#try(
      gone.then(leave).catch((error: unknown) => {
        this.#isGoing = false;
        throw error;
      }),
    );
  }

  #arrange(entries: PlaylistEntry[]): void {
    this.playlist.update((one) => ({ ...one, entries }));
    const entryIds = entries.map(({ id }) => id);
    this.#try(this.#api.call(playlistRoutes.arrange, { id: this.id(), entryIds }));
  }

  #try(done: Promise<void>): void {
    done.catch((error: unknown) => {
      this.#toasts.failed(this.t('notChanged'), error);
      this.playlist.reload();
    });
  }
}
