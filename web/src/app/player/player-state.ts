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
  switch (event.type) {
    case 'opening':
      return { ...initialState, volume: state.volume, muted: state.muted, rate: state.rate };
    case 'opened':
      return { ...state, phase: 'ready', position: event.position, duration: event.duration, waiting: true };
    case 'swapped':
      // The element begins anew, at 0, and seeks: until it is there, nothing it tells of its place counts.
      return {
        ...state,
        phase: 'ready',
        position: event.position,
        duration: event.duration,
        buffered: [],
        waiting: !state.paused,
        seekingTo: event.position > 0 ? event.position : null,
      };
    case 'played':
      return { ...state, paused: false, phase: state.phase === 'ended' ? 'ready' : state.phase };
    case 'playing':
      return { ...state, paused: false, waiting: false, phase: 'ready', seekingTo: null };
    case 'paused':
      return { ...state, paused: true, waiting: false };
    case 'waiting':
      // A paused film waits for nobody.
      return { ...state, waiting: !state.paused };
    case 'time':
      // Until the seek is done, the element still tells the old place.
      return state.seekingTo === null ? { ...state, position: event.position } : state;
    case 'seeking':
      return {
        ...state,
        seekingTo: event.position,
        position: event.position,
        phase: state.phase === 'ended' ? 'ready' : state.phase,
      };
    case 'seeked':
      return { ...state, seekingTo: null, position: event.position };
    case 'duration':
      // Live and broken files say Infinity or NaN; what the server measured stands.
      return Number.isFinite(event.duration) && event.duration > 0
        ? { ...state, duration: event.duration }
        : state;
    case 'buffered':
      return { ...state, buffered: event.ranges };
    case 'volume':
      return { ...state, volume: event.volume, muted: event.muted };
    case 'rate':
      return { ...state, rate: event.rate };
    case 'ended':
      return {
        ...state,
        phase: 'ended',
        paused: true,
        waiting: false,
        seekingTo: null,
        position: state.duration,
      };
    case 'failed':
      return { ...state, phase: 'failed', paused: true, waiting: false };
  }
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
