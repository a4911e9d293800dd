import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { type AlbumCard, type ArtistCard, musicRoutes } from '@hearth/contract/music';
import { type PlaylistCard, playlistRoutes } from '@hearth/contract/playlist';
import type { Image } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { Pages } from '../core/api/pages';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Choice } from '../ui/choice';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { SelectField } from '../ui/select-field';
import { Wall } from '../ui/wall';
import { CoverCard } from '../ui/cover-card';
import { musicMessages } from './messages';
import { type Picked, PlaylistPicker } from './playlist-picker';

const sorts = ['name', 'artist', 'added', 'year'] as const;
type Sort = (typeof sorts)[number];
const views = ['albums', 'artists', 'playlists'] as const;
type View = (typeof views)[number];

interface Card {
  readonly name: string;
  readonly note: string;
  readonly image: Image | null;
  readonly link: string;
  readonly available?: boolean;
}

/** All albums, artists or playlists; the address says which, and in what order. */
@Component({
  selector: 'app-music',
  imports: [Choice, CoverCard, EmptyState, Icon, PlaylistPicker, ProblemState, SelectField, Wall],
  templateUrl: './music.html',
  styleUrl: './music.css',
  host: { class: 'page' },
})
export class Music {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  protected readonly t = translator(musicMessages);
  protected readonly page = translator(pageNames);

  // From the address.
  readonly view = input<string>();
  readonly sort = input<string>();

  protected readonly shown = computed<View>(() => views.find((view) => view === this.view()) ?? 'albums');
  protected readonly order = computed<Sort>(() => sorts.find((sort) => sort === this.sort()) ?? 'name');
  protected readonly views = computed(() => views.map((value) => ({ value, name: this.t(value) })));
  protected readonly orders = computed(() => sorts.map((value) => ({ value, name: this.t(value) })));
  protected readonly albums = new Pages<AlbumCard>((cursor) =>
    this.#api.call(musicRoutes.albums, { cursor, limit: 100, sort: this.order() }),
  );
  protected readonly artists = new Pages<ArtistCard>((cursor) =>
    this.#api.call(musicRoutes.artists, { cursor, limit: 100 }),
  );
  protected readonly playlists = new Pages<PlaylistCard>(async () => {
    const { items } = await this.#api.call(playlistRoutes.list);
    return { items, total: items.length, nextCursor: null };
  });
  protected readonly list = computed(() => this[this.shown()]);
  protected readonly count = computed(() => {
    const words = { albums: 'albumCount', artists: 'artistCount', playlists: 'playlistCount' } as const;
    return this.t(words[this.shown()], { count: this.list().total() });
  });
  /** A playlist is being made. */
  protected readonly picked = signal<Picked | null>(null);

  constructor() {
    effect(() => {
      this.order();
      const list = this.list();
      untracked(() => void list.load());
    });
    reloadOn(['library.changed', 'playlists.changed'], () => void this.list().load());
  }

  protected show(params: { view?: string; sort?: string }): void {
    void this.#router.navigate([], { queryParams: params, queryParamsHandling: 'merge', replaceUrl: true });
  }

  /** What stands at `index`, if it has arrived. Reads signals. */
  protected card(index: number): Card | undefined {
    switch (this.shown()) {
      case 'albums':
        return this.#albumCard(this.albums.items()[index]);
      case 'artists':
        return this.#artistCard(this.artists.items()[index]);
      case 'playlists':
        return this.#playlistCard(this.playlists.items()[index]);
    }
  }

  #albumCard(album: AlbumCard | undefined): Card | undefined {
    const note = [album?.artist?.name, this.order() === 'year' ? album?.year : null];
    return (
      album && {
        name: album.name,
        note: note.filter(Boolean).join(' · '),
        image: album.cover,
        link: paths.album(album.id),
        available: album.available,
      }
    );
  }

  #artistCard(artist: ArtistCard | undefined): Card | undefined {
    return (
      artist && {
        name: artist.name,
        note: this.t('albumCount', { count: artist.albumCount }),
        image: artist.image,
        link: paths.artist(artist.id),
      }
    );
  }

  #playlistCard(playlist: PlaylistCard | undefined): Card | undefined {
    return (
      playlist && {
        name: playlist.name,
        note: this.t('trackCount', { count: playlist.trackCount }),
        image: playlist.cover,
        link: paths.playlist(playlist.id),
      }
    );
  }
}
