import type { SegmentKey } from './segment-store.port.js';

const part = /^[A-Za-z0-9_-]{1,120}$/;
/** Six digits: 11 days of 1 s segments. */
const mostSegments = 1_000_000;
const path = /^([A-Za-z0-9_-]{1,123})\/[A-Za-z0-9_-]{1,120}\/(?:init\.mp4|\d{1,6}\.m4s)$/;

/**
 * In front of every path; another one whenever streams are cut at other places. Pieces of a version before are not found any
 * more, and make room in their turn.
 */
const generation = 'g2_';

/**
 * Where a piece lies below the store's root, `g2_content/rendition/12.m4s`: of checked parts only, so that no key leads
 * out of it. @throws RangeError for a key with anything else in it
 */
export function segmentPath({ contentKey, renditionId, piece }: SegmentKey): string {
  const isNumber = piece === 'init' || (Number.isInteger(piece) && piece >= 0 && piece < mostSegments);
  if (!part.test(contentKey) || !part.test(renditionId) || !isNumber) {
    throw new RangeError('Segment keys are made of letters, digits, “-” and “_”.');
  }
  return `${generation}${contentKey}/${renditionId}/${piece === 'init' ? 'init.mp4' : `${piece}.m4s`}`;
}

/** The path below which everything of one content lies. @throws RangeError as above */
export function contentPrefix(contentKey: string): string {
  if (!part.test(contentKey)) throw new RangeError('Content keys are made of letters, digits, “-” and “_”.');
  return `${generation}${contentKey}/`;
}

/** Whether a path is one that {@link segmentPath} makes. */
export const isSegmentPath = (text: string): boolean => path.test(text);
