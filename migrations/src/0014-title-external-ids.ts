import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** `title.external_ids` again, to find titles by what other services call them. */
const externalId = table('title_external_id', {
  columns: ['title_id text!', 'authority text!', 'external_id text'],
  indices: ['authority, external_id'],
  references: ['title_id -> title'],
});

export class TitleExternalIds1763691300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(externalId);
    const pairs =
      runner.connection.options.type === 'postgres'
        ? 'json_each_text(title.external_ids::json)'
        : 'json_each(title.external_ids)';
    await runner.query(
      `INSERT INTO title_external_id (title_id, authority, external_id)
       SELECT title.id, pair.key, pair.value FROM title, ${pairs} AS pair WHERE pair.value IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(externalId.name);
  }
}
