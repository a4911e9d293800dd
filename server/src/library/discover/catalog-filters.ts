import type { Catalog, Extra } from '@hearth/contract/provider-manifest';
import { ProblemError } from '../../common/problem-error.js';

/** Values of filters by name, as providers are asked with them. */
export type Filters = Record<string, string>;

/** Longest value of one filter (contract: `catalogQuestion`). */
const longest = 1000;

/** Why a value is none; thrown and caught in here. */
class Faulty extends Error {}

/**
 * The filters of a catalog out of a query. One that is left out has its default; one that is given empty is not
 * set; one whose control is not shown (`dependsOn`) does not count.
 * @throws ProblemError VALIDATION_FAILED naming every faulty filter
 */
export function filtersOf(
  { extra }: Pick<Catalog, 'extra'>,
  query: Readonly<Record<string, unknown>>,
): Filters {
  const errors: { path: string; message: string }[] = [];
  const known = new Set(extra.map(({ name }) => name));
  for (const path of Object.keys(query))
    if (!known.has(path)) errors.push({ path, message: 'no filter of this list' });
  const values = new Map<string, string>();
  for (const each of extra) {
    try {
      const given = Object.hasOwn(query, each.name) ? query[each.name] : undefined;
      const value = valueOf(each, given);
      if (value !== '') values.set(each.name, value);
    } catch (error) {
      if (!(error instanceof Faulty)) throw error;
      errors.push({ path: each.name, message: error.message });
    }
  }
  const shown = extra.filter(
    ({ dependsOn }) => !dependsOn || hasOneOf(values.get(dependsOn.name), dependsOn.in),
  );
  for (const { name, isRequired } of shown)
    if (isRequired && !values.has(name) && !errors.some(({ path }) => path === name))
      errors.push({ path: name, message: 'has to be set' });
  if (errors.length > 0) throw new ProblemError('VALIDATION_FAILED', { errors });
  const isShown = new Set(shown.map(({ name }) => name));
  return Object.fromEntries([...values].filter(([name]) => isShown.has(name)));
}

/** Filters of a catalog that is asked for without any; null where one has to be set. */
export function usualFilters(catalog: Pick<Catalog, 'extra'>): Filters | null {
  try {
    return filtersOf(catalog, {});
  } catch {
    return null;
  }
}

const hasOneOf = (value: string | undefined, wanted: readonly string[]): boolean =>
  (value ?? '').split(',').some((part) => wanted.includes(part));

/** As a provider is asked with it; empty where it is not set. */
function valueOf(extra: Extra, given: unknown): string {
  const parts = given === undefined ? [extra.default ?? ''] : [given].flat();
  const texts = parts.map((part) => (typeof part === 'string' ? part.trim() : fault('is no text')));
  if (extra.type === 'multiselect')
    return chosen(extra, texts.flatMap((text) => text.split(',')).filter(Boolean));
  const [text = '', second] = texts;
  if (second !== undefined) fault('stands here twice');
  if (text.length > longest) fault(`is longer than ${longest} characters`);
  if (text === '') return '';
  switch (extra.type) {
    case 'select':
    case 'sort':
      return chosen(extra, [text]);
    case 'range':
      return range(extra, text);
    case 'toggle':
      return toggle(text);
    default:
      return text;
  }
}

function fault(message: string): never {
  throw new Faulty(message);
}

function chosen({ options, optionsLimit = Infinity }: Extra, ids: readonly string[]): string {
  const distinct = [...new Set(ids)];
  const stranger = options && distinct.find((id) => !options.some((option) => option.id === id));
  if (stranger !== undefined) fault('is none of the options');
  if (distinct.length > optionsLimit) fault(`takes ${optionsLimit} options at most`);
  return distinct.join(',');
}

function range({ min = -Infinity, max = Infinity }: Extra, text: string): string {
  const [, from, to] =
    /^(\d{1,12}(?:\.\d{1,6})?)?-(\d{1,12}(?:\.\d{1,6})?)?$/u.exec(text) ?? fault('is not “from-to”');
  const ends = [from, to].filter((end) => end !== undefined).map(Number);
  if (ends.some((end) => end < min || end > max)) fault(`lies outside ${min}–${max}`);
  if (Number(from ?? 0) > Number(to ?? Infinity)) fault('ends before it begins');
  return ends.length === 0 ? '' : text;
}

function toggle(text: string): string {
  if (text !== 'true' && text !== 'false') fault('is neither true nor false');
  return text === 'true' ? 'true' : '';
}
