import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { type SearchResults, titleRoutes } from '@hearth/contract/title';
import { debounceTime, distinctUntilChanged } from 'rxjs';
import { resource } from '../core/api/resource';
import { formatEpisodeCode } from '../core/format';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { CoverCard } from '../ui/cover-card';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Poster } from '../ui/poster';
import { arrowDirections, moveFocus } from '../ui/spatial';
import { TitleCard } from '../ui/title-card';
import { FoundSection } from './found-section';
import { searchMessages } from './messages';
import { RecentSearches } from './recent-searches';

/** How long typing must rest before the server is asked (ms). */
const restMs = 140;

interface Answer {
  readonly asked: string;
  readonly value: SearchResults | undefined;
}

/** Search as you type over everything; the address holds the words. */
@Component({
  selector: 'app-search',
  imports: [
    CoverCard,
    EmptyState,
    FoundSection,
    Icon,
    IconButton,
    Poster,
    ProblemState,
    RouterLink,
    TitleCard,
  ],
  templateUrl: './search.html',
  styleUrls: ['./posters.css', './search.css'],
  host: { '(keydown)': 'steer($event)', '(click)': 'opened($event)' },
})
export class Search {
  readonly q = input<string>();
  readonly #router = inject(Router);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly recent = inject(RecentSearches);
  protected readonly t = translator(searchMessages);
  protected readonly paths = paths;
  protected readonly code = formatEpisodeCode;
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected readonly text = linkedSignal(() => this.q() ?? '');
  readonly #rested = toObservable(this.text).pipe(debounceTime(restMs), distinctUntilChanged());
  protected readonly query = toSignal(this.#rested, { initialValue: '' });
  protected readonly asked = computed(() => this.query().trim().slice(0, 200));
  protected readonly results = resource(titleRoutes.search, () =>
    this.asked() ? { q: this.asked(), limit: 12 } : undefined,
  );
  /** The results on screen: those of the words before stay until the new ones are there. */
  protected readonly shown = linkedSignal<Answer, SearchResults | undefined>({
    source: () => ({ asked: this.asked(), value: this.results.value() }),
    computation: ({ asked, value }, previous) => (asked === '' ? undefined : (value ?? previous?.value)),
  });
  protected readonly count = computed(() => {
    const kinds = Object.values(this.shown() ?? {});
    return kinds.reduce((sum, found) => sum + found.length, 0);
  });
  constructor() {
    this.#rested.pipe(takeUntilDestroyed()).subscribe((text) => {
      if (text === (this.q() ?? '')) return;
      void this.#router.navigate([], { queryParams: { q: text || null }, replaceUrl: true });
    });
    afterNextRender(() => {
      if (!this.q()) this.field().nativeElement.focus();
    });
  }

  protected choose(query: string): void {
    this.text.set(query);
    this.field().nativeElement.focus();
  }

  protected clear(): void {
    this.text.set('');
    this.field().nativeElement.focus();
  }

  /** A result was opened: these words were worth remembering. */
  protected opened(event: Event): void {
    if (event.target instanceof Element && event.target.closest('.results a')) this.recent.add(this.asked());
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.recent.add(this.text());
    this.#host.querySelector<HTMLElement>('.results a')?.click();
  }

  /** Down leads from the field into the results, arrows through them, Escape back. */
  protected steer(event: KeyboardEvent): void {
    const field = this.field().nativeElement;
    if (!(event.target instanceof HTMLElement)) return;
    if (event.key === 'Escape' && event.target !== field) {
      event.preventDefault();
      return field.focus();
    }
    const direction = arrowDirections[event.key];
    if (!direction || (event.target === field && direction !== 'down')) return;
    if (event.target === field) {
      event.preventDefault();
      this.#host.querySelector<HTMLElement>('.results a, .recent button')?.focus();
    } else if (moveFocus(this.#host, event.target, direction)) {
      event.preventDefault();
    } else if (direction === 'up') {
      event.preventDefault();
      field.focus();
    }
  }
}
