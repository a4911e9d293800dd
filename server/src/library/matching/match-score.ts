import type { ExternalIds, ProviderItem } from '@hearth/contract/provider-exchange';
import { nameLikeness } from './name-likeness.js';

/** What is known of a title of the library. */
export interface Wanted {
  readonly type: string;
  readonly name: string;
  readonly originalName: string | null;
  readonly year: number | null;
  readonly runtimeSeconds: number | null;
  readonly externalIds: ExternalIds;
}

export interface Scored<T extends ProviderItem = ProviderItem> {
  readonly item: T;
  /** 0–1 */
  readonly confidence: number;
}

/** As sure as this it is taken without asking anybody… */
const sure = 0.85;
/** …unless another is nearly as likely. */
const margin = 0.05;

/** What two titles are compared by where ids say nothing; `Wanted` is one. */
export type Compared = Pick<Wanted, 'type' | 'name' | 'originalName' | 'year' | 'runtimeSeconds'>;

/** How well each fits, 0–1; null where one of the two says nothing of it. */
export interface Likeness {
  readonly name: number;
  readonly year: number | null;
  readonly runtime: number | null;
}

/** Undated titles are slightly less likely, for there are remakes; of how long they are most say nothing. */
const unknownYear = 0.9;

/** How likely it is the same: ids decide where there are any; else name, year and runtime together. */
export function confidenceOf(wanted: Wanted, item: ProviderItem): number {
  if (item.type !== wanted.type) return 0;
  const ids = Object.entries(wanted.externalIds).filter(([authority]) => authority in item.externalIds);
  if (ids.length > 0) return ids.every(([authority, id]) => item.externalIds[authority] === id) ? 1 : 0;
  const { name, year, runtime } = likenessOf(wanted, item);
  return name * (year ?? unknownYear) * (runtime ?? 1);
}

export function likenessOf(
  wanted: Compared,
  { name, year, runtimeSeconds }: Pick<ProviderItem, 'name' | 'year' | 'runtimeSeconds'>,
): Likeness {
  const names = [wanted.name, ...(wanted.originalName === null ? [] : [wanted.originalName])];
  return {
    name: Math.max(...names.map((each) => nameLikeness(each, name))),
    year: yearLikeness(wanted.year, year),
    // Episodes of a series say nothing.
    runtime: wanted.type === 'movie' ? runtimeLikeness(wanted.runtimeSeconds, runtimeSeconds) : null,
  };
}

/** Films are dated by their première or by their release; further apart it is a remake. */
function yearLikeness(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null;
  return [1, 0.97, 0.8][Math.abs(a - b)] ?? 0.4;
}

/** Cuts differ by minutes, short films from long ones by more. */
function runtimeLikeness(a: number | null, b: number | null): number | null {
  if (!a || !b) return null;
  const apart = Math.abs(a - b) / Math.max(a, b);
  return apart > 0.4 ? 0.7 : apart > 0.2 ? 0.9 : 1;
}

/** Candidates, the likeliest first; `match` is the one to take, null where a person has to say. */
export function bestMatch<T extends ProviderItem>(
  wanted: Wanted,
  items: readonly T[],
): { match: Scored<T> | null; ranked: Scored<T>[] } {
  const ranked = items
    .map((item) => ({ item, confidence: confidenceOf(wanted, item) }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence);
  const [best, second] = ranked;
  const isSure =
    best !== undefined &&
    best.confidence >= sure &&
    (second === undefined || best.confidence - second.confidence >= margin || isExact(best, second));
  return { match: isSure ? best : null, ranked };
}

const isExact = (best: Scored, second: Scored): boolean => best.confidence === 1 && second.confidence < 0.98;
