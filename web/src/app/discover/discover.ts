import { Component, computed, ElementRef, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { discoverRoutes } from '@hearth/contract/discover';
import { resource } from '../core/api/resource';
import { FoundCard } from '../core/found/found-card';
import { translator } from '../core/i18n/i18n';
import { Live } from '../core/live/live';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Session } from '../core/session/session';
import { Carousel } from '../ui/carousel';
import { EmptyState } from '../ui/empty-state';
import { arrowDirections, moveFocus } from '../ui/spatial';
import { DiscoverNav } from './discover-nav';
import { discoverMessages } from './messages';

/** What providers list, one row a list. */
@Component({
  selector: 'app-discover',
  imports: [Carousel, DiscoverNav, EmptyState, FoundCard, ProblemState, RouterLink],
  template: `
    <h1>{{ t('heading') }}</h1>
    <app-discover-nav />
    @if (found.value()) {
      @if (rows().length > 0) {
        <div class="rows">
          @for (row of rows(); track row.key) {
            @if (row.items.length > 0) {
              <app-carousel [key]="row.key" [heading]="row.heading" [link]="row.link">
                @for (item of row.items; track $index) {
                  <app-found-card [item]="item" />
                }
              </app-carousel>
            } @else {
              <section class="row-shape" aria-busy="true" [attr.aria-label]="row.heading">
                <h2>{{ row.heading }}</h2>
                <div class="cards">
                  @for (card of cards; track card) {
                    <div class="skeleton"></div>
                  }
                </div>
              </section>
            }
          }
        </div>
      } @else if (silent().length === 0) {
        <app-empty-state icon="explore" [heading]="t('nothing')" [message]="t('nothingMessage')">
          @if (session.isAdmin()) {
            <a class="button primary" [routerLink]="paths.admin('providers')">{{ t('toProviders') }}</a>
          }
        </app-empty-state>
      }
      <ul class="silent">
        @for (line of silent(); track $index) {
          <li>{{ line }}</li>
        }
      </ul>
    } @else if (found.problem(); as problem) {
      <app-problem-state [heading]="t('failed')" [problem]="problem" (retry)="found.reload()" />
    } @else {
      <div class="rows" aria-busy="true">
        @for (row of [1, 2, 3]; track row) {
          <div class="row-shape">
            <div class="skeleton heading"></div>
            <div class="cards">
              @for (card of cards; track card) {
                <div class="skeleton"></div>
              }
            </div>
          </div>
        }
      </div>
    }
  `,
  styleUrl: './discover.css',
  host: { '(keydown)': 'steer($event)' },
})
export class Discover {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #router = inject(Router);
  protected readonly session = inject(Session);
  protected readonly t = translator(discoverMessages);
  protected readonly paths = paths;
  protected readonly cards = Array.from({ length: 10 }, (_, card) => card);
  protected readonly found = resource(discoverRoutes.rows, () => ({}));
  readonly #rows = computed(() => this.found.value()?.rows ?? []);
  protected readonly rows = computed(() =>
    this.#rows()
      .filter(({ items, searching }) => items.length > 0 || searching)
      .map(({ providerId, providerName, type, catalogId, name, items }) => ({
        key: `discover-${providerId}-${type}-${catalogId}`,
        heading: this.t('rowName', { name, provider: providerName }),
        link: this.#router.parseUrl(paths.catalog(providerId, type, catalogId)),
        items,
      })),
  );
  /** Lists that did not answer. */
  protected readonly silent = computed(() =>
    this.#rows().flatMap(({ name, providerName, error }) =>
      error === null ? [] : [this.t('silent', { name, provider: providerName, error })],
    ),
  );

  constructor() {
    inject(Live).on('discover.found', ({ q }) => {
      if (q === '') this.found.reload();
    });
  }

  /** A remote’s up and down go from row to row; left and right belong to the rows. */
  protected steer(event: KeyboardEvent): void {
    const direction = arrowDirections[event.key];
    if (direction !== 'up' && direction !== 'down') return;
    if (event.target instanceof HTMLElement && moveFocus(this.#host, event.target, direction))
      event.preventDefault();
  }
}
