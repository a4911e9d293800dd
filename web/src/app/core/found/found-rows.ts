import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import type { DiscoverRow } from '@hearth/contract/discover';
import { Carousel } from '../../ui/carousel';
import { translator } from '../i18n/i18n';
import { paths } from '../paths';
import { FoundCard } from './found-card';
import { foundMessages } from './messages';

/** Rows of what providers list. One that is still on its way has its place. */
@Component({
  selector: 'app-found-rows',
  imports: [Carousel, FoundCard],
  template: `
    @for (row of lines(); track row.key) {
      @if (row.items.length > 0) {
        <app-carousel [key]="row.key" [heading]="row.heading" [link]="row.link">
          @for (item of row.items; track $index) {
            <app-found-card [item]="item" />
          }
        </app-carousel>
      } @else {
        <section aria-busy="true" [attr.aria-label]="row.heading">
          <h2>{{ row.heading }}</h2>
          <div class="cards">
            @for (card of cards; track card) {
              <div class="skeleton"></div>
            }
          </div>
        </section>
      }
    }
  `,
  styleUrl: './found-rows.css',
})
export class FoundRows {
  readonly rows = input.required<readonly DiscoverRow[]>();
  readonly #router = inject(Router);
  readonly #t = translator(foundMessages);
  protected readonly cards = Array.from({ length: 10 }, (_, card) => card);
  protected readonly lines = computed(() =>
    this.rows().map(({ providerId, providerName, type, catalogId, name, items }) => ({
      key: `discover-${providerId}-${type}-${catalogId}`,
      heading: this.#t('rowName', { name, provider: providerName }),
      // Parsed: names of lists hold anything, slashes too.
      link: this.#router.parseUrl(paths.catalog(providerId, type, catalogId)),
      items,
    })),
  );
}
