import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';
import { type SearchKind, searchKinds } from './search-index.js';
import type { Candidate } from './search-rank.js';
import {
  type CandidateRow,
  namesRead,
  type SearchStore,
  type StoredDocument,
  toCandidate,
  type WordPart,
} from './search-store.js';

const batchSize = 200;

interface NumberedDocument extends StoredDocument {
  seq: number;
}

const columns = 'd.item_id, d.title_id, d.text, d.boost';
const marks = (count: number, mark = '?'): string => Array<string>(count).fill(mark).join(', ');

/** FTS5 for words, with indices for short beginnings; row ids grow with age. */
export class SqliteSearchStore implements SearchStore {
  constructor(private readonly database: Database) {}

  async put(documents: readonly StoredDocument[], terms: readonly string[]): Promise<void> {
    await this.database.write(async (manager) => {
      for (let at = 0; at < documents.length; at += batchSize)
        await this.putBatch(manager, documents.slice(at, at + batchSize));
      for (let at = 0; at < terms.length; at += batchSize) {
        const batch = terms.slice(at, at + batchSize);
        await manager.query(
          `INSERT OR IGNORE INTO search_term (term) VALUES ${marks(batch.length, '(?)')}`,
          batch,
        );
      }
    });
  }

  async drop(ids: readonly string[]): Promise<void> {
    await this.database.write(async (manager) => {
      for (let at = 0; at < ids.length; at += batchSize) {
        const batch = ids.slice(at, at + batchSize);
        const rows = `FROM search_document WHERE item_id IN (${marks(batch.length)})`;
        const known = await manager.query<{ seq: number; kind: SearchKind }[]>(
          `SELECT seq, kind ${rows}`,
          batch,
        );
        await forgetWords(manager, known);
        await manager.query(`DELETE ${rows}`, batch);
      }
    });
  }

  async named(kind: SearchKind, beginning: string, limit: number): Promise<Candidate[]> {
    const from = ` ${beginning}`;
    const names = (
      column: string,
    ) => `SELECT seq, boost, ${column} < ?4 AS is_whole FROM (SELECT seq, boost, ${column}
      FROM search_document WHERE kind = ?1 AND ${column} >= ?2 AND ${column} < ?3 LIMIT ${namesRead})`;
    const rows = await this.database.read.query<CandidateRow[]>(
      `SELECT ${columns} FROM (SELECT DISTINCT seq FROM
         (SELECT seq FROM (SELECT * FROM (${names('text')}) UNION ALL SELECT * FROM (${names('other_name')}))
          ORDER BY is_whole DESC, boost DESC LIMIT ?5)) n
       CROSS JOIN search_document d ON d.seq = n.seq`,
      [kind, from, `${from}\u{10ffff}`, `${from} `, limit],
    );
    return rows.map(toCandidate);
  }

  async worded(
    kind: SearchKind,
    readings: readonly (readonly string[])[],
    part: WordPart,
    limit: number,
  ): Promise<Candidate[]> {
    const star = part === 'whole' ? '' : ' *';
    const match = readings
      .map((terms) => `(${terms.map((term) => `"${term}"${star}`).join(' OR ')})`)
      .join(' AND ');
    const words = `search_word_${kind}`;
    const rows = await this.database.read.query<CandidateRow[]>(
      `SELECT ${columns} FROM (SELECT rowid AS id FROM ${words} WHERE ${words} MATCH ? ORDER BY rowid DESC LIMIT ?) w
       CROSS JOIN search_document d ON d.seq = w.id`,
      [match, limit],
    );
    return rows.map(toCandidate);
  }

  async termsAfter(id: number): Promise<{ terms: string[]; last: number }> {
    // One row of words joined: thousands of rows would cost more to hand over than to find.
    const [row] = await this.database.read.query<{ terms: string | null; last: number | null }[]>(
      `SELECT group_concat(term, ' ') AS terms, MAX(id) AS last
       FROM (SELECT term, id FROM search_term WHERE id > ? ORDER BY term)`,
      [id],
    );
    return { terms: row?.terms?.split(' ') ?? [], last: row?.last ?? id };
  }

  private async putBatch(manager: EntityManager, documents: readonly StoredDocument[]): Promise<void> {
    const known = await manager.query<{ seq: number; kind: SearchKind; item_id: string; text: string; boost: number }[]>(
      `SELECT seq, kind, item_id, text, boost FROM search_document WHERE item_id IN (${marks(documents.length)})`,
      documents.map(({ id }) => id),
    ); // prettier-ignore
    const byId = new Map(known.map((row) => [row.item_id, row]));
    const changed = documents.filter(({ id, kind, text, boost }) => {
      const row = byId.get(id);
      return row?.text !== text || row.boost !== boost || row.kind !== kind;
    });
    if (changed.length === 0) return;
    const [top] = await manager.query<{ last: number | null }[]>(
      'SELECT MAX(seq) AS last FROM search_document',
    );
    let last = top?.last ?? 0;
    await forgetWords(
      manager,
      changed.flatMap(({ id }) => byId.get(id) ?? []),
    );
    await insert(
      manager,
      changed.map((each) => ({ ...each, seq: byId.get(each.id)?.seq ?? ++last })),
    );
  }
}

async function forgetWords(
  manager: EntityManager,
  documents: readonly { seq: number; kind: SearchKind }[],
): Promise<void> {
  for (const [kind, ofKind] of byKind(documents)) {
    const seqs = ofKind.map(({ seq }) => seq);
    await manager.query(`DELETE FROM search_word_${kind} WHERE rowid IN (${marks(seqs.length)})`, seqs);
  }
}

async function insert(manager: EntityManager, documents: readonly NumberedDocument[]): Promise<void> {
  await manager.query(
    `INSERT OR REPLACE INTO search_document (seq, kind, item_id, title_id, text, other_name, boost)
     VALUES ${marks(documents.length, '(?, ?, ?, ?, ?, ?, ?)')}`,
    documents.flatMap((each) => [
      each.seq,
      each.kind,
      each.id,
      each.titleId,
      each.text,
      each.otherName,
      each.boost,
    ]),
  );
  for (const [kind, ofKind] of byKind(documents))
    await manager.query(
      `INSERT INTO search_word_${kind} (rowid, text) VALUES ${marks(ofKind.length, '(?, ?)')}`,
      ofKind.flatMap(({ seq, text }) => [seq, text]),
    );
}

const byKind = <T extends { kind: SearchKind }>(documents: readonly T[]): [SearchKind, T[]][] =>
  searchKinds
    .map((kind): [SearchKind, T[]] => [kind, documents.filter((each) => each.kind === kind)])
    .filter(([, ofKind]) => ofKind.length > 0);
