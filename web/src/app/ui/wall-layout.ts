export type Density = 'roomy' | 'dense';

export interface WallLayout {
  readonly columns: number;
  /** Width of one card (px). */
  readonly card: number;
  /** Distance between cards (px). */
  readonly gap: number;
  /** Height of one row with its gap (px): the poster is 2:3, below it two lines of text. */
  readonly row: number;
}

/** Widest a card may be before one more fits (rem), and the fewest columns a phone gets. */
const densities: Record<Density, { width: number; fewest: number }> = {
  roomy: { width: 11, fewest: 3 },
  dense: { width: 8, fewest: 4 },
};

/** The grid that fits `width` px when one rem is `rem` px. */
export function layoutWall(width: number, density: Density, rem = 16): WallLayout {
  const { width: wanted, fewest } = densities[density];
  const gap = (width < 40 * rem ? 0.625 : 1.125) * rem;
  const columns = Math.max(fewest, Math.round((width + gap) / (wanted * rem + gap)));
  const card = Math.max(1, (width - gap * (columns - 1)) / columns);
  const text = 0.5 * rem + 2 * 0.875 * 1.35 * rem;
  return { columns, card, gap, row: Math.ceil(card * 1.5 + text + gap + 0.25 * rem) };
}
