import { parseClock } from '../wire/npt.js';
import type { Comparison, Criterion } from './search-criteria.js';

/** The values of a property: none where the object has no such thing. */
export type PropertyValues = (property: string) => readonly string[];

/**
 * Whether an object with these values meets the criterion; null is met by all. Text is compared without regard to case,
 * numbers and durations by size. What an object does not have is equal to nothing and different from nothing
 * (ContentDirectory:1 §2.5.5.1): only `exists false` finds it.
 */
export function matches(criterion: Criterion | null, values: PropertyValues): boolean {
  if (criterion === null) return true;
  switch (criterion.kind) {
    case 'and':
      return matches(criterion.left, values) && matches(criterion.right, values);
    case 'or':
      return matches(criterion.left, values) || matches(criterion.right, values);
    case 'exists':
      return values(criterion.property).length > 0 === criterion.wanted;
    case 'compare':
      return compares(criterion, values(criterion.property));
  }
}

type Test = (value: string, wanted: string) => boolean;

const tests: Readonly<Record<Comparison['operator'], Test>> = {
  '=': (value, wanted) => order(value, wanted) === 0,
  '!=': (value, wanted) => order(value, wanted) !== 0,
  '<': (value, wanted) => order(value, wanted) < 0,
  '<=': (value, wanted) => order(value, wanted) <= 0,
  '>': (value, wanted) => order(value, wanted) > 0,
  '>=': (value, wanted) => order(value, wanted) >= 0,
  contains: (value, wanted) => value.includes(wanted),
  doesNotContain: (value, wanted) => !value.includes(wanted),
  startsWith: (value, wanted) => value.startsWith(wanted),
  derivedfrom: (value, wanted) => value === wanted || value.startsWith(`${wanted}.`),
};

/** Any of several values will do; of the two that deny, all must. */
function compares({ operator, value }: Comparison, values: readonly string[]): boolean {
  const wanted = value.toLowerCase();
  const meets = (each: string): boolean => tests[operator](each.toLowerCase(), wanted);
  if (operator === '!=' || operator === 'doesNotContain') return values.length > 0 && values.every(meets);
  return values.some(meets);
}

function order(left: string, right: string): number {
  const [a, b] = [quantity(left), quantity(right)];
  if (a !== undefined && b !== undefined) return a - b;
  return left === right ? 0 : left < right ? -1 : 1;
}

function quantity(text: string): number | undefined {
  return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : parseClock(text);
}
