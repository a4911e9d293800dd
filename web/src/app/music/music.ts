import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { type AlbumCard, type ArtistCard, musicRoutes } from '@hearth/contract/music';
import { Api } from '../core/api/api';
import { Pages } from '../core/api/pages';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Choice } from '../ui/choice';
import { EmptyState } from '../ui/empty-state';
import { SelectField } from '../ui/select-field';
import { Wall } from '../ui/wall';
import { CoverCard } from '../ui/cover-card';
import { musicMessages } from './messages';

const sorts = ['name', 'artist', 'added', 'year'] as const;
type Sort = (typeof sorts)[number];

/** All albums, or all artists; the address says which, and in what order. */
@Component({
  selector: 'app-music',
  imports: [Choice, CoverCard, EmptyState, ProblemState, SelectField, Wall],
  templateUrl: './music.html',
  styleUrl: './music.css',
  host: { class: 'page' },
})
export class Music {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  protected readonly t = translator(musicMessages);
  protected readonly page = translator(pageNames);
  protected readonly paths = paths;

  // From the address.
  readonly view = input<string>();
  readonly sort = input<string>();

  protected readonly shown = computed(() => (this.view() === 'artists' ? 'artists' : 'albums'));
  protected readonly order = computed<Sort>(() => sorts.find((sort) => sort === this.sort()) ?? 'name');
  protected readonly views = computed(() => [
    { value: 'albums' as const, name: this.t('albums') },
    { value: 'artists' as const, name: this.t('artists') },
  ]);
  protected readonly orders = computed(() => sorts.map((value) => ({ value, name: this.t(value) })));
  protected readonly albums = new Pages<AlbumCard>((cursor) =>
    this.#api.call(musicRoutes.albums, { cursor, limit: 100, sort: this.order() }),
  );
  protected readonly artists = new Pages<ArtistCard>((cursor) =>
    this.#api.call(musicRoutes.artists, { cursor, limit: 100 }),
  );
  protected readonly list = computed(() => (this.shown() === 'albums' ? this.albums : this.artists));
  protected readonly count = computed(() =>
    this.shown() === 'albums'
      ? this.t('albumCount', { count: this.albums.total() })
      : this.t('artistCount', { count: this.artists.total() }),
  );

  constructor() {
    effect(() => {
      this.order();
      const list = this.list();
      untracked(() => void list.load());
    });
    reloadOn(['library.changed'], () => void this.list().load());
  }

  protected show(params: { view?: string; sort?: string }): void {
    void this.#router.navigate([], { queryParams: params, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected noteOf(album: AlbumCard): string {
    return [album.artist?.name, this.order() === 'year' ? album.year : null].filter(Boolean).join(' · ');
  }
}
