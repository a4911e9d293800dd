import type { Database } from '../../database/database.js';
import type { SearchKind } from './search-index.js';
import type { Candidate } from './search-rank.js';
import type { SearchStore, StoredDocument } from './search-store.js';

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
const columns = 'item_id, title_id, text, boost';
const namesRead = 5000;
const termsRead = 300;
/** Lower than pg_trgm's 0.6: the distance in letters is computed afterwards. */
const similarity = '0.25';

/** A word ends at a space, a line or the text; said so, rather than by a regular expression, the trigram index finds it. */
const wholeWord = (term: string): string[] => [`% ${term} %`, `% ${term}\n%`, `% ${term}`];

/** Trigram indices (pg_trgm) for words and for the vocabulary that typos are corrected by. Words hold no LIKE wildcards. */
export class PostgresSearchStore implements SearchStore {
  constructor(private readonly database: Database) {}

  async put(documents: readonly StoredDocument[], terms: readonly string[]): Promise<void> {
    await this.database.write(async (manager) => {
      await manager.query(
        `INSERT INTO search_document AS d (kind, item_id, title_id, text, boost)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
         ON CONFLICT (item_id) DO UPDATE SET title_id = excluded.title_id, text = excluded.text, boost = excluded.boost
         WHERE (d.text, d.boost) IS DISTINCT FROM (excluded.text, excluded.boost)`,
        [
          documents.map(({ kind }) => kind),
          documents.map(({ id }) => id),
          documents.map(({ titleId }) => titleId),
          documents.map(({ text }) => text),
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
    const rows = await this.database.read.query<CandidateRow[]>(
      `SELECT ${columns} FROM search_document WHERE item_id IN (SELECT item_id FROM (SELECT item_id, boost
         FROM search_document WHERE kind = $1 AND text LIKE $2 ORDER BY text USING ~<~ LIMIT ${namesRead}) n
         ORDER BY boost DESC LIMIT $3)`,
      [kind, ` ${beginning}%`, limit],
    );
    return rows.map(toCandidate);
  }

  async worded(
    kind: SearchKind,
    readings: readonly (readonly string[])[],
    limit: number,
    whole: boolean,
  ): Promise<Candidate[]> {
    const parameters: unknown[] = [kind, limit];
    const conditions = readings.map((terms) => {
      const any = terms.flatMap((term) => (whole ? wholeWord(term) : [`% ${term}%`]));
      return `(${any.map((pattern) => `text LIKE $${parameters.push(pattern)}`).join(' OR ')})`;
    });
    const rows = await this.database.read.query<CandidateRow[]>(
      `SELECT ${columns} FROM search_document WHERE kind = $1 AND ${conditions.join(' AND ')}
       ORDER BY boost DESC LIMIT $2`,
      parameters,
    );
    return rows.map(toCandidate);
  }

  async similarTerms(word: string, minLength: number, maxLength: number): Promise<string[]> {
    const rows = await this.database.read.transaction(async (manager) => {
      await manager.query("SELECT set_config('pg_trgm.word_similarity_threshold', $1, true)", [similarity]);
      return manager.query<{ term: string }[]>(
        `SELECT term FROM search_term WHERE $1 <% term AND length(term) BETWEEN $2 AND $3
         ORDER BY word_similarity($1, term) DESC LIMIT ${termsRead}`,
        [word, minLength, maxLength],
      );
    });
    return rows.map(({ term }) => term);
  }
}
