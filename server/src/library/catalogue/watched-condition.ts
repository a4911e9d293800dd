import type { TitleType } from '@hearth/contract/title';
import { lookup } from './testing.js';

export type Watched = 'yes' | 'no' | 'started';

/** `FROM` and `WHERE` of what an account has watched; ix_play_state_account_id_watched_title_id holds all of it. */
const watchedItems = 'play_state ps WHERE ps.account_id = :accountId AND ps.watched = :true';
const begunItems =
  'play_state ps WHERE ps.account_id = :accountId AND ps.watched = :false AND ps.position_seconds > 0';
const watchedEpisodes = `SELECT ps.title_id FROM ${watchedItems} AND ps.episode_id IS NOT NULL GROUP BY ps.title_id`;
const episodesOfSeries = '(SELECT COUNT(*) FROM episode e WHERE e.title_id = ps.title_id)';

/** Titles an account has watched (`yes`) or is in the middle of (`started`), each once. */
const watchedSets: Record<TitleType, Record<Exclude<Watched, 'no'>, string>> = {
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

/** Looked up title by title, see `lookup`. */
const isWatched = lookup(`${watchedItems} AND ps.title_id = t.id`);
const isBegun = lookup(`${begunItems} AND ps.title_id = t.id`);
const seen = 'play_state w WHERE w.account_id = :accountId AND w.item_id = e.id AND w.watched = :true';
const hasUnwatched = lookup(`episode e WHERE e.title_id = t.id AND NOT ${lookup(seen)}`);
const eachTitle: Record<TitleType, Record<Watched, string>> = {
  movie: { yes: isWatched, no: `NOT ${isWatched}`, started: isBegun },
  series: {
    yes: `(${isWatched} AND NOT ${hasUnwatched})`,
    no: `(NOT ${isWatched} OR ${hasUnwatched})`,
    started: `((${isWatched} OR ${isBegun}) AND ${hasUnwatched})`,
  },
};

/** Ids of all titles of a type, or of both, that an account has watched or begun. Parameters as below. */
export function watchedSet(wanted: Exclude<Watched, 'no'>, type: TitleType | undefined): string {
  const { movie, series } = watchedSets;
  return type ? watchedSets[type][wanted] : `${movie[wanted]} UNION ALL SELECT * FROM (${series[wanted]}) s`;
}

/**
 * `yes`: the film, or every episode, is watched. `no`: all the rest, begun or not.
 * `started`: something of it was watched or begun, but not all.
 * Parameters: `accountId`, `true`, `false`.
 */
export function watchedEach(wanted: Watched, type: TitleType | undefined): string {
  if (type) return eachTitle[type][wanted];
  const { movie, series } = eachTitle;
  // Not `OR`: SQLite would read both types by indices of their own, and sort them.
  return `CASE t.type WHEN 'movie' THEN ${movie[wanted]} ELSE ${series[wanted]} END`;
}
