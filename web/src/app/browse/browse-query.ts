import type { titleQuery } from '@hearth/contract/title';
import type { z } from 'zod';

export type TitleRequest = z.input<typeof titleQuery>;

/** What the address bar of a browse page says; everything is text or missing. */
export interface BrowseParams {
  readonly type?: string;
  readonly genre?: string;
  readonly year?: string;
  readonly minRating?: string;
  readonly contentRating?: string;
  readonly resolution?: string;
  readonly hdr?: string;
  readonly watched?: string;
  readonly favorite?: string;
  readonly personId?: string;
  readonly libraryId?: string;
  readonly sort?: string;
  readonly order?: string;
}

export const sorts = ['name', 'added', 'year', 'rating', 'runtime', 'random'] as const;
export type Sort = (typeof sorts)[number];

const known = <const T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((candidate) => candidate === value);

export function sortOf(params: BrowseParams): Sort {
  return known(sorts, params.sort) ?? 'name';
}

/** Newest, best and longest first unless the address says otherwise; names from A. */
export function orderOf(params: BrowseParams): 'asc' | 'desc' {
  return (
    known(['asc', 'desc'], params.order) ?? (['name', 'random'].includes(sortOf(params)) ? 'asc' : 'desc')
  );
}

/** The filter the server understands; what it would refuse (someone edited the address) is left out. */
export function filterOf(params: BrowseParams): Omit<TitleRequest, 'sort' | 'order' | 'limit' | 'cursor'> {
  const rating = Number(params.minRating);
  return withoutEmpty({
    type: known(['movie', 'series'], params.type),
    genre: params.genre || undefined,
    year: /^\d{4}(-\d{4})?$/.test(params.year ?? '') ? params.year : undefined,
    minRating: params.minRating && rating >= 0 && rating <= 10 ? rating : undefined,
    contentRating: params.contentRating || undefined,
    resolution:
      listOf(params.resolution)
        .filter((value) => known(['sd', '720p', '1080p', '2160p'], value))
        .join(',') || undefined,
    hdr: params.hdr === 'true' ? 'true' : undefined,
    watched: known(['yes', 'no', 'started'], params.watched),
    favorite: params.favorite === 'true' ? 'true' : undefined,
    personId: idOf(params.personId),
    libraryId: idOf(params.libraryId),
  });
}

/** `a,b` as a list. */
export function listOf(value: string | undefined): string[] {
  return (value ?? '').split(',').filter(Boolean);
}

/** `list` with `value` put in, or taken out if it was there; null (no parameter) when nothing is left. */
export function toggled(list: string | undefined, value: string): string | null {
  const values = listOf(list);
  const rest = values.filter((candidate) => candidate !== value);
  return (rest.length < values.length ? rest : [...values, value]).join(',') || null;
}

/** `1990` → `1990-1999` */
export function decadeRange(decade: string): string {
  return `${decade}-${Number(decade) + 9}`;
}

function idOf(value: string | undefined): string | undefined {
  return value && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined;
}

function withoutEmpty<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
