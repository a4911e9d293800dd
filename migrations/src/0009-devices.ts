import type { MigrationInterface, QueryRunner } from 'typeorm';
import { table } from './schema.js';

/** Televisions and players that came over DLNA. Without an account, `person` is nobody any more: the household. */
const device = table('device', {
  columns: [
    'id text!', 'name text', 'address text', 'mac text?', 'udn text?', 'product text', 'profile_id text',
    'fixed_profile_id text?', 'viewer text', 'account_id text?', 'access text', 'settled boolean = false',
    'first_seen_at bigint', 'last_seen_at bigint',
  ],
  indices: ['mac', 'udn'],
  references: ['account_id -> account?'],
}); // prettier-ignore

/** Numbers that may only rise, whatever happens to the process that counts. */
const counter = table('dlna_counter', { columns: ['name text!', 'value bigint'] });

export class Devices1763690800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(device);
    await runner.createTable(counter);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(counter.name);
    await runner.dropTable(device.name);
  }
}
