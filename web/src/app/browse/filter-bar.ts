import { Component, computed, input, output } from '@angular/core';
import type { TitleFacets } from '@hearth/contract/title';
import { translator } from '../core/i18n/i18n';
import { type FilterChoice, FilterMenu } from '../ui/filter-menu';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import type { Density } from '../ui/wall-layout';
import { type BrowseParams, decadeRange, listOf, type Sort, sorts, toggled } from './browse-query';
import type { LetterStop } from './letter-rail';
import { browseMessages } from './messages';

/** Query parameters to set; null takes one away. */
export type FilterChange = Readonly<Record<string, string | null>>;

const ratings = ['9', '8', '7', '6', '5'];
const watchedStates = [
  [null, 'watchedAny'],
  ['no', 'watchedNo'],
  ['started', 'watchedStarted'],
  ['yes', 'watchedYes'],
] as const;
const qualityNames: Readonly<Record<string, string>> = { '2160p': '4K', '1080p': '1080p', '720p': '720p' };

/** Chips that narrow the wall, each with what it would leave, and how the wall is sorted and laid out. */
@Component({
  selector: 'app-filter-bar',
  imports: [FilterMenu, Icon, IconButton, Menu],
  templateUrl: './filter-bar.html',
  styleUrls: ['../ui/chip.css', '../ui/filter-bar.css', './filter-bar.css'],
})
export class FilterBar {
  readonly params = input.required<BrowseParams>();
  readonly person = input('');
  readonly facets = input<TitleFacets>();
  readonly sort = input.required<Sort>();
  readonly order = input.required<'asc' | 'desc'>();
  readonly density = input.required<Density>();
  readonly filtered = input.required<boolean>();
  readonly letters = input.required<readonly LetterStop[]>();
  readonly changed = output<FilterChange>();
  readonly cleared = output();
  readonly jumped = output<number>();
  protected readonly t = translator(browseMessages);
  protected readonly sorts = sorts;

  protected readonly genres = computed(() => this.#choices('genres', this.params().genre, (value) => value));
  protected readonly certificates = computed(() =>
    this.#choices('contentRatings', this.params().contentRating, (value) => value),
  );
  protected readonly qualities = computed(() =>
    this.#choices('resolutions', this.params().resolution, (value) => qualityNames[value] ?? this.t('sd')),
  );
  protected readonly decades = computed<readonly FilterChoice<string | null>[]>(() => [
    { value: null, text: this.t('anyDecade'), on: !this.params().year },
    ...(this.facets()?.decades ?? []).toReversed().map(({ value, count }) => ({
      value: decadeRange(value),
      text: this.t('decadeName', { decade: value }),
      count,
      on: this.params().year === decadeRange(value),
    })),
  ]);
  protected readonly ratings = computed<readonly FilterChoice<string | null>[]>(() => [
    { value: null, text: this.t('anyRating'), on: !this.params().minRating },
    ...ratings.map((rating) => ({
      value: rating,
      text: this.t('ratingAtLeast', { rating }),
      on: this.params().minRating === rating,
    })),
  ]);
  protected readonly watched = computed<readonly FilterChoice<string | null>[]>(() =>
    watchedStates.map(([value, key]) => ({
      value,
      text: this.t(key),
      on: (this.params().watched ?? null) === value,
    })),
  );
  protected readonly genreText = computed(() => this.#chosen(listOf(this.params().genre), this.t('genre')));
  protected readonly qualityText = computed(() =>
    this.#chosen(
      listOf(this.params().resolution).map((value) => qualityNames[value] ?? 'SD'),
      this.t('quality'),
    ),
  );
  protected readonly certificateText = computed(() =>
    this.#chosen(listOf(this.params().contentRating), this.t('certificate')),
  );
  protected readonly decadeText = computed(() => {
    const year = this.params().year;
    if (!year) return this.t('decade');
    return this.decades().find(({ on }) => on)?.text ?? year.replace('-', '–');
  });
  protected readonly ratingText = computed(() => {
    const rating = this.params().minRating;
    return rating ? this.t('ratingAtLeast', { rating }) : this.t('rating');
  });
  protected readonly watchedText = computed(
    () => this.watched().find(({ value, on }) => value && on)?.text ?? this.t('watched'),
  );

  /** Nothing to choose from, and that is known. */
  protected empty(choices: readonly FilterChoice<string>[]): boolean {
    return this.facets() !== undefined && choices.length === 0;
  }

  protected sortName(sort: Sort): string {
    return this.t(sort);
  }

  protected toggle(name: 'genre' | 'resolution' | 'contentRating', value: string): void {
    this.changed.emit({ [name]: toggled(this.params()[name], value) });
  }

  protected flip(name: 'hdr' | 'favorite'): void {
    this.changed.emit({ [name]: this.params()[name] === 'true' ? null : 'true' });
  }

  protected sortBy(sort: Sort): void {
    this.changed.emit({ sort: sort === 'name' ? null : sort, order: null });
  }

  #choices(
    facet: 'genres' | 'resolutions' | 'contentRatings',
    chosen: string | undefined,
    name: (value: string) => string,
  ): FilterChoice<string>[] {
    const on = new Set(listOf(chosen));
    const counted = (this.facets()?.[facet] ?? []).map(({ value, count }) => ({ value, count }));
    // A choice that leaves nothing is no longer counted, but must stay to be taken back.
    const missing = [...on].filter((value) => !counted.some((choice) => choice.value === value));
    return [...counted, ...missing.map((value) => ({ value, count: 0 }))].map((choice) => ({
      ...choice,
      text: name(choice.value),
      on: on.has(choice.value),
    }));
  }

  #chosen(values: readonly string[], otherwise: string): string {
    const [first] = values;
    if (first === undefined) return otherwise;
    return values.length > 1 ? `${first} +${values.length - 1}` : first;
  }
}
