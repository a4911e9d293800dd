import type { Quality } from '@hearth/contract/playback';

/** Two dry spells within this time (ms) are not bad luck. */
const spanMs = 90_000;
/** What of the measured bandwidth may be counted on. */
const usable = 0.75;

/** Counts how often the film stood still for want of data. */
export class DrySpells {
  #last: number | undefined;

  /** @returns whether this one is one too many */
  happened(at: number): boolean {
    const again = this.#last !== undefined && at - this.#last <= spanMs;
    this.#last = again ? undefined : at;
    return again;
  }
}

/**
 * The best quality below `current` that `bandwidth` (bits per second, null: unknown) carries; the least one when none
 * does, and undefined when there is nothing below. `qualities` best first.
 */
export function lowerQuality(
  qualities: readonly Quality[],
  current: string,
  bandwidth: number | null,
): Quality | undefined {
  const at = qualities.findIndex(({ name }) => name === current);
  const playing = qualities[at];
  const below = qualities.slice(at + 1).filter(({ bitrate }) => !playing || bitrate < playing.bitrate);
  // A measure above what plays is not what was short: then the next one down is the smallest step.
  const limit = bandwidth === null ? Infinity : bandwidth * usable;
  return below.find(({ bitrate }) => bitrate <= limit) ?? below.at(-1);
}
