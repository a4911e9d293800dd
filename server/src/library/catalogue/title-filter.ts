import { resolution, type titleFilter, type TitleType } from '@hearth/contract/title';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { z } from 'zod';
import { type Audience, titleCondition } from '../audience/audience.js';
import { lookup, type Testing } from './testing.js';
import { unwatchedSet, type Watched, watchedEach, watchedSet } from './watched-condition.js';

type Resolution = z.infer<typeof resolution>;

/**
 * What a list may be narrowed by; `ids` stands for a text query that the search index has answered. Whoever asks for an
 * account with limits states its `audience` (`AudienceService`); `TitlePagesService` does so itself.
 */
export type TitleFilter = Omit<z.output<typeof titleFilter>, 'q'> & {
  ids?: readonly string[];
  audience?: Audience | undefined;
};

/** Least picture height of each resolution, in pixels; a 1920×800 film counts as 1080 high (see the scanner). */
export const resolutionHeights: Record<Resolution, readonly [from: number, below: number]> = {
  sd: [0, 700],
  '720p': [700, 1000],
  '1080p': [1000, 2000],
  '2160p': [2000, 100_000],
};

interface Condition {
  /** Empty where another condition says it; then the parameters are for that one. */
  sql: string;
  parameters?: ObjectLiteral;
}

/** `1999` or `1990-1999`, in either order. */
function yearRange(text: string): { fromYear: number; toYear: number } {
  const [first = 0, last = first] = text.split('-').map(Number);
  return { fromYear: Math.min(first, last), toYear: Math.max(first, last) };
}

const heightRange = (name: Resolution): string =>
  `(t.max_height >= ${resolutionHeights[name][0]} AND t.max_height < ${resolutionHeights[name][1]})`;

/** Titles with a row in `table` that meets `condition`, or without one. */
function related(testing: Testing, table: string, condition: string, wanted = true): string {
  const row = `${table} r WHERE r.title_id = t.id AND ${condition}`;
  if (testing === 'each') return `${wanted ? '' : 'NOT '}${lookup(row)}`;
  return wanted
    ? `t.id IN (SELECT r.title_id FROM ${table} r WHERE ${condition})`
    : `NOT EXISTS (SELECT 1 FROM ${row})`;
}

/**
 * Conditions on columns of the title. `+ 0` and `|| ''` keep the databases off the indices of sorts and of uniqueness,
 * from which they would go to the large rows of all titles in range: ix_title_filter holds all these columns.
 */
function columnConditions(filter: TitleFilter, testing: Testing): Condition[] {
  const { type, libraryId, year, minRating, contentRating, hdr, available, letter } = filter;
  const isTypedByGenre = testing === 'set' && filter.genre?.length && !isSelective(filter);
  return [
    // The genre's rows hold the type too: saying it twice, PostgreSQL reads all titles of the type.
    type && { sql: isTypedByGenre ? '' : 't.type = :type', parameters: { type } },
    // Stated for sets, because ix_title_filter begins with the type.
    !type && testing === 'set' && { sql: "t.type IN ('movie', 'series')" },
    libraryId && { sql: "t.library_id || '' = :libraryId", parameters: { libraryId } },
    year && { sql: 't.year + 0 BETWEEN :fromYear AND :toYear', parameters: yearRange(year) },
    minRating !== undefined && { sql: 't.rating + 0 >= :minRating', parameters: { minRating } },
    contentRating?.length && {
      sql: 't.content_rating IN (:...contentRating)',
      parameters: { contentRating },
    },
    filter.resolution?.length && { sql: `(${filter.resolution.map(heightRange).join(' OR ')})` },
    hdr !== undefined && { sql: 't.hdr = :hdr', parameters: { hdr } },
    available !== undefined && { sql: 't.available = :available', parameters: { available } },
    letter && {
      sql: isLetterAlone(filter) ? 't.letter = :letter' : "t.letter || '' = :letter",
      parameters: { letter: letter.toUpperCase() },
    },
    ...titleCondition(filter.audience),
  ].filter((condition) => typeof condition === 'object');
}

/** By a letter and nothing else: the index of names holds just these titles, side by side. */
export const isLetterAlone = ({ type: _, letter, ...others }: TitleFilter): boolean =>
  letter !== undefined && Object.values(others).every((value: unknown) => value === undefined);

/** With two of these, few titles are left to look up related rows for. */
export function isSelective({
  year,
  minRating,
  contentRating,
  resolution,
  hdr,
  letter,
}: TitleFilter): boolean {
  return [year, minRating, contentRating, resolution, hdr || undefined, letter].filter(Boolean).length >= 2;
}

/** Whether the filter leaves so few titles that each can be looked up, rather than all related rows read. */
export const isNarrow = (filter: TitleFilter): boolean =>
  isSelective(filter) ||
  Boolean(filter.genre?.length || filter.personId !== undefined || filter.favorite || filter.ids);

/** Whether it asks for columns of the title other than the type, which every index begins with. */
export const hasColumnFilter = ({ type: _, ...filter }: TitleFilter): boolean =>
  columnConditions(filter, 'each').length > 0;

function watchedCondition(wanted: Watched, type: TitleType | undefined, testing: Testing): string {
  if (testing === 'each') return watchedEach(wanted, type);
  return wanted === 'no' ? unwatchedSet(type, 't.id') : `t.id IN (${watchedSet(wanted, type)})`;
}

/** Conditions on what hangs on the title. */
function relatedConditions(filter: TitleFilter, accountId: string, testing: Testing): Condition[] {
  const { genre, personId, favorite, watched, ids } = filter;
  const genreTesting = isSelective(filter) ? 'each' : testing;
  const mine = 'r.account_id = :accountId';
  // Left out of the genre's titles before any of them is read.
  const isOfGenre = watched === 'no' && genre?.length && genreTesting === 'set';
  const unwatched = isOfGenre ? ` AND ${unwatchedSet(filter.type, 'r.title_id')}` : '';
  return [
    genre?.length && {
      sql: related(
        genreTesting,
        'title_genre',
        `r.genre IN (:...genre)${filter.type ? ' AND r.type = :type' : ''}${unwatched}`,
      ),
      parameters: { genre },
    },
    personId && { sql: related(testing, 'credit', 'r.person_id = :personId'), parameters: { personId } },
    favorite !== undefined && {
      sql: related(testing, 'favorite', mine, favorite),
      parameters: { accountId },
    },
    watched && {
      sql: isOfGenre ? '' : watchedCondition(watched, filter.type, testing),
      parameters: { accountId, true: true, false: false },
    },
    ids && (ids.length > 0 ? { sql: 't.id IN (:...ids)', parameters: { ids } } : { sql: '1 = 0' }),
  ].filter((condition) => typeof condition === 'object');
}

/** Narrows a query over `title t` to what the filter lets through; filters that are not set cost nothing. */
export function applyTitleFilter<Q extends SelectQueryBuilder<ObjectLiteral>>(
  query: Q,
  filter: TitleFilter,
  accountId: string,
  testing: Testing = 'set',
): Q {
  const conditions = [...columnConditions(filter, testing), ...relatedConditions(filter, accountId, testing)];
  for (const { sql, parameters } of conditions) {
    if (sql) query.andWhere(sql, parameters);
    else query.setParameters(parameters ?? {});
  }
  return query;
}
