import type { Home, WatchCard } from '@hearth/contract/title';

export interface HeroChoice {
  readonly card: WatchCard;
  readonly reason: 'continue' | 'next' | 'new';
  /** 0–100 */
  readonly percent: number;
  readonly secondsLeft: number;
}

/** What the home page leads with: what was begun, else what comes next, else the newest. */
export function heroChoice(home: Home): HeroChoice | undefined {
  const [begun] = home.continueWatching;
  if (begun) return { card: begun, reason: 'continue', ...progressOf(begun) };
  const [next] = home.nextUp;
  if (next) return { card: next, reason: 'next', percent: 0, secondsLeft: 0 };
  const newest = home.recentlyAdded.find((title) => title.available && title.poster) ?? home.recentlyAdded[0];
  if (!newest) return undefined;
  return {
    card: { title: newest, episode: null, backdrop: null },
    reason: 'new',
    percent: 0,
    secondsLeft: 0,
  };
}

function progressOf(card: WatchCard): Pick<HeroChoice, 'percent' | 'secondsLeft'> {
  const state = card.episode ? card.episode.state : card.title.state;
  if (!state || state.durationSeconds <= 0) return { percent: 0, secondsLeft: 0 };
  const percent = Math.min(100, (state.positionSeconds / state.durationSeconds) * 100);
  return { percent, secondsLeft: Math.max(0, state.durationSeconds - state.positionSeconds) };
}
