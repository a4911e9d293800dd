/** A stretch of the film that is loaded, in seconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/**
 * `opening`: nobody knows yet what will play. `ready`: a picture is there or on its way. `ended`: over.
 * `failed`: it can't go on by itself.
 */
export type Phase = 'opening' | 'ready' | 'ended' | 'failed';

/** Everything the controls show; times in seconds. */
export interface PlayerState {
  readonly phase: Phase;
  readonly paused: boolean;
  /** It should run, but the next picture is not there yet. */
  readonly waiting: boolean;
  /** Where the person wants to be, from the moment they say so until the picture is there. */
  readonly seekingTo: number | null;
  readonly position: number;
  readonly duration: number;
  readonly buffered: readonly TimeRange[];
  /** 0–1 */
  readonly volume: number;
  readonly muted: boolean;
  readonly rate: number;
}

export type PlayerEvent =
  | { readonly type: 'opening' }
  | { readonly type: 'opened' | 'swapped'; readonly position: number; readonly duration: number }
  | { readonly type: 'played' | 'playing' | 'paused' | 'waiting' | 'ended' | 'failed' }
  | { readonly type: 'time' | 'seeking' | 'seeked'; readonly position: number }
  | { readonly type: 'duration'; readonly duration: number }
  | { readonly type: 'buffered'; readonly ranges: readonly TimeRange[] }
  | { readonly type: 'volume'; readonly volume: number; readonly muted: boolean }
  | { readonly type: 'rate'; readonly rate: number };

export const initialState: PlayerState = {
  phase: 'opening',
  paused: true,
  waiting: false,
  seekingTo: null,
  position: 0,
  duration: 0,
  buffered: [],
  volume: 1,
  muted: false,
  rate: 1,
};

/** The state after `event`. Pure: the media element’s events go in, what the controls show comes out. */
export function reduce(state: PlayerState, event: PlayerEvent): PlayerState {
  const change = changeBy(event, state);
  return change ? { ...state, ...change } : state;
}

function changeBy(event: PlayerEvent, state: PlayerState): Partial<PlayerState> | null {
  const unended = state.phase === 'ended' ? 'ready' : state.phase;
  switch (event.type) {
    case 'opening':
      return { ...initialState, volume: state.volume, muted: state.muted, rate: state.rate };
    case 'opened':
      return { phase: 'ready', position: event.position, duration: event.duration, waiting: true };
    case 'swapped':
      return swapped(event, state);
    case 'played':
      return { paused: false, phase: unended };
    case 'playing':
      return { paused: false, waiting: false, phase: 'ready', seekingTo: null };
    case 'paused':
      return { paused: true, waiting: false };
    case 'waiting':
      // A paused film waits for nobody.
      return { waiting: !state.paused };
    case 'time':
      // Until the seek is done, the element still tells the old place.
      return state.seekingTo === null ? { position: event.position } : null;
    case 'seeking':
      return { seekingTo: event.position, position: event.position, phase: unended };
    case 'seeked':
      return { seekingTo: null, position: event.position };
    case 'duration':
      // Live and broken files say Infinity or NaN; what the server measured stands.
      return Number.isFinite(event.duration) && event.duration > 0 ? { duration: event.duration } : null;
    case 'buffered':
      return { buffered: event.ranges };
    case 'volume':
      return { volume: event.volume, muted: event.muted };
    case 'rate':
      return { rate: event.rate };
    case 'ended':
      return { phase: 'ended', paused: true, waiting: false, seekingTo: null, position: state.duration };
    case 'failed':
      return { phase: 'failed', paused: true, waiting: false };
  }
}

/** The element begins anew, at 0, and seeks: until it is there, nothing it tells of its place counts. */
function swapped(
  { position, duration }: { readonly position: number; readonly duration: number },
  { paused }: PlayerState,
): Partial<PlayerState> {
  const seekingTo = position > 0 ? position : null;
  return { phase: 'ready', position, duration, buffered: [], waiting: !paused, seekingTo };
}

/** `position` kept inside the film; a little before its end, so that a jump there does not end it. */
export function clampPosition(position: number, duration: number): number {
  return Math.max(0, Math.min(position, Math.max(0, duration - 0.25)));
}

/** Seconds that can be played from `position` without loading more. */
export function bufferAhead(state: Pick<PlayerState, 'position' | 'buffered'>): number {
  // Ranges touch with small gaps; half a second counts as touching.
  const range = state.buffered.find(
    ({ start, end }) => start - 0.5 <= state.position && state.position <= end,
  );
  return range ? range.end - state.position : 0;
}
