import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { table } from './schema.js';

/** `plan` is what was decided (JSON), so that a running session tells it after a restart. */
const columns = [
  ['account', 'max_streams', 'integer'],
  ['account', 'max_bitrate', 'bigint'],
  ['account', 'bandwidth', 'bigint'],
  ['playback_session', 'device_session_id', 'text'],
  ['playback_session', 'plan', 'text'],
] as const;

/** Sessions that were not ended: the few that count against limits. */
const running = new TableIndex({
  name: 'ix_playback_session_ended_at_updated_at',
  columnNames: ['ended_at', 'updated_at'],
});

/** What did not play on a device although it should have: way, media container and codecs. */
const failure = table('playback_failure', {
  columns: ['device_session_id text!', 'failure_key text!', 'reason text', 'failed_at bigint'],
  references: ['device_session_id -> device_session'],
});

/**
 * Converted playback: what accounts may use, what sessions were promised, what devices failed at. Columns by statement:
 * TypeORM's `addColumn` would copy the whole table on SQLite.
 */
export class Playback1763690300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [to, name, type] of columns)
      await runner.query(`ALTER TABLE ${to} ADD COLUMN ${name} ${type}`);
    await runner.createIndex('playback_session', running);
    await runner.createTable(failure);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(failure.name);
    await runner.dropIndex('playback_session', running);
    for (const [from, name] of columns) await runner.query(`ALTER TABLE ${from} DROP COLUMN ${name}`);
  }
}
