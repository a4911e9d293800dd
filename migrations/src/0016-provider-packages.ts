import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** What was agreed to when a community provider was added. `public_key`: who may sign it, null: nobody did. */
const providerPackage = table('provider_package', {
  columns: [
    'provider_id text!', 'provider_key text', 'version text', 'public_key text?', 'bundle_hash text', 'hosts text',
    'rate double precision',
  ],
  unique: ['provider_key'],
  references: ['provider_id -> provider'],
}); // prettier-ignore

export class ProviderPackages1763691500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(providerPackage);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(providerPackage.name);
  }
}
