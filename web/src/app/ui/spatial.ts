export type Direction = 'up' | 'down' | 'left' | 'right';

export const arrowDirections: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Index of the box a remote’s arrow should go to from `from`, or -1. The nearest in that direction wins; being out of
 * line costs double, so that a column is kept where there is one.
 */
export function nearestBox(from: Box, boxes: readonly Box[], direction: Direction): number {
  let best = -1;
  let bestCost = Infinity;
  boxes.forEach((box, index) => {
    const ahead = distanceAhead(from, box, direction);
    // A pixel of overlap is rounding; more means the box is beside or behind, not ahead.
    if (ahead < -1) return;
    const vertical = direction === 'up' || direction === 'down';
    const aside = vertical
      ? gapBetween(from.left, from.right, box.left, box.right)
      : gapBetween(from.top, from.bottom, box.top, box.bottom);
    const center = vertical
      ? Math.abs(from.left + from.right - box.left - box.right) / 2
      : Math.abs(from.top + from.bottom - box.top - box.bottom) / 2;
    const cost = Math.max(0, ahead) + aside * 2 + center * 0.1;
    if (cost >= bestCost) return;
    best = index;
    bestCost = cost;
  });
  return best;
}

function distanceAhead(from: Box, box: Box, direction: Direction): number {
  if (direction === 'up') return from.top - box.bottom;
  if (direction === 'down') return box.top - from.bottom;
  return direction === 'left' ? from.left - box.right : box.left - from.right;
}

/** Distance between two stretches of a line; 0 where they overlap. */
function gapBetween(startA: number, endA: number, startB: number, endB: number): number {
  return Math.max(0, startB - endA, startA - endB);
}

/** Moves the focus within `area` as an arrow key asks; false when there is nothing that way. */
export function moveFocus(area: HTMLElement, from: HTMLElement, direction: Direction): boolean {
  const stops = [...area.querySelectorAll<HTMLElement>('a[href], button:not(:disabled)')].filter(
    (stop) => stop !== from && !from.contains(stop) && stop.checkVisibility() && stop.tabIndex >= 0,
  );
  const boxes = stops.map((stop) => stop.getBoundingClientRect());
  const target = stops[nearestBox(from.getBoundingClientRect(), boxes, direction)];
  if (!target) return false;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'smooth' });
  return true;
}
