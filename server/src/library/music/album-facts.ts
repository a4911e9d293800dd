import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { parseList } from '../catalogue/raw-row.js';

const number = z.coerce.number();

/** What the tracks of an album say together. */
export interface AlbumSums {
  readonly trackCount: number;
  readonly availableCount: number;
  readonly durationSeconds: number;
  readonly discCount: number;
  readonly addedAt: number;
  /** Whether tags say whose album it is, or that it is of many. */
  readonly isTagged: boolean;
  /** What most tracks say. */
  readonly year: number | null;
  readonly genres: readonly string[];
  /** Who plays first on more than half of the tracks. */
  readonly mainArtistId: string | null;
}

interface SumRow {
  id: string;
  tracks: number | string;
  there: number | string;
  seconds: number | string;
  discs: number | string;
  added: number;
  tagged: number | string;
}

interface Count<V> {
  id: string;
  value: V;
  count: number | string;
}

/** Counts in the database: an album may be a folder of ten thousand files. @returns sums by album; none of an empty one */
export async function sumAlbums(
  manager: EntityManager,
  albumIds: readonly string[],
): Promise<Map<string, AlbumSums>> {
  const ids = (): string[] => [...albumIds];
  const rows = await manager.sql<SumRow[]>`SELECT album_id AS id, COUNT(*) AS tracks,
    SUM(CASE WHEN available THEN 1 ELSE 0 END) AS there, SUM(duration_seconds) AS seconds,
    COUNT(DISTINCT COALESCE(disc_number, 1)) AS discs, MIN(added_at) AS added,
    SUM(CASE WHEN album_artist_tagged THEN 1 ELSE 0 END) AS tagged
    FROM track WHERE album_id IN (${ids}) GROUP BY album_id`;
  const years = await manager.sql<Count<number>[]>`SELECT album_id AS id, year AS value, COUNT(*) AS count
    FROM track WHERE album_id IN (${ids}) AND year IS NOT NULL GROUP BY album_id, year`;
  const genres = await manager.sql<Count<string>[]>`SELECT album_id AS id, genres AS value, COUNT(*) AS count
    FROM track WHERE album_id IN (${ids}) AND genres <> '[]' GROUP BY album_id, genres`;
  const artists = await manager.sql<Count<string>[]>`SELECT album_id AS id, artist_id AS value,
    COUNT(*) AS count FROM track_artist WHERE album_id IN (${ids}) AND position = 0
    GROUP BY album_id, artist_id`;
  return new Map(rows.map((row) => [row.id, toSums(row, years, genres, artists)]));
}

function toSums(
  row: SumRow,
  years: readonly Count<number>[],
  genres: readonly Count<string>[],
  artists: readonly Count<string>[],
): AlbumSums {
  const trackCount = number.parse(row.tracks);
  const [main] = byCount(artists, row.id);
  const [year] = byCount(years, row.id);
  return {
    trackCount,
    availableCount: number.parse(row.there),
    durationSeconds: number.parse(row.seconds),
    discCount: number.parse(row.discs),
    addedAt: number.parse(row.added),
    isTagged: number.parse(row.tagged) > 0,
    year: year?.value ?? null,
    genres: genresOf(byCount(genres, row.id).map(({ value }) => value)),
    mainArtistId: main && number.parse(main.count) * 2 > trackCount ? main.value : null,
  };
}

/** The most frequent first; of equally frequent values always the same one. */
const byCount = <V extends string | number>(rows: readonly Count<V>[], id: string): Count<V>[] =>
  rows
    .filter((row) => row.id === id)
    .sort((a, b) => number.parse(b.count) - number.parse(a.count) || (a.value < b.value ? -1 : 1));

/** An album of many genres is of none in particular. */
const mostGenres = 8;

const genresOf = (lists: readonly string[]): string[] =>
  [...new Set(lists.flatMap(parseList))].slice(0, mostGenres);
