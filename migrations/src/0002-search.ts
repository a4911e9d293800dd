import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `search_word` finds documents by words; `prefix` keeps indices for their beginnings. `search_gram` finds known words
 * that look like a mistyped one. Both hold no text of their own (`content=''`).
 */
const sqlite = [
  `CREATE TABLE search_document (seq integer PRIMARY KEY, kind text NOT NULL, item_id text NOT NULL UNIQUE,
     title_id text, text text NOT NULL, boost bigint NOT NULL)`,
  'CREATE INDEX ix_search_document_kind_text_boost ON search_document (kind, text, boost)',
  'CREATE INDEX ix_search_document_title_id ON search_document (title_id)',
  `CREATE VIRTUAL TABLE search_word USING fts5(text, content='', contentless_delete=1, detail=none,
     prefix='1 2 3', tokenize="unicode61 remove_diacritics 0")`,
  'CREATE TABLE search_term (id integer PRIMARY KEY, term text NOT NULL UNIQUE)',
  `CREATE VIRTUAL TABLE search_gram USING fts5(term, content='', detail=none, columnsize=0, tokenize="trigram")`,
];

const postgres = [
  `CREATE TABLE search_document (kind text NOT NULL, item_id text PRIMARY KEY, title_id text, text text NOT NULL,
     boost bigint NOT NULL)`,
  `CREATE INDEX ix_search_document_kind_text ON search_document (kind, text text_pattern_ops)
     INCLUDE (boost, item_id)`,
  'CREATE INDEX ix_search_document_kind_boost ON search_document (kind, boost)',
  'CREATE INDEX ix_search_document_title_id ON search_document (title_id)',
  'CREATE INDEX ix_search_document_trigram ON search_document USING gin (text gin_trgm_ops)',
  'CREATE TABLE search_term (term text PRIMARY KEY)',
  'CREATE INDEX ix_search_term_trigram ON search_term USING gin (term gin_trgm_ops)',
];

/** pg_trgm comes with PostgreSQL (Debian: in the same package) and is trusted since 13: the database's owner may add it. */
async function addTrigrams(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `Search needs PostgreSQL's own extension pg_trgm, and this database user may not add it (${reason}). ` +
        'Let an administrator run “CREATE EXTENSION pg_trgm” in this database once, then start again.',
      { cause },
    );
  }
}

/** What can be found by typing. Filled from the library's tables, so it may be dropped and built again. */
export class Search1763690100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    if (isPostgres) await addTrigrams(runner);
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type !== 'postgres') {
      await runner.query('DROP TABLE search_gram');
      await runner.query('DROP TABLE search_word');
    }
    await runner.query('DROP TABLE search_term');
    await runner.query('DROP TABLE search_document');
  }
}
