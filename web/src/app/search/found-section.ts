import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { discoverRoutes, type DiscoverSearch } from '@hearth/contract/discover';
import { debounceTime } from 'rxjs';
import { resource } from '../core/api/resource';
import { FoundCard } from '../core/found/found-card';
import { PartsLine } from '../core/found/parts-line';
import { translator } from '../core/i18n/i18n';
import { Live } from '../core/live/live';
import { searchMessages } from './messages';

/** How long typing must rest before strangers are asked (ms), and the fewest letters they are asked with. */
const restMs = 500;
const fewest = 2;

/** What providers have for the words, filled in as they answer. What fails here takes nothing from the library's results. */
@Component({
  selector: 'app-found-section',
  imports: [FoundCard, PartsLine],
  template: `
    @if (found(); as now) {
      @if (now.parts.length > 0) {
        <section aria-labelledby="found-heading">
          <header>
            <h2 id="found-heading">{{ t('fromProviders') }}</h2>
            <app-parts-line [parts]="now.parts" [searching]="now.searching" />
          </header>
          <div class="posters">
            @for (item of now.items; track item.providerId + ' ' + item.id) {
              <app-found-card [item]="item" />
            }
          </div>
        </section>
      }
    }
  `,
  styleUrls: ['./posters.css', './found-section.css'],
})
export class FoundSection {
  /** What is searched for; empty: nothing. */
  readonly asked = input.required<string>();
  protected readonly t = translator(searchMessages);
  readonly #rested = toSignal(toObservable(this.asked).pipe(debounceTime(restMs)), { initialValue: '' });
  readonly #found = resource(discoverRoutes.discoverSearch, () => {
    const q = this.#rested();
    return q.length >= fewest ? { q } : undefined;
  });
  /** Those of the words before stay until the new ones are there. */
  protected readonly found = linkedSignal<
    { asked: string; value?: DiscoverSearch },
    DiscoverSearch | undefined
  >({
    source: () => ({ asked: this.asked(), value: this.#found.value() }),
    computation: ({ asked, value }, previous) =>
      asked.length < fewest ? undefined : (value ?? previous?.value),
  });
  readonly count = computed(() => this.found()?.items.length ?? 0);

  constructor() {
    inject(Live).on('discover.found', ({ q }) => {
      if (q === this.#rested()) this.#found.reload();
    });
  }
}
