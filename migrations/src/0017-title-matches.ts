import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** What providers made of a title. `identity`: what it was called then; `asked`: who was asked; `candidates`, `filled`: JSON, what a person may choose from, and what of the title is theirs. */
const match = table('title_match', {
  columns: [
    'title_id text!', 'identity text', 'state text', 'confidence double precision', 'asked text', 'candidates text', 'filled text', 'checked_at bigint',
  ],
  indices: ['state, checked_at'],
  references: ['title_id -> title'],
}); // prettier-ignore

export class TitleMatches1763691600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(match);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(match.name);
  }
}
