import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files of a torrent that are fetched to be kept, apart from what people chose to download: that stays as it was when
 * keeping is given up. By statement: TypeORM's `addColumn` would copy the whole table on SQLite.
 */
export class KeptFiles1763691700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE torrent ADD COLUMN kept_files text NOT NULL DEFAULT '[]'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE torrent DROP COLUMN kept_files');
  }
}
