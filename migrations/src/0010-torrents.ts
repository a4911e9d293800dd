import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** Its id is its infohash. */
const torrent = table('torrent', {
  columns: [
    'id text!', 'name text', 'guess text', 'trackers text', 'peers text', 'known boolean = false', 'private boolean = false',
    'size bigint?', 'best_file_index integer?', 'priorities text', 'wanted_bytes bigint = 0',
    'paused boolean = false', 'kept text', 'note text?', 'complete boolean = false', 'have_bytes bigint = 0',
    'downloaded bigint = 0', 'uploaded bigint = 0', 'seeded_seconds bigint = 0', 'added_at bigint',
  ],
  indices: ['added_at'],
}); // prettier-ignore

/** Whose it is: two people who add the same one know nothing of each other. */
const member = table('torrent_member', {
  columns: [
    'id text!', 'torrent_id text', 'account_id text', 'download boolean = false', 'shared boolean = false',
    'added_at bigint',
  ],
  unique: ['torrent_id, account_id'],
  indices: ['account_id'],
  references: ['torrent_id -> torrent', 'account_id -> account'],
}); // prettier-ignore

/** The `.torrent` in Base64 and what it says, apart from the rows that lists read. */
const content = table('torrent_content', {
  columns: ['torrent_id text!', 'metainfo text', 'metadata text'],
  references: ['torrent_id -> torrent'],
});

/** Verified pieces (Base64), with size and time of each file they lie in. */
const resume = table('torrent_resume', {
  columns: ['torrent_id text!', 'bitfield text', 'files text'],
  references: ['torrent_id -> torrent'],
});

const permission = table('torrent_permission', {
  columns: ['account_id text!', 'allowed boolean', 'max_streams integer?', 'quota_bytes bigint?'],
  references: ['account_id -> account'],
});

/** What an administrator changed, as JSON; the environment gives the rest. */
const setting = table('torrent_setting', { columns: ['name text!', 'value text'] });

const tables = [torrent, member, content, resume, permission, setting];

export class Torrents1763690900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tables) await runner.createTable(each);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const each of tables.toReversed()) await runner.dropTable(each.name);
  }
}
