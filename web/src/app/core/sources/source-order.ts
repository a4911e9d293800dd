import type { RankedSource } from '@hearth/contract/source';

export const sourceColumns = [
  'source',
  'quality',
  'size',
  'seeders',
  'languages',
  'provider',
  'score',
] as const;
export type SourceColumn = (typeof sourceColumns)[number];

export interface SourceOrder {
  readonly column: SourceColumn;
  readonly descending: boolean;
}

/** As the server ranked them. */
export const bestFirst: SourceOrder = { column: 'score', descending: true };

/** Columns whose larger values are usually wanted first. */
const largeFirst: ReadonlySet<SourceColumn> = new Set(['quality', 'size', 'seeders', 'score']);

/** After a press on the head of `column`: sorted by it, or turned around. */
export function nextOrder(order: SourceOrder, column: SourceColumn): SourceOrder {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: largeFirst.has(column) };
}

const heights = {
  '2160p': 2160,
  '1440p': 1440,
  '1080p': 1080,
  '720p': 720,
  '576p': 576,
  '480p': 480,
  sd: 360,
};
const kinds = ['file', 'http', 'torrent', 'link'];

/** What a column compares; null is not known, and comes last whichever way it is sorted. */
function keyOf(source: RankedSource, column: SourceColumn): number | string | null {
  switch (column) {
    case 'source':
      return `${kinds.indexOf(source.kind)} ${source.label}`;
    case 'quality': {
      const { resolution, hdr } = source.facts;
      return resolution && heights[resolution] + (hdr ? 1 : 0);
    }
    case 'size':
      return source.size;
    case 'seeders':
      return source.kind === 'torrent' ? source.seeders : null;
    case 'languages':
      return source.facts.languages.join(',') || null;
    case 'provider':
      return providersOf(source)[0]?.name ?? null;
    case 'score':
      return source.score;
  }
}

export function providersOf(source: RankedSource): readonly { readonly id: string; readonly name: string }[] {
  return source.kind === 'file' ? [] : source.providers;
}

/** `sources` (best first) in another order; equal ones stay best first. */
export function ordered(
  sources: readonly RankedSource[],
  { column, descending }: SourceOrder,
): readonly RankedSource[] {
  if (column === 'score') return descending ? sources : sources.toReversed();
  const sign = descending ? -1 : 1;
  return sources.toSorted((a, b) => {
    const [one, other] = [keyOf(a, column), keyOf(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
    return sign * String(one).localeCompare(String(other));
  });
}

/** Which one Play takes: the best that plays here. */
export function winnerOf(sources: readonly RankedSource[]): RankedSource | undefined {
  return sources.find(isPlayable);
}

export function isPlayable(source: RankedSource): boolean {
  return source.kind === 'file' ? source.available && source.extraKind === null : source.kind !== 'link';
}
