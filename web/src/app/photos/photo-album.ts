import { Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { photoRoutes } from '@hearth/contract/photo';
import { resource } from '../core/api/resource';
import { formatDate } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { reloadOn } from '../core/live/reload-on';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Icon } from '../ui/icon';
import { photoMessages } from './messages';
import { PhotoGrid } from './photo-grid';

/** The photos of one album. */
@Component({
  selector: 'app-photo-album',
  imports: [EmptyState, ErrorState, Icon, PhotoGrid, RouterLink],
  template: `
    @if (album.value(); as one) {
      <header>
        <a class="back" [routerLink]="paths.photos()"><app-icon name="arrow_back" />{{ t('back') }}</a>
        <h1>
          <bdi>{{ one.name }}</bdi>
        </h1>
        <p>{{ facts() }}</p>
      </header>
      <app-photo-grid [albumId]="one.id" />
    } @else if (album.problem(); as problem) {
      @if (problem.code === 'NOT_FOUND') {
        <app-empty-state icon="image" [heading]="problems.message(problem)" message="">
          <a class="button primary" [routerLink]="paths.photos()">{{ t('back') }}</a>
        </app-empty-state>
      } @else {
        <app-error-state
          [heading]="t('failed')"
          [message]="problems.message(problem)"
          [details]="problems.details(problem)"
          (retry)="album.reload()"
        />
      }
    }
  `,
  styles: `
    header {
      margin-block-end: 1.5rem;
    }
    .back {
      display: inline-flex;
      align-items: center;
      gap: 0.375rem;
      min-block-size: 2.75rem;
      color: var(--app-text-2);
      font-size: var(--app-text-sm);
    }
    p {
      color: var(--app-text-2);
    }
  `,
  host: { class: 'page' },
})
export class PhotoAlbum {
  readonly id = input.required<string>();
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(photoMessages);
  protected readonly problems = problemWords();
  protected readonly paths = paths;
  protected readonly album = resource(photoRoutes.album, () => ({ id: this.id() }));
  protected readonly facts = computed(() => {
    const album = this.album.value();
    if (!album) return '';
    const days = [album.from, album.to].map((day) => (day ? formatDate(day, this.#locale()) : ''));
    const span = [...new Set(days)].filter(Boolean).join(' – ');
    return [this.t('photoCount', { count: album.photoCount }), span].filter(Boolean).join(' · ');
  });

  constructor() {
    const pageTitle = inject(PageTitle);
    effect(() => {
      const name = this.album.value()?.name;
      if (name) pageTitle.show(name);
    });
    reloadOn(['library.changed'], () => this.album.reload());
  }
}
