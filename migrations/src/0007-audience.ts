import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** `min_age` is filled in at each start from `content_rating`, so that ratings that are understood later count too. */
const columns = [
  ['account', 'max_age', 'integer'],
  ['account', 'hidden_library_ids', "text NOT NULL DEFAULT '[]'"],
  ['account', 'reserved', 'text'],
  ['title', 'min_age', 'integer'],
] as const;

/**
 * The viewers nobody signs in as: screens that everybody shares, and those of the children. The name key begins with
 * a control character, which no user name may hold; so both names stay free for people. No password has this hash.
 * The children begin with what is rated for six: a parent raises it in a click, and what was seen stays seen.
 */
const viewers = [
  { id: 'household', username: 'Everyone', role: 'member', maxAge: 'NULL' },
  { id: 'kids', username: 'Kids', role: 'child', maxAge: '6' },
];

const before = [
  'type',
  'id',
  'library_id',
  'available',
  'hdr',
  'max_height',
  'year',
  'rating',
  'content_rating',
  'letter',
];
const filter = (columnNames: string[]): TableIndex =>
  new TableIndex({ name: 'ix_title_filter', columnNames });

/**
 * What an account may see. Lists for limited accounts find their matches in ix_title_filter alone, as all others do.
 * Columns by statement: TypeORM's `addColumn` would copy the whole table on SQLite.
 */
export class Audience1763690600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [to, name, type] of columns)
      await runner.query(`ALTER TABLE ${to} ADD COLUMN ${name} ${type}`);
    await runner.dropIndex('title', 'ix_title_filter');
    await runner.createIndex('title', filter([...before, 'min_age']));
    for (const { id, username, role, maxAge } of viewers)
      await runner.query(
        `INSERT INTO account (id, username, username_key, password_hash, role, preferences, created_at, max_age, reserved)
         VALUES ('${id}', '${username}', '\u0001${id}', '!', '${role}', '{}', 0, ${maxAge}, '${id}')`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM account WHERE reserved IS NOT NULL');
    await runner.dropIndex('title', 'ix_title_filter');
    await runner.createIndex('title', filter(before));
    for (const [from, name] of columns) await runner.query(`ALTER TABLE ${from} DROP COLUMN ${name}`);
  }
}
