import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { filterParameter } from '@hearth/contract/discover';
import { providerRoutes } from '@hearth/contract/provider';
import type { Extra } from '@hearth/contract/provider-manifest';
import { resource } from '../core/api/resource';
import { FoundCard } from '../core/found/found-card';
import { ExtraFilters } from '../core/generated/extra-filters';
import { type ExtraValues, missingExtras, queryOf } from '../core/generated/extra-state';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { Wall, type WallRange } from '../ui/wall';
import { CatalogPages } from './catalog-pages';
import { DiscoverNav } from './discover-nav';
import { discoverMessages } from './messages';

/** Cells shown as on their way while there is more to read. */
const ahead = 12;
const none: ExtraValues = {};

/** One list of a provider as a wall that goes on for as long as the list does; the address holds its filters. */
@Component({
  selector: 'app-catalog',
  imports: [DiscoverNav, EmptyState, ExtraFilters, FoundCard, Icon, ProblemState, RouterLink, Wall],
  templateUrl: './catalog.html',
  styleUrl: './catalog.css',
})
export class CatalogPage {
  readonly providerId = input.required<string>();
  /** Which list; left out: the first. */
  readonly type = input<string>();
  readonly catalogId = input<string>();

  readonly #router = inject(Router);
  readonly #pages = inject(CatalogPages);
  protected readonly t = translator(discoverMessages);
  protected readonly words = problemWords();
  protected readonly paths = paths;

  protected readonly catalogs = resource(providerRoutes.catalogs, () => ({ id: this.providerId() }));
  protected readonly lists = computed(() => this.catalogs.value()?.items ?? []);
  protected readonly catalog = computed(() =>
    this.catalogId() === undefined
      ? this.lists()[0]
      : this.lists().find(({ type, id }) => type === this.type() && id === this.catalogId()),
  );
  readonly #address = toSignal(inject(ActivatedRoute).queryParams, { initialValue: none });
  /** Of the address, what the list has filters for. */
  protected readonly values = computed<ExtraValues>(
    () => {
      const address: Readonly<Record<string, unknown>> = this.#address();
      const names = this.catalog()?.extra.map(({ name }) => name) ?? [];
      return Object.fromEntries(
        names.flatMap((name) => {
          const value = address[filterParameter(name)];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      );
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly missing = computed(() => {
    const [first] = missingExtras(this.catalog()?.extra ?? [], this.values());
    return first && (first.label ?? first.name);
  });
  protected readonly filtered = computed(() => Object.values(this.values()).some(Boolean));
  protected readonly pages = computed(() => {
    const catalog = this.catalog();
    if (!catalog || this.missing() !== undefined) return undefined;
    const { type, id: catalogId, extra } = catalog;
    return this.#pages.of({
      ...{ providerId: this.providerId(), type, catalogId },
      filters: queryOf(extra, this.values()),
    });
  });
  protected readonly total = computed(() => {
    const pages = this.pages();
    if (!pages?.known()) return ahead * 4;
    return pages.items().length + (pages.hasMore() ? ahead : 0);
  });
  /** The last cell that is on screen or near it. */
  readonly #last = signal(0);
  /** Pictures that are not upright are shown in squares, so that a wall has one height. */
  protected readonly shape = computed(() =>
    this.pages()?.items()[0]?.posterShape === 'square' ? 'cover' : 'poster',
  );

  constructor() {
    effect(() => {
      const pages = this.pages();
      if (pages && !untracked(pages.known)) void pages.load();
    });
    // What is wanted may lie beyond several pages; one that fails is read again on purpose only.
    effect(() => {
      const pages = this.pages();
      const last = this.#last();
      if (pages?.known() && pages.items().length <= last) untracked(() => void pages.reach(last));
    });
  }

  protected bring({ last }: WallRange): void {
    this.#last.set(last);
  }

  /** Puts a filter into the address. What the provider begins with must be taken away by an empty one. */
  protected change(change: Readonly<Record<string, string>>): void {
    const begins = (name: string) => this.#extra(name)?.default !== undefined;
    this.#go(
      Object.fromEntries(
        Object.entries(change).map(([name, value]) => [name, value || (begins(name) ? '' : null)]),
      ),
    );
  }

  /** As the provider begins; the order stays. */
  protected clear(): void {
    const filters = (this.catalog()?.extra ?? []).filter(({ type }) => type !== 'sort');
    this.#go(Object.fromEntries(filters.map(({ name }) => [name, null])));
  }

  #extra(name: string): Extra | undefined {
    return this.catalog()?.extra.find((extra) => extra.name === name);
  }

  /** A filter is not a place to go Back to. */
  #go(filters: Readonly<Record<string, string | null>>): void {
    window.scrollTo(0, 0);
    const named = Object.entries(filters).map(([name, value]) => [filterParameter(name), value] as const);
    const queryParams = Object.fromEntries(named);
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }
}
