import type { TitleType } from '@hearth/contract/title';

export type Watched = 'yes' | 'no' | 'started';

/** `FROM` and `WHERE` of what an account has watched; ix_play_state_account_id_watched_title_id holds all of it. */
const watchedItems = 'play_state ps WHERE ps.account_id = :accountId AND ps.watched = :true';
const begunItems =
  'play_state ps WHERE ps.account_id = :accountId AND ps.watched = :false AND ps.position_seconds > 0';
const watchedEpisodes = `SELECT ps.title_id FROM ${watchedItems} AND ps.episode_id IS NOT NULL GROUP BY ps.title_id`;
const episodesOfSeries = '(SELECT COUNT(*) FROM episode e WHERE e.title_id = ps.title_id)';

/** Ids of all titles an account has watched (`yes`) or is in the middle of (`started`), each once. */
export const watchedSets: Record<TitleType, Record<Exclude<Watched, 'no'>, string>> = {
  movie: {
    yes: `SELECT ps.title_id FROM ${watchedItems} AND ps.episode_id IS NULL`,
    started: `SELECT ps.title_id FROM ${begunItems} AND ps.episode_id IS NULL`,
  },
  series: {
    yes: `${watchedEpisodes} HAVING COUNT(*) >= ${episodesOfSeries}`,
    started:
      `${watchedEpisodes} HAVING COUNT(*) < ${episodesOfSeries}` +
      ` UNION SELECT ps.title_id FROM ${begunItems} AND ps.episode_id IS NOT NULL`,
  },
};

/** The same for one title at a time. */
const isWatched = `EXISTS (SELECT 1 FROM ${watchedItems} AND ps.title_id = t.id)`;
const isBegun = `EXISTS (SELECT 1 FROM ${begunItems} AND ps.title_id = t.id)`;
const hasUnwatchedEpisode =
  "(t.type = 'series' AND EXISTS (SELECT 1 FROM episode e WHERE e.title_id = t.id AND NOT EXISTS" +
  ' (SELECT 1 FROM play_state w WHERE w.account_id = :accountId AND w.item_id = e.id AND w.watched = :true)))';
const eachTitle: Record<Watched, string> = {
  yes: `(${isWatched} AND NOT ${hasUnwatchedEpisode})`,
  no: `NOT (${isWatched} AND NOT ${hasUnwatchedEpisode})`,
  started: `((t.type = 'movie' AND ${isBegun}) OR (t.type = 'series' AND (${isWatched} OR ${isBegun}) AND ${hasUnwatchedEpisode}))`,
};

/**
 * `yes`: the film, or every episode, is watched. `no`: all the rest, begun or not, which no set can hold.
 * `started`: something of it was watched or begun, but not all.
 * Parameters: `accountId`, `true`, `false`.
 */
export function watchedCondition(
  wanted: Watched,
  type: TitleType | undefined,
  testing: 'set' | 'each',
): string {
  if (testing === 'each' || wanted === 'no') return eachTitle[wanted];
  if (type) return `t.id IN (${watchedSets[type][wanted]})`;
  const { movie, series } = watchedSets;
  return `((t.type = 'movie' AND t.id IN (${movie[wanted]})) OR (t.type = 'series' AND t.id IN (${series[wanted]})))`;
}
