import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** What can be skipped in a file, as far as it was heard in the sound. */
const markers = table('file_markers', {
  columns: ['file_id text!', 'content_key text', 'markers text'],
  references: ['file_id -> media_file'],
});

export class FileMarkers1763690400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(markers);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(markers.name);
  }
}
