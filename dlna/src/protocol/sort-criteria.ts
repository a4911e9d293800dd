/** One of a SortCriteria, in order of weight. */
export interface SortKey {
  /** `dc:title`, `dc:date`, `upnp:originalTrackNumber`, `res@size`, … */
  readonly property: string;
  readonly descending: boolean;
}

/** Fault 709. */
export class SortSyntaxError extends Error {}

/** `+dc:title`, `-res@size`; the sign may be missing, and ContentDirectory:3 has modifiers before it. */
const key = /^(?:(?:TIME|LENGTH)?([+-]))?\s*([A-Za-z@][\w.-]*(?::[\w.-]+)?(?:@[\w:.-]+)?)$/;
const longest = 2048;

/**
 * Keys nobody knows are kept, and whoever sorts leaves them out: a fault would leave strict clients with an empty list
 * (home-assistant/core#67140). The first of each property counts.
 * @throws SortSyntaxError only for what is no list of properties
 */
export function parseSortCriteria(text: string): SortKey[] {
  if (text.length > longest) throw new SortSyntaxError('too long');
  const keys = new Map<string, SortKey>();
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const [, sign, property] = key.exec(part.trim()) ?? [];
    if (property === undefined) throw new SortSyntaxError(`no property to sort by: ${part.trim()}`);
    if (!keys.has(property)) keys.set(property, { property, descending: sign === '-' });
  }
  return [...keys.values()];
}
