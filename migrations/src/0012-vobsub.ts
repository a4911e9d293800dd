import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One `.idx` file holds several languages: each is a subtitle of its own. By statement, as in `0004-playback.ts`. */
export class VobSub1763691100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE external_subtitle ADD COLUMN stream_index integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE external_subtitle DROP COLUMN stream_index');
  }
}
