import type { ObjectField, ObjectKind } from './object-condition.js';

/** How a field is asked for in SQL. `$` stands for the comparison of `value`. */
export interface FieldColumn {
  readonly type: 'text' | 'number' | 'date' | 'name';
  /** Of the row itself; absent where other rows hold the values. */
  readonly column?: string;
  /** Rows that hold the values, with their column called by `value`: `FROM … WHERE …`. */
  readonly rows?: string;
  readonly value?: string;
}

interface KindTable {
  readonly table: string;
  /** Of `search_document`, which has all names folded (search-text.ts). */
  readonly document: string;
  /** Whose names are its own too, by the column with their id: an episode is found by its series. */
  readonly belongsTo?: { readonly document: string; readonly column: string };
  /** Ends in the id, so that pages follow each other; there is an index of it. */
  readonly order: Readonly<Record<'name' | 'date', readonly string[]>>;
  readonly fields: Readonly<Partial<Record<ObjectField, FieldColumn>>>;
}

const name: FieldColumn = { type: 'name' };
const sizes = (where: string): FieldColumn => ({ type: 'number', rows: `media_file f WHERE ${where}`, value: 'f.size' }); // prettier-ignore
const credits = (titleId: string): FieldColumn => ({
  type: 'text',
  rows: `credit c JOIN person p ON p.id = c.person_id WHERE c.title_id = ${titleId}`,
  value: 'p.name',
});
const titleGenres = (titleId: string): FieldColumn => ({
  ...{ type: 'text', rows: `title_genre g WHERE g.title_id = ${titleId}`, value: 'g.genre' },
});
const albumGenres = (albumId: string): FieldColumn => ({
  ...{ type: 'text', rows: `album_genre g WHERE g.album_id = ${albumId}`, value: 'g.genre' },
});
const artistNames = (albumId: string): FieldColumn => ({
  type: 'text',
  rows: `album a JOIN artist ar ON ar.id = a.artist_id WHERE a.id = ${albumId}`,
  value: 'ar.name',
});
const byName = { name: ['x.sort_name', 'x.id'], date: ['x.sort_name', 'x.id'] } as const;

/** Everything that can be found, as `x`; films and episodes with their title as `t`, which the account's limits ask of. */
export const kindTables: Readonly<Record<ObjectKind, KindTable>> = {
  movie: {
    table: 'title x',
    document: 'title',
    order: { name: ['x.sort_name', 'x.id'], date: ['x.year', 'x.id'] },
    fields: {
      name,
      genre: titleGenres('x.id'),
      person: credits('x.id'),
      year: { type: 'number', column: 'x.year' },
      date: { type: 'date', column: 'x.year' },
      duration: { type: 'number', column: 'x.runtime_seconds' },
      size: sizes("f.title_id = x.id AND f.state = 'matched' AND f.extra_kind IS NULL"),
    },
  },
  episode: {
    table: 'episode x',
    document: 'episode',
    belongsTo: { document: 'title', column: 'x.title_id' },
    order: {
      name: ['x.title_id', 'x.season_number', 'x.number', 'x.id'],
      date: ['x.title_id', 'x.season_number', 'x.number', 'x.id'],
    },
    fields: {
      name,
      genre: titleGenres('x.title_id'),
      person: credits('x.title_id'),
      album: { type: 'text', rows: 'title s WHERE s.id = x.title_id', value: 's.name' },
      date: { type: 'text', column: 'x.air_date' },
      number: { type: 'number', column: 'x.number' },
      duration: { type: 'number', column: 'x.runtime_seconds' },
      size: sizes('f.id IN (SELECT l.file_id FROM episode_file l WHERE l.episode_id = x.id)'),
    },
  },
  track: {
    table: 'track x',
    document: 'track',
    order: byName,
    fields: {
      name,
      genre: albumGenres('x.album_id'),
      artist: { type: 'text', column: 'x.artist' },
      album: { type: 'text', rows: 'album a WHERE a.id = x.album_id', value: 'a.name' },
      year: { type: 'number', column: 'x.year' },
      date: { type: 'date', column: 'x.year' },
      number: { type: 'number', column: 'x.number' },
      duration: { type: 'number', column: 'x.duration_seconds' },
      size: sizes('f.id = x.id'),
    },
  },
  photo: {
    table: 'photo x',
    document: 'photo',
    order: { name: ['x.taken_at', 'x.id'], date: ['x.taken_at', 'x.id'] },
    fields: {
      name,
      album: { type: 'text', rows: 'photo_album a WHERE a.id = x.album_id', value: 'a.name' },
      date: { type: 'text', column: 'x.taken_at' },
      size: sizes('f.id = x.id'),
    },
  },
  album: {
    table: 'album x',
    document: 'album',
    order: { name: ['x.sort_name', 'x.id'], date: ['x.sort_year', 'x.id'] },
    fields: {
      name,
      genre: albumGenres('x.id'),
      artist: artistNames('x.id'),
      year: { type: 'number', column: 'x.year' },
      date: { type: 'date', column: 'x.year' },
    },
  },
  artist: { table: 'artist x', document: 'artist', order: byName, fields: { name } },
  'photo-album': {
    table: 'photo_album x',
    document: '',
    order: { name: ['x.sort_name', 'x.id'], date: ['x.last_at', 'x.id'] },
    fields: { name: { type: 'text', column: 'x.name' }, date: { type: 'text', column: 'x.last_at' } },
  },
  playlist: {
    table: 'playlist x',
    document: '',
    order: byName,
    fields: { name: { type: 'text', column: 'x.name' } },
  },
};
