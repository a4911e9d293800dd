import type { Database } from '../../database/database.js';
import type { SearchKind } from './search-index.js';
import type { Candidate } from './search-rank.js';
import {
  type CandidateRow,
  namesRead,
  type SearchStore,
  type StoredDocument,
  toCandidate,
  type WordPart,
} from './search-store.js';

const columns = 'item_id, title_id, text, boost';
/** Matches that are sorted by age; of more, the newest documents are walked until enough match. */
const matchesSorted = 2000;

/** Word indices (GIN over `tsvector`, which finds beginnings too) beside an index by age. */
export class PostgresSearchStore implements SearchStore {
  constructor(private readonly database: Database) {}

  async put(documents: readonly StoredDocument[], terms: readonly string[]): Promise<void> {
    await this.database.write(async (manager) => {
      await manager.query(
        `INSERT INTO search_document AS d (kind, item_id, title_id, text, other_name, boost)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
         ON CONFLICT (item_id) DO UPDATE SET kind = excluded.kind, title_id = excluded.title_id, text = excluded.text,
           other_name = excluded.other_name, boost = excluded.boost
         WHERE (d.kind, d.text, d.boost) IS DISTINCT FROM (excluded.kind, excluded.text, excluded.boost)`,
        [
          documents.map(({ kind }) => kind),
          documents.map(({ id }) => id),
          documents.map(({ titleId }) => titleId),
          documents.map(({ text }) => text),
          documents.map(({ otherName }) => otherName),
          documents.map(({ boost }) => boost),
        ],
      );
      await manager.query(
        `INSERT INTO search_term (term) SELECT term FROM unnest($1::text[]) AS fresh(term)
         WHERE NOT EXISTS (SELECT 1 FROM search_term t WHERE t.term = fresh.term) ON CONFLICT DO NOTHING`,
        [terms],
      );
    });
  }

  async drop(ids: readonly string[]): Promise<void> {
    await this.database.write((manager) =>
      manager.query('DELETE FROM search_document WHERE item_id = ANY($1)', [ids]),
    );
  }

  async named(kind: SearchKind, beginning: string, limit: number): Promise<Candidate[]> {
    const from = ` ${beginning}`;
    const names = (
      column: string,
    ) => `SELECT item_id, boost, ${column} < $4 AS is_whole FROM (SELECT item_id, boost,
      ${column} FROM search_document WHERE kind = $1 AND ${column} >= $2 AND ${column} < $3
      ORDER BY ${column} LIMIT ${namesRead}) r`;
    const rows = await this.database.read.query<CandidateRow[]>(
      `SELECT ${columns} FROM search_document WHERE item_id IN (SELECT item_id FROM
         (SELECT * FROM (${names('text')}) t UNION ALL SELECT * FROM (${names('other_name')}) o) n
         ORDER BY is_whole DESC, boost DESC LIMIT $5)`,
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
    const mark = part === 'whole' ? '' : ':*';
    const query = readings
      .map((terms) => `(${terms.map((term) => `'${term}'${mark}`).join(' | ')})`)
      .join(' & ');
    // The kind is written out for the sake of its partial index.
    const documents = `FROM search_document WHERE kind = '${kind}' AND`;
    const rows = await this.database.read.query<(CandidateRow & { matches: number })[]>(
      `SELECT ${columns}, COUNT(*) OVER () AS matches
       FROM (SELECT ${columns} ${documents} words @@ $1::tsquery LIMIT ${matchesSorted}) m
       ORDER BY boost DESC LIMIT $2`,
      [query, limit],
    );
    if (rows[0]?.matches !== matchesSorted) return rows.map(toCandidate);
    // `IS TRUE` keeps to the index by age: reading all matches from the other would take longer.
    const newest = `SELECT ${columns} ${documents} (words @@ $1::tsquery) IS TRUE ORDER BY boost DESC LIMIT $2`;
    return (await this.database.read.query<CandidateRow[]>(newest, [query, limit])).map(toCandidate);
  }

  async termsAfter(id: number): Promise<{ terms: string[]; last: number }> {
    const [row] = await this.database.read.query<{ terms: string | null; last: number | null }[]>(
      `SELECT string_agg(term, ' ') AS terms, MAX(id) AS last
       FROM (SELECT term, id FROM search_term WHERE id > $1 ORDER BY term) t`,
      [id],
    );
    return { terms: row?.terms?.split(' ') ?? [], last: row?.last ?? id };
  }
}
