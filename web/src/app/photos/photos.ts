import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { type PhotoAlbumCard, photoRoutes } from '@hearth/contract/photo';
import { Api } from '../core/api/api';
import { Pages } from '../core/api/pages';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Choice } from '../ui/choice';
import { CoverCard } from '../ui/cover-card';
import { EmptyState } from '../ui/empty-state';
import { Wall } from '../ui/wall';
import { photoMessages } from './messages';
import { PhotoGrid } from './photo-grid';

const views = ['folder', 'month', 'all'] as const;
type View = (typeof views)[number];

/** Photo albums by folder or by month, or every photo there is; the address says which. */
@Component({
  selector: 'app-photos',
  imports: [Choice, CoverCard, EmptyState, PhotoGrid, ProblemState, Wall],
  templateUrl: './photos.html',
  styleUrl: './photos.css',
  host: { class: 'page' },
})
export class Photos {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  protected readonly t = translator(photoMessages);
  protected readonly page = translator(pageNames);
  protected readonly paths = paths;

  // From the address.
  readonly view = input<string>();

  protected readonly shown = computed<View>(() => views.find((view) => view === this.view()) ?? 'folder');
  protected readonly choices = computed(() => views.map((value) => ({ value, name: this.t(value) })));
  protected readonly albums = new Pages<PhotoAlbumCard>((cursor) =>
    this.#api.call(photoRoutes.albums, {
      cursor,
      limit: 100,
      kind: this.shown() === 'month' ? 'month' : 'folder',
    }),
  );

  constructor() {
    effect(() => {
      if (this.shown() !== 'all') untracked(() => void this.albums.load());
    });
    reloadOn(['library.changed'], () => void (this.shown() === 'all' ? undefined : this.albums.load()));
  }

  protected show(view: View): void {
    void this.#router.navigate([], { queryParams: { view, photo: null }, replaceUrl: true });
  }
}
