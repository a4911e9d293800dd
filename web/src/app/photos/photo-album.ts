import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { photoRoutes } from '@hearth/contract/photo';
import { resource } from '../core/api/resource';
import { AbsentState } from '../core/absent-state';
import { formatDate } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { Icon } from '../ui/icon';
import { photoMessages } from './messages';
import { PhotoGrid } from './photo-grid';

/** The photos of one album. */
@Component({
  selector: 'app-photo-album',
  imports: [AbsentState, Icon, PhotoGrid, RouterLink],
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
      <app-absent-state
        icon="image"
        [heading]="t('failed')"
        [problem]="problem"
        [back]="paths.photos()"
        [backText]="t('back')"
        (retry)="album.reload()"
      />
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
    inject(PageTitle).follow(() => this.album.value()?.name);
    reloadOn(['library.changed'], () => this.album.reload());
  }
}
