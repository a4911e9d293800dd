import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';
import { type SearchKind, searchKinds } from './search-index.js';
import type { Candidate } from './search-rank.js';
import type { SearchStore, StoredDocument } from './search-store.js';

/**
 * Row ids carry the kind, and those of terms the length, in their upper part: FTS5 can skip to a range of row ids,
 * but must read every row for any other condition.
 */
const block = 2 ** 40;
const kindStart = (kind: SearchKind): number => (searchKinds.indexOf(kind) + 1) * block;
/** How far a name range is read before it is sorted by age. */
const namesRead = 5000;
/** Terms whose distance is computed for one mistyped word. */
const termsRead = 2500;
const batchSize = 200;

interface CandidateRow {
  item_id: string;
  title_id: string | null;
  text: string;
  boost: number;
}

const toCandidate = (row: CandidateRow): Candidate => ({
  id: row.item_id,
  titleId: row.title_id,
  text: row.text,
  boost: row.boost,
});
const columns = 'd.item_id, d.title_id, d.text, d.boost';
const marks = (count: number, mark = '?'): string => Array<string>(count).fill(mark).join(', ');

/** FTS5 for words (with indices for short beginnings), and a trigram FTS5 table over the vocabulary for typos. */
export class SqliteSearchStore implements SearchStore {
  constructor(private readonly database: Database) {}

  async put(documents: readonly StoredDocument[], terms: readonly string[]): Promise<void> {
    await this.database.write(async (manager) => {
      for (let at = 0; at < documents.length; at += batchSize)
        await this.putBatch(manager, documents.slice(at, at + batchSize));
      for (let at = 0; at < terms.length; at += batchSize)
        await this.putTerms(manager, terms.slice(at, at + batchSize));
    });
  }

  async drop(ids: readonly string[]): Promise<void> {
    await this.database.write(async (manager) => {
      for (let at = 0; at < ids.length; at += batchSize) {
        const batch = ids.slice(at, at + batchSize);
        const rows = `FROM search_document WHERE item_id IN (${marks(batch.length)})`;
        await manager.query(`DELETE FROM search_word WHERE rowid IN (SELECT seq ${rows})`, batch);
        await manager.query(`DELETE ${rows}`, batch);
      }
    });
  }

  async named(kind: SearchKind, beginning: string, limit: number): Promise<Candidate[]> {
    const from = ` ${beginning}`;
    const rows = await this.database.read.query<CandidateRow[]>(
      `SELECT ${columns} FROM (SELECT seq AS id FROM (SELECT seq, boost FROM search_document
         WHERE kind = ? AND text >= ? AND text < ? LIMIT ${namesRead}) ORDER BY boost DESC LIMIT ?) n
       CROSS JOIN search_document d ON d.seq = n.id`,
      [kind, from, `${from}\u{10ffff}`, limit],
    );
    return rows.map(toCandidate);
  }

  async worded(
    kind: SearchKind,
    readings: readonly (readonly string[])[],
    limit: number,
    whole: boolean,
  ): Promise<Candidate[]> {
    const star = whole ? '' : ' *';
    const match = readings
      .map((terms) => `(${terms.map((term) => `"${term}"${star}`).join(' OR ')})`)
      .join(' AND ');
    const rows = await this.database.read.query<CandidateRow[]>(
      `SELECT ${columns} FROM (SELECT rowid AS id FROM search_word WHERE search_word MATCH ?
         AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?) w
       CROSS JOIN search_document d ON d.seq = w.id`,
      [match, kindStart(kind), kindStart(kind) + block - 1, limit],
    );
    return rows.map(toCandidate);
  }

