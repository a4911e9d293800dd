import { resolution, type titleFilter } from '@hearth/contract/title';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { z } from 'zod';

type Resolution = z.infer<typeof resolution>;

/** What a list may be narrowed by; `ids` stands for a text query that the search index has answered. */
export type TitleFilter = Omit<z.output<typeof titleFilter>, 'q'> & { ids?: readonly string[] };

/** Least picture height of each resolution, in pixels; a 1920×800 film counts as 1080 high (see the scanner). */
export const resolutionHeights: Record<Resolution, readonly [from: number, below: number]> = {
  sd: [0, 700],
  '720p': [700, 1000],
  '1080p': [1000, 2000],
  '2160p': [2000, 100_000],
};

interface Condition {
  sql: string;
  parameters?: ObjectLiteral;
}

/** `1999` or `1990-1999`, in either order. */
function yearRange(text: string): [number, number] {
  const [first = 0, last = first] = text.split('-').map(Number);
  return first <= last ? [first, last] : [last, first];
}

const inFavorites = 'SELECT f.title_id FROM favorite f WHERE f.account_id = :accountId';
const withWatchedItem =
  'SELECT ps.title_id FROM play_state ps WHERE ps.account_id = :accountId AND ps.watched = :true';
const withAnyProgress =
  'SELECT ps.title_id FROM play_state ps WHERE ps.account_id = :accountId AND (ps.watched = :true OR ps.position_seconds > 0)';
/** An episode that this account has not watched; a film has none. */
const hasUnwatchedEpisode =
  'EXISTS (SELECT 1 FROM episode e WHERE e.title_id = t.id AND NOT EXISTS (SELECT 1 FROM play_state w' +
  ' WHERE w.account_id = :accountId AND w.item_id = e.id AND w.watched = :true))';
/** A film that was begun only, not watched. */
const isUnwatchedFilm = "(t.type = 'movie' AND t.id NOT IN (" + withWatchedItem + '))';

/**
 * `yes`: the film, or every episode, is watched. `no`: all the rest, begun or not.
 * `started`: something of it was watched or begun, but not all.
 */
const watchedConditions = {
  yes: `t.id IN (${withWatchedItem}) AND NOT ${hasUnwatchedEpisode}`,
  no: `(t.id NOT IN (${withWatchedItem}) OR ${hasUnwatchedEpisode})`,
  started: `t.id IN (${withAnyProgress}) AND (${isUnwatchedFilm} OR ${hasUnwatchedEpisode})`,
};

function resolutionCondition(wanted: readonly Resolution[]): Condition {
  const ranges = wanted.map((name) => {
    const [from, below] = resolutionHeights[name];
    return `(t.max_height >= ${from} AND t.max_height < ${below})`;
  });
  return { sql: `(${ranges.join(' OR ')})` };
}

/** One condition for each filter that is set, on `title t`; unset ones cost nothing. */
export function titleConditions(filter: TitleFilter, accountId: string): Condition[] {
  const conditions: Condition[] = [];
  const add = (sql: string, parameters?: ObjectLiteral): void => void conditions.push({ sql, parameters });
  // Always stated, because every index for lists begins with the type.
  if (filter.type) add('t.type = :type', { type: filter.type });
  else add("t.type IN ('movie', 'series')");
  if (filter.libraryId) add('t.library_id = :libraryId', { libraryId: filter.libraryId });
  if (filter.year) {
    const [fromYear, toYear] = yearRange(filter.year);
    add('t.year BETWEEN :fromYear AND :toYear', { fromYear, toYear });
  }
  if (filter.minRating !== undefined) add('t.rating >= :minRating', { minRating: filter.minRating });
  if (filter.contentRating?.length)
    add('t.content_rating IN (:...contentRating)', { contentRating: filter.contentRating });
  if (filter.resolution?.length) conditions.push(resolutionCondition(filter.resolution));
  if (filter.hdr !== undefined) add('t.hdr = :hdr', { hdr: filter.hdr });
  if (filter.available !== undefined) add('t.available = :available', { available: filter.available });
  if (filter.letter) add('t.letter = :letter', { letter: filter.letter.toUpperCase() });
  if (filter.genre?.length)
    add('t.id IN (SELECT g.title_id FROM title_genre g WHERE g.genre IN (:...genre))', {
      genre: filter.genre,
    });
  if (filter.personId)
    add('t.id IN (SELECT c.title_id FROM credit c WHERE c.person_id = :personId)', {
      personId: filter.personId,
    });
  if (filter.favorite !== undefined)
    add(`t.id ${filter.favorite ? 'IN' : 'NOT IN'} (${inFavorites})`, { accountId });
  if (filter.watched) add(watchedConditions[filter.watched], { accountId, true: true });
  if (filter.ids) {
    if (filter.ids.length > 0) add('t.id IN (:...ids)', { ids: filter.ids });
    else add('1 = 0');
  }
  return conditions;
}

/** Narrows a query over `title t` to what the filter lets through. */
export function applyTitleFilter<Q extends SelectQueryBuilder<ObjectLiteral>>(
  query: Q,
  filter: TitleFilter,
  accountId: string,
): Q {
  for (const { sql, parameters } of titleConditions(filter, accountId)) query.andWhere(sql, parameters);
  return query;
}
