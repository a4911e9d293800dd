/** One of a SortCriteria, in order of weight. */
export interface SortKey {
  /** `dc:title`, `dc:date`, `upnp:originalTrackNumber`, `res@size`, … */
  readonly property: string;
  readonly descending: boolean;
}

/** Fault 709. */
export class SortSyntaxError extends Error {}

/** Keys nobody knows are kept: who sorts leaves them out. @throws SortSyntaxError only for what is no list of properties */
export function parseSortCriteria(text: string): SortKey[] {
  throw new SortSyntaxError(`not written yet ${text}`);
}
