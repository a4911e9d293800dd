import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** What providers found, sealed, by what was asked for; where what is played of it lies; how each person wants it ranked. */
const tables = [
  table('found_sources', {
    columns: [
      'subject text!',
      'provider_id text!',
      'title_id text?',
      'episode_id text?',
      'sealed text',
      'found_at bigint',
    ],
    indices: ['found_at', 'title_id', 'episode_id'],
    references: ['title_id -> title', 'episode_id -> episode'],
  }),
  table('remote_file', {
    columns: ['id text!', 'sealed text', 'added_at bigint'],
    references: ['id -> media_file'],
  }),
  table('source_preference', {
    columns: ['account_id text!', 'preferences text'],
    references: ['account_id -> account'],
  }),
];

/** Sources that providers found for titles. */
export class TitleSources1763691400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tables) await runner.createTable(each);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of tables.toReversed()) await runner.dropTable(name);
  }
}
