import type { SourceFacts } from '@hearth/contract/source';

const least: readonly [height: number, resolution: NonNullable<SourceFacts['resolution']>][] = [
  [1800, '2160p'],
  [1260, '1440p'],
  [1000, '1080p'],
  [650, '720p'],
  [540, '576p'],
  [430, '480p'],
  [1, 'sd'],
];

/** The trade's name for a picture of so many lines; null for none. */
export const resolutionOf = (lines: number): SourceFacts['resolution'] =>
  least.find(([fewest]) => lines >= fewest)?.[1] ?? null;
