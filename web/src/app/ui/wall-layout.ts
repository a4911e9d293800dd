export type Density = 'roomy' | 'dense';

/** What a cell is: a poster or a square cover with two lines below it, or a square picture alone. */
export type WallShape = 'poster' | 'cover' | 'photo';

export interface WallLayout {
  readonly columns: number;
  /** Width of one card (px). */
  readonly card: number;
  /** Distance between cards (px). */
  readonly gap: number;
  /** Height of one row with its gap (px). */
  readonly row: number;
}

/** Widest a card may be before one more fits (rem), and the fewest columns a phone gets. */
const densities: Record<Density, { width: number; fewest: number }> = {
  roomy: { width: 11, fewest: 3 },
  dense: { width: 8, fewest: 4 },
};

/** Width of a cell over its height, and whether text stands below the picture. */
const shapes: Record<WallShape, { aspect: number; text: boolean }> = {
  poster: { aspect: 2 / 3, text: true },
  cover: { aspect: 1, text: true },
  photo: { aspect: 1, text: false },
};

export interface WallSettings {
  readonly density?: Density;
  readonly shape?: WallShape;
  /** Pixels of one rem. */
  readonly rem?: number;
}

/** The grid that fits `width` px. */
export function layoutWall(width: number, settings: WallSettings = {}): WallLayout {
  const { density = 'roomy', shape = 'poster', rem = 16 } = settings;
  const { width: wanted, fewest } = densities[density];
  const { aspect, text: hasText } = shapes[shape];
  const gap = (hasText ? (width < 40 * rem ? 0.625 : 1.125) : 0.25) * rem;
  const columns = Math.max(fewest, Math.round((width + gap) / (wanted * rem + gap)));
  const card = Math.max(1, (width - gap * (columns - 1)) / columns);
  const text = hasText ? (0.5 + 2 * 0.875 * 1.35 + 0.25) * rem : 0;
  return { columns, card, gap, row: Math.ceil(card / aspect + text + gap) };
}
