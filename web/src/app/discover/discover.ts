import { Component, computed, ElementRef, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { discoverRows } from '../core/found/discover-rows';
import { FoundRows } from '../core/found/found-rows';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Session } from '../core/session/session';
import { EmptyState } from '../ui/empty-state';
import { arrowDirections, moveFocus } from '../ui/spatial';
import { DiscoverNav } from './discover-nav';
import { discoverMessages } from './messages';

/** What providers list, one row a list. */
@Component({
  selector: 'app-discover',
  imports: [DiscoverNav, EmptyState, FoundRows, ProblemState, RouterLink],
  template: `
    <h1>{{ t('heading') }}</h1>
    <app-discover-nav />
    @if (found.value()) {
      @if (found.shown().length > 0) {
        <app-found-rows class="rows" [rows]="found.shown()" />
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
  protected readonly session = inject(Session);
  protected readonly t = translator(discoverMessages);
  protected readonly paths = paths;
  protected readonly cards = Array.from({ length: 10 }, (_, card) => card);
  protected readonly found = discoverRows();
  /** Lists that did not answer. */
  protected readonly silent = computed(() =>
    (this.found.value()?.rows ?? []).flatMap(({ name, providerName, error }) =>
      error === null ? [] : [this.t('silent', { name, provider: providerName, error })],
    ),
  );

  /** A remote’s up and down go from row to row; left and right belong to the rows. */
  protected steer(event: KeyboardEvent): void {
    const direction = arrowDirections[event.key];
    if (direction !== 'up' && direction !== 'down') return;
    if (event.target instanceof HTMLElement && moveFocus(this.#host, event.target, direction))
      event.preventDefault();
  }
}
