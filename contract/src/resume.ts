/** A film counts as watched from here on, of its length: titles roll after that. */
export const watchedShare = 0.9;
/** Seconds before which nobody wants to resume: they looked in and left. */
export const startedSeconds = 30;
/** The same of something short, as a share of its length. */
export const startedShare = 0.05;

export const isWatched = (positionSeconds: number, durationSeconds: number): boolean =>
  durationSeconds > 0 && positionSeconds >= durationSeconds * watchedShare;

/** Where playback starts again, in seconds: 0 for what was finished or barely begun. */
export function resumePosition(positionSeconds: number, durationSeconds: number): number {
  const isBegun = positionSeconds >= Math.min(startedSeconds, durationSeconds * startedShare);
  return isBegun && !isWatched(positionSeconds, durationSeconds) ? positionSeconds : 0;
}
