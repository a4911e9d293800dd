import type { MigrationInterface, QueryRunner } from 'typeorm';

const kinds = ['title', 'episode', 'person', 'file'];

/**
 * `text` holds all names of a document, a line each; `other_name` the second, for names are found by their beginning
 * too. `search_term` is the vocabulary that typing errors are corrected by; ids only grow, so what is new can be read.
 * FTS5 holds no text of its own (`content=''`); `prefix` keeps indices for short beginnings. A word index for each kind:
 * a word of ten thousand file names costs nothing when titles are searched.
 */
const sqlite = [
  `CREATE TABLE search_document (seq integer PRIMARY KEY, kind text NOT NULL, item_id text NOT NULL UNIQUE,
     title_id text, text text NOT NULL, other_name text, boost bigint NOT NULL)`,
  'CREATE INDEX ix_search_document_kind_text_boost ON search_document (kind, text, boost)',
  `CREATE INDEX ix_search_document_kind_other_name_boost ON search_document (kind, other_name, boost)
     WHERE other_name IS NOT NULL`,
  'CREATE INDEX ix_search_document_title_id ON search_document (title_id)',
  ...kinds.map(
    (kind) => `CREATE VIRTUAL TABLE search_word_${kind} USING fts5(text, content='', contentless_delete=1,
       detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0")`,
  ),
  'CREATE TABLE search_term (id integer PRIMARY KEY, term text NOT NULL UNIQUE)',
];

/** Byte order (`COLLATE "C"`), so that a range finds beginnings. `fastupdate` would let searches read what is pending. */
const postgres = [
  `CREATE TABLE search_document (kind text NOT NULL, item_id text PRIMARY KEY, title_id text,
     text text COLLATE "C" NOT NULL, other_name text COLLATE "C", boost bigint NOT NULL,
     words tsvector NOT NULL GENERATED ALWAYS AS
       (array_to_tsvector(array_remove(string_to_array(translate(text, E'\\n', ''), ' '), ''))) STORED)`,
  'CREATE INDEX ix_search_document_kind_text ON search_document (kind, text) INCLUDE (boost, item_id)',
  `CREATE INDEX ix_search_document_kind_other_name ON search_document (kind, other_name) INCLUDE (boost, item_id)
     WHERE other_name IS NOT NULL`,
  'CREATE INDEX ix_search_document_kind_boost ON search_document (kind, boost)',
  'CREATE INDEX ix_search_document_title_id ON search_document (title_id)',
  ...kinds.map(
    (kind) => `CREATE INDEX ix_search_document_words_${kind} ON search_document USING gin (words)
       WITH (fastupdate = off) WHERE kind = '${kind}'`,
  ),
  `CREATE TABLE search_term (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     term text COLLATE "C" NOT NULL UNIQUE)`,
];

/** What can be found by typing. Filled from the library's tables, so it may be dropped and built again. */
export class Search1763690100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type !== 'postgres')
      for (const kind of kinds) await runner.query(`DROP TABLE search_word_${kind}`);
    await runner.query('DROP TABLE search_term');
    await runner.query('DROP TABLE search_document');
  }
}
