import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { FoundItem } from '@hearth/contract/discover';
import { Icon } from '../../ui/icon';
import { Poster } from '../../ui/poster';
import { formatYears } from '../format';
import { translator } from '../i18n/i18n';
import { paths } from '../paths';
import { foundMessages } from './messages';

const shapes = { poster: 'poster', landscape: 'still', square: 'square' } as const;

/** A title that a provider has; one link, to the library’s own where that has it too. */
@Component({
  selector: 'app-found-card',
  imports: [Icon, Poster, RouterLink],
  template: `
    @let now = item();
    <a class="card-link" [routerLink]="link()">
      <span class="art">
        <app-poster
          [shape]="shape()"
          [image]="now.poster"
          [name]="now.name"
          [note]="year()"
          [sizes]="sizes()"
          [priority]="priority()"
        />
        @if (now.titleId !== null) {
          <span class="badge"><app-icon name="video_library-fill" /></span>
        }
      </span>
      <span class="name"
        ><bdi>{{ now.name }}</bdi></span
      >&ngsp;
      <span class="note">{{ year() || ' ' }}</span>
      @if (now.titleId !== null) {
        <span class="visually-hidden">, {{ t('inLibrary') }}</span>
      }
    </a>
  `,
  styleUrls: ['../../ui/card.css', '../../ui/title-card.css'],
})
export class FoundCard {
  readonly item = input.required<FoundItem>();
  readonly sizes = input('(max-width: 767px) 33vw, 200px');
  readonly priority = input(false);
  protected readonly t = translator(foundMessages);
  readonly #router = inject(Router);
  /** Parsed: ids of providers hold anything, slashes too. */
  protected readonly link = computed(() => this.#router.parseUrl(paths.found(this.item())));
  protected readonly shape = computed(() => shapes[this.item().posterShape]);
  protected readonly year = computed(() => {
    const { type, year, endYear } = this.item();
    return formatYears(type === 'series' && endYear !== null ? 'series' : 'movie', year, endYear);
  });
}
