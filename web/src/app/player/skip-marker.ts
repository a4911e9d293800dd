import type { SkipMarker } from '@hearth/contract/playback';

/** Closer to a part's end (s) than this, skipping is not worth a button. */
const leastLeft = 2;

/** The part that can be skipped at `position` (s). Credits with a next episode belong to the next-episode card. */
export function markerAt(
  markers: readonly SkipMarker[],
  position: number,
  hasNext: boolean,
): SkipMarker | undefined {
  return markers.find(
    ({ kind, startSeconds, endSeconds }) =>
      position >= startSeconds && position < endSeconds - leastLeft && !(kind === 'credits' && hasNext),
  );
}

/** When the credits begin (s), where the server knows. */
export function creditsStart(markers: readonly SkipMarker[]): number | undefined {
  return markers.find(({ kind }) => kind === 'credits')?.startSeconds;
}
