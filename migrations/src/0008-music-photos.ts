import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/**
 * A track is a media file and has its id, as a photo has: so whatever keeps a file's identity keeps theirs. Lists run
 * along an index that ends in the library, so that what an account may not see is left out without reading rows.
 */
const tables = [
  table('artist', {
    columns: [
      'id text!',
      'library_id text',
      'identity text',
      'name text',
      'sort_name text',
      'album_count integer = 0',
      'track_count integer = 0',
      'available boolean = true',
      'added_at bigint',
    ],
    unique: ['library_id, identity'],
    indices: ['sort_name, id, library_id'],
    references: ['library_id -> library'],
  }),
  table('album', {
    columns: [
      'id text!',
      'library_id text',
      'identity text',
      'name text',
      'sort_name text',
      'artist_id text?',
      'by_artist text',
      'compilation boolean = false',
      'year integer?',
      'sort_year integer = 0',
      'genres text',
      'cover_id text?',
      'disc_count integer = 1',
      'track_count integer = 0',
      'duration_seconds double precision = 0',
      'available boolean = true',
      'added_at bigint',
      'updated_at bigint',
    ],
    unique: ['library_id, identity'],
    indices: [
      'sort_name, id, library_id',
      'by_artist, id, library_id',
      'added_at, id, library_id',
      'sort_year, id, library_id',
      'artist_id',
      'cover_id',
    ],
    references: ['library_id -> library', 'artist_id -> artist?', 'cover_id -> image?'],
  }),
  table('album_genre', {
    columns: ['album_id text!', 'genre text!', 'library_id text'],
    indices: ['genre, album_id, library_id'],
    references: ['album_id -> album'],
  }),
  table('track', {
    columns: [
      'id text!',
      'library_id text',
      'album_id text',
      'name text',
      'sort_name text',
      'artist text?',
      'disc_number integer?',
      'number integer?',
      'position integer',
      'duration_seconds double precision',
      'gain double precision?',
      'album_gain double precision?',
      'year integer?',
      'genres text',
      'album_artist_tagged boolean = false',
      'has_picture boolean = false',
      'available boolean = true',
      'added_at bigint',
    ],
    indices: ['album_id, position, id', 'sort_name, id, library_id', 'added_at, id, library_id'],
    references: ['id -> media_file', 'library_id -> library', 'album_id -> album'],
  }),
  table('track_artist', {
    columns: ['track_id text!', 'position integer!', 'artist_id text', 'album_id text'],
    indices: ['artist_id, album_id, track_id', 'album_id, position, artist_id'],
    references: ['track_id -> track', 'artist_id -> artist'],
  }),

  table('photo_album', {
    columns: [
      'id text!',
      'library_id text',
      'identity text',
      'name text',
      'sort_name text',
      'cover_id text?',
      'photo_count integer = 0',
      'first_at text',
      'last_at text',
      'available boolean = true',
      'added_at bigint',
    ],
    unique: ['library_id, identity'],
    indices: ['last_at, id, library_id', 'sort_name, id, library_id', 'cover_id'],
    references: ['library_id -> library', 'cover_id -> image?'],
  }),
  table('photo_month', {
    columns: [
      'library_id text!',
      'month text!',
      'cover_id text?',
      'photo_count integer = 0',
      'first_at text',
      'last_at text',
    ],
    indices: ['cover_id'],
    references: ['library_id -> library', 'cover_id -> image?'],
  }),
  table('photo', {
    columns: [
      'id text!',
      'library_id text',
      'album_id text',
      'name text',
      'taken_at text',
      'month text',
      'camera text?',
      'width integer',
      'height integer',
      'available boolean = true',
      'added_at bigint',
    ],
    indices: [
      'taken_at, id, library_id',
      'album_id, taken_at, id',
      'month, taken_at, id, library_id',
      'added_at, id, library_id',
    ],
    references: ['id -> media_file', 'library_id -> library', 'album_id -> photo_album'],
  }),
];

const kinds = ['artist', 'album', 'track', 'photo'];

const words = (kind: string, isPostgres: boolean): string =>
  isPostgres
    ? `CREATE INDEX ix_search_document_words_${kind} ON search_document USING gin (words)
       WITH (fastupdate = off) WHERE kind = '${kind}'`
    : `CREATE VIRTUAL TABLE search_word_${kind} USING fts5(text, content='', contentless_delete=1,
       detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0")`;

const isPostgres = (runner: QueryRunner): boolean => runner.connection.options.type === 'postgres';

/** Music and photos, with tables of their own (docs/adr/0017-televisions.md), and their words in the search. */
export class MusicPhotos1763690700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tables) await runner.createTable(each);
    for (const kind of kinds) await runner.query(words(kind, isPostgres(runner)));
  }

  async down(runner: QueryRunner): Promise<void> {
    const drop = isPostgres(runner) ? 'DROP INDEX ix_search_document_words_' : 'DROP TABLE search_word_';
    for (const kind of kinds) {
      await runner.query(`${drop}${kind}`);
      await runner.query(`DELETE FROM search_document WHERE kind = '${kind}'`);
    }
    for (const each of tables.toReversed()) await runner.dropTable(each.name);
  }
}
