import type { PlayState } from '@hearth/contract/title';

/** How far somebody is, in percent; 0 for what is over. */
export function playedPercent(state: PlayState | null): number {
  if (!state || state.watched || state.durationSeconds <= 0) return 0;
  return Math.min(100, (state.positionSeconds / state.durationSeconds) * 100);
}
