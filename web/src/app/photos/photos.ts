import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type PhotoAlbumCard, photoRoutes } from '@hearth/contract/photo';
import { Api } from '../core/api/api';
import { Pages } from '../core/api/pages';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { problemWords } from '../core/i18n/problem-words';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { Choice } from '../ui/choice';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Poster } from '../ui/poster';
import { Wall, type WallRange } from '../ui/wall';
import { photoMessages } from './messages';
import { PhotoGrid } from './photo-grid';

const views = ['folder', 'month', 'all'] as const;
type View = (typeof views)[number];

/** Photo albums by folder or by month, or every photo there is; the address says which. */
@Component({
  selector: 'app-photos',
  imports: [Choice, EmptyState, ErrorState, PhotoGrid, Poster, RouterLink, Wall],
  templateUrl: './photos.html',
  styleUrl: './photos.css',
  host: { class: 'page' },
})
export class Photos {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  protected readonly t = translator(photoMessages);
  protected readonly page = translator(pageNames);
  protected readonly problems = problemWords();
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

  protected bring({ last }: WallRange): void {
    if (last >= this.albums.items().length) void this.albums.more();
  }

  protected show(view: View): void {
    void this.#router.navigate([], { queryParams: { view, photo: null }, replaceUrl: true });
  }
}