  async similarTerms(word: string, minLength: number, maxLength: number): Promise<string[]> {
    const padded = `^${word}`;
    const all = Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
    const grams = [...new Set(all)];
    const postings =
      'SELECT rowid AS id FROM search_gram WHERE search_gram MATCH ? AND rowid BETWEEN ? AND ?';
    const range = [minLength * block, (maxLength + 1) * block - 1];
    // One row of words joined: thousands of rows would cost more to hand over than to find.
    const [row] = await this.database.read.query<{ terms: string | null }[]>(
      `SELECT group_concat(t.term, ' ') AS terms FROM (SELECT id FROM (${grams.map(() => postings).join(' UNION ALL ')})
         GROUP BY id ORDER BY COUNT(*) DESC LIMIT ${termsRead}) g CROSS JOIN search_term t ON t.id = g.id`,
      grams.flatMap((gram) => [`"${gram}"`, ...range]),
    );
    return row?.terms?.split(' ') ?? [];
  }

  private async putBatch(manager: EntityManager, documents: readonly StoredDocument[]): Promise<void> {
    const known = await manager.query<{ seq: number; item_id: string; text: string; boost: number }[]>(
      `SELECT seq, item_id, text, boost FROM search_document WHERE item_id IN (${marks(documents.length)})`,
      documents.map(({ id }) => id),
    );
    const byId = new Map(known.map((row) => [row.item_id, row]));
    const changed = documents.filter((document) => {
      const row = byId.get(document.id);
      return row?.text !== document.text || row.boost !== document.boost;
    });
    if (changed.length === 0) return;
    const next = await this.nextSequences(manager, changed);
    const numbered = changed.map((each) => ({ ...each, seq: byId.get(each.id)?.seq ?? next(each.kind) }));
    const old = changed.flatMap(({ id }) => byId.get(id)?.seq ?? []);
    if (old.length > 0)
      await manager.query(`DELETE FROM search_word WHERE rowid IN (${marks(old.length)})`, old);
    await manager.query(
      `INSERT OR REPLACE INTO search_document (seq, kind, item_id, title_id, text, boost)
       VALUES ${marks(numbered.length, '(?, ?, ?, ?, ?, ?)')}`,
      numbered.flatMap(({ seq, kind, id, titleId, text, boost }) => [seq, kind, id, titleId, text, boost]),
    );
    await manager.query(
      `INSERT INTO search_word (rowid, text) VALUES ${marks(numbered.length, '(?, ?)')}`,
      numbered.flatMap(({ seq, text }) => [seq, text]),
    );
  }

  private async nextSequences(manager: EntityManager, documents: readonly StoredDocument[]) {
    const last = new Map<SearchKind, number>();
    for (const kind of new Set(documents.map((document) => document.kind))) {
      const start = kindStart(kind);
      last.set(kind, await lastId(manager, 'search_document', 'seq', start));
    }
    return (kind: SearchKind): number => {
      const seq = (last.get(kind) ?? kindStart(kind)) + 1;
      last.set(kind, seq);
      return seq;
    };
  }

  private async putTerms(manager: EntityManager, terms: readonly string[]): Promise<void> {
    const known = await manager.query<{ term: string }[]>(
      `SELECT term FROM search_term WHERE term IN (${marks(terms.length)})`,
      [...terms],
    );
    const knownTerms = new Set(known.map(({ term }) => term));
    const fresh = terms.filter((term) => !knownTerms.has(term));
    if (fresh.length === 0) return;
    const last = new Map<number, number>();
    for (const length of new Set(fresh.map((term) => term.length)))
      last.set(length, await lastId(manager, 'search_term', 'id', length * block));
    const values = fresh.map((term) => {
      const id = (last.get(term.length) ?? 0) + 1;
      last.set(term.length, id);
      return { id, term };
    });
    const rows = marks(values.length, '(?, ?)');
    await manager.query(
      `INSERT INTO search_term (id, term) VALUES ${rows}`,
      values.flatMap(({ id, term }) => [id, term]),
    );
    await manager.query(
      `INSERT INTO search_gram (rowid, term) VALUES ${rows}`,
      values.flatMap(({ id, term }) => [id, `^${term}`]),
    );
  }
}

async function lastId(manager: EntityManager, table: string, column: string, start: number): Promise<number> {
  const [row] = await manager.query<{ last: number | null }[]>(
    `SELECT MAX(${column}) AS last FROM ${table} WHERE ${column} >= ? AND ${column} < ?`,
    [start, start + block],
  );
  return row?.last ?? start;
}
