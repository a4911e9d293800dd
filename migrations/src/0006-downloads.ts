import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** Smaller versions of files, made once for everybody. */
const version = table('made_version', {
  columns: [
    'id text!', 'file_id text', 'content_key text', 'quality text', 'state text', 'size bigint', 'media text?', 'kept boolean',
    'error text?', 'created_at bigint', 'used_at bigint',
  ],
  unique: ['content_key, quality'],
  references: ['file_id -> media_file'],
}); // prettier-ignore

/** Who asked for what; without a version it is the file itself. */
const download = table('download', {
  columns: [
    'id text!', 'account_id text', 'file_id text', 'title_id text', 'episode_id text?', 'quality text',
    'version_id text?', 'created_at bigint',
  ],
  indices: ['account_id, created_at', 'version_id'],
  references: ['account_id -> account', 'file_id -> media_file', 'version_id -> made_version?'],
}); // prettier-ignore

export class Downloads1763690500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(version);
    await runner.createTable(download);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(download.name);
    await runner.dropTable(version.name);
  }
}
