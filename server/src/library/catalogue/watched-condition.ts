import type { TitleType } from '@hearth/contract/title';
import { isNoTorrent } from '../torrent/torrent-ids.js';
import { lookup } from './testing.js';

export type Watched = 'yes' | 'no' | 'started';

/** `FROM` and `WHERE` of what an account has watched; ix_play_state_account_id_watched_title_id holds all of it. */
const watchedItems = 'play_state ps WHERE ps.account_id = :accountId AND ps.watched = :true';
const begunItems =
  'play_state ps WHERE ps.account_id = :accountId AND ps.watched = :false AND ps.position_seconds > 0';
/** Series with a watched episode; triggers keep the count of those left (migrations, `series-progress.ts`). */
const begunSeries = 'series_progress sp WHERE sp.account_id = :accountId AND sp.unwatched';

/** Torrents are watched too, but are in no list. */
const isOwn = isNoTorrent('ps.title_id');

/** Titles an account has watched (`yes`) or is in the middle of (`started`), each once. */
const watchedSets: Record<TitleType, Record<Exclude<Watched, 'no'>, string>> = {
  movie: {
    yes: `SELECT ps.title_id FROM ${watchedItems} AND ps.episode_id IS NULL AND ${isOwn}`,
    started: `SELECT ps.title_id FROM ${begunItems} AND ps.episode_id IS NULL AND ${isOwn}`,
  },
  series: {
    yes: `SELECT sp.title_id FROM ${begunSeries} = 0 AND ${isNoTorrent('sp.title_id')}`,
    started:
      `SELECT sp.title_id FROM ${begunSeries} > 0 AND ${isNoTorrent('sp.title_id')}` +
      ` UNION SELECT ps.title_id FROM ${begunItems} AND ps.episode_id IS NOT NULL AND ${isOwn}`,
  },
};

/** Looked up title by title, see `lookup`. */
const isWatched = lookup(`${watchedItems} AND ps.title_id = t.id`);
const isBegun = lookup(`${begunItems} AND ps.title_id = t.id`);
const isSeen = lookup(`${begunSeries} = 0 AND sp.title_id = t.id`);
const isPartlySeen = lookup(`${begunSeries} > 0 AND sp.title_id = t.id`);
const eachTitle: Record<TitleType, Record<Watched, string>> = {
  movie: { yes: isWatched, no: `NOT ${isWatched}`, started: isBegun },
  series: { yes: isSeen, no: `NOT ${isSeen}`, started: `(${isPartlySeen} OR ${isBegun})` },
};

/** Not watched, where every match is wanted: without a limit, so that PostgreSQL may read what is watched as a set. */
export function unwatchedSet(type: TitleType | undefined, titleId: string): string {
  const movie = `NOT EXISTS (SELECT 1 FROM ${watchedItems} AND ps.episode_id IS NULL AND ps.title_id = ${titleId})`;
  const series = `NOT EXISTS (SELECT 1 FROM ${begunSeries} = 0 AND sp.title_id = ${titleId})`;
  if (type) return type === 'movie' ? movie : series;
  return `(${movie} AND ${series})`;
}

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
