import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';
import { type Photo, photoRoutes } from '@hearth/contract/photo';
import { Api } from '../core/api/api';
import { Pages } from '../core/api/pages';
import { translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { ProblemState } from '../core/problem-state';
import { EmptyState } from '../ui/empty-state';
import { Picture } from '../ui/picture';
import { Wall } from '../ui/wall';
import { photoMessages } from './messages';
import { PhotoViewer } from './photo-viewer';

/** Photos side by side, of an album or of everything; one of them large, when it is opened. */
@Component({
  selector: 'app-photo-grid',
  imports: [EmptyState, PhotoViewer, Picture, ProblemState, Wall],
  template: `
    @if (!list.known() && list.problem(); as problem) {
      <app-problem-state [heading]="t('failed')" [problem]="problem" (retry)="list.load()" />
    } @else if (list.known() && list.total() === 0) {
      <app-empty-state icon="image" [heading]="t('empty')" [message]="t('emptyMessage')" />
    } @else {
      <app-wall
        shape="photo"
        [attr.aria-busy]="list.known() ? null : true"
        [total]="list.known() ? list.total() : 24"
        [label]="t('all')"
        (wanted)="list.reach($event.last)"
      >
        <ng-template let-index let-sizes="sizes" let-priority="priority">
          @if (list.items()[index]; as photo) {
            <button type="button" [attr.aria-label]="t('open', { name: photo.name })" (click)="open(index)">
              <app-picture [image]="photo.image" [sizes]="sizes" [priority]="priority" />
            </button>
          } @else {
            <div class="skeleton"></div>
          }
        </ng-template>
      </app-wall>
    }
    @if (opened(); as photo) {
      <app-photo-viewer
        [photo]="photo"
        [place]="index() + 1"
        [total]="list.total()"
        [next]="list.items()[index() + 1]"
        (step)="open(index() + $event)"
        (closed)="open(-1)"
      />
    }
  `,
  styles: `
    :host {
      display: block;
    }
    button,
    .skeleton {
      position: relative;
      display: block;
      overflow: hidden;
      inline-size: 100%;
      aspect-ratio: 1;
      padding: 0;
      border: 0;
      border-radius: 4px;
      background: var(--app-surface-2);
      cursor: zoom-in;
    }
  `,
})
export class PhotoGrid {
  readonly albumId = input<string>();
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  protected readonly t = translator(photoMessages);
  /** The photo the address opens, until it is among those that are loaded. */
  readonly #wanted = signal(inject(ActivatedRoute).snapshot.queryParamMap.get('photo'));

  protected readonly list = new Pages<Photo>((cursor) =>
    this.#api.call(photoRoutes.list, {
      cursor,
      limit: 120,
      order: this.albumId() ? 'asc' : 'desc',
      ...(this.albumId() && { albumId: this.albumId() }),
    }),
  );
  protected readonly index = computed(() => this.list.items().findIndex(({ id }) => id === this.#wanted()));
  protected readonly opened = computed(() => this.list.items()[this.index()]);

  constructor() {
    effect(() => {
      this.albumId();
      untracked(() => void this.list.load());
    });
    reloadOn(['library.changed'], () => {
      // Reading from the start would take the photo that is being looked at off the list.
      if (!this.opened()) void this.list.load();
    });
  }

  /** Opens the photo at an index; −1 closes. */
  protected open(index: number): void {
    if (index >= this.list.total()) return;
    const photo = this.list.items()[index];
    this.#wanted.set(photo?.id ?? null);
    if (index > this.list.items().length - 20) void this.list.more();
    void this.#router.navigate([], {
      queryParams: { photo: photo?.id ?? null },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
