import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** Somebody's own, or a file in a library: then its folder and path say which. */
const playlist = table('playlist', {
  columns: [
    'id text!',
    'account_id text?',
    'library_id text?',
    'folder_id text?',
    'relative_path text?',
    'name text',
    'sort_name text',
    'size bigint = 0',
    'modified_ms bigint = 0',
    'added_at bigint',
    'updated_at bigint',
  ],
  unique: ['folder_id, relative_path'],
  indices: ['account_id', 'library_id'],
  references: ['account_id -> account', 'library_id -> library', 'folder_id -> library_folder'],
});

/** Without a track it is missing: what the file or the person called it stays. */
const entry = table('playlist_entry', {
  columns: [
    'id text!',
    'playlist_id text',
    'position integer',
    'track_id text?',
    'reference text?',
    'name text',
    'duration_seconds double precision?',
  ],
  indices: ['playlist_id, position', 'track_id'],
  references: ['playlist_id -> playlist', 'track_id -> track?'],
});

export class Playlists1763691000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(playlist);
    await runner.createTable(entry);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(entry.name);
    await runner.dropTable(playlist.name);
  }
}
