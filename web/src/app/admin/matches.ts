import { afterNextRender, Component, ElementRef, inject, Injector, signal } from '@angular/core';
import { Router } from '@angular/router';
import { type MatchCandidate, matchingRoutes, type UnsureTitle } from '@hearth/contract/matching';
import { Api } from '../core/api/api';
import { Pages } from '../core/api/pages';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { ArrowArea } from '../ui/arrow-area';
import { EmptyState } from '../ui/empty-state';
import { MatchSearch } from './match-search';
import { matchesMessages } from './matches-messages';
import { adminMessages } from './messages';
import { UnsureCard } from './unsure-card';

const pageLength = 20;

/** Titles whose match is in doubt, each until a person has said what it is. */
@Component({
  selector: 'app-matches',
  imports: [ArrowArea, EmptyState, MatchSearch, ProblemState, UnsureCard],
  templateUrl: './matches.html',
  styleUrl: './matches.css',
})
export class Matches {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  protected readonly t = translator(matchesMessages);
  protected readonly name = translator(adminMessages);
  protected readonly searching = signal<UnsureTitle | null>(null);
  protected readonly list = new Pages(async (cursor) => {
    const page = await this.#api.call(matchingRoutes.unsure, { cursor, limit: pageLength });
    return { ...page, items: page.items.map((title) => ({ ...title, id: title.titleId })) };
  });

  constructor() {
    void this.list.load();
  }

  protected take(title: UnsureTitle, { providerId, itemId, name, year }: MatchCandidate): void {
    const match = year === null ? name : `${name} (${year})`;
    const run = () => void this.#router.navigateByUrl(paths.title(title.titleId));
    void this.#settle(title, async () => {
      await this.#api.call(matchingRoutes.choose, { id: title.titleId, providerId, itemId });
      this.#toasts.show(this.t('taken', { name: title.name, match }), {
        ...{ tone: 'good', action: { label: this.t('show'), run } },
      });
    });
  }

  protected refuse(title: UnsureTitle): void {
    const say = (none: boolean) => this.#api.call(matchingRoutes.refuse, { id: title.titleId, none });
    void this.#settle(title, async (restore) => {
      await say(true);
      this.#toasts.undoable(this.t('refused', { name: title.name }), this.t('undo'), () => {
        say(false).then(restore, (error: unknown) => this.#toasts.failed(this.t('notSaved'), error));
      });
    });
  }

  /** Gone at once, and back if the server could not. */
  async #settle({ titleId }: UnsureTitle, save: (restore: () => void) => Promise<void>): Promise<void> {
    this.#focusNeighbour(titleId);
    const restore = this.list.remove(titleId);
    if (this.list.items().length === 0) void this.list.more();
    try {
      await save(restore);
    } catch (error) {
      restore();
      this.#toasts.failed(this.t('notSaved'), error);
    }
  }

  /** Whoever goes through the list by keys goes on with the next one. */
  #focusNeighbour(titleId: string): void {
    const items = this.list.items();
    const at = items.findIndex(({ id }) => id === titleId);
    const next = items[at + 1] ?? items[at - 1];
    // Its best candidate, or what else can be said of it.
    const target = next ? `[data-title="${next.id}"] button` : 'h2';
    const focus = () => this.#host.querySelector<HTMLElement>(target)?.focus();
    afterNextRender(focus, { injector: this.#injector });
  }
}
