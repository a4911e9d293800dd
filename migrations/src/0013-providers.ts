import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** `manifest`: JSON, null for what comes with Hearth. `address` and `config` are sealed. `refusal`: what it was switched off for. */
const provider = table('provider', {
  columns: [
    'id text!', 'key text', 'runtime text', 'manifest text?', 'address text?', 'config text', 'enabled boolean = true',
    'priority integer', 'refusal text?', 'revision integer = 1', 'added_at bigint',
  ],
  indices: ['priority'],
}); // prettier-ignore

/** There is a row where somebody switched a provider off for themselves. */
const hidden = table('provider_hidden', {
  columns: ['id text!', 'provider_id text', 'account_id text'],
  unique: ['provider_id, account_id'],
  indices: ['account_id'],
  references: ['provider_id -> provider', 'account_id -> account'],
});

/** How asking went, as JSON. */
const record = table('provider_record', {
  columns: ['provider_id text!', 'record text'],
  references: ['provider_id -> provider'],
});

const tables = [provider, hidden, record];

export class Providers1763691200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of tables) await runner.createTable(each);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const each of tables.toReversed()) await runner.dropTable(each.name);
  }
}
