/**
 * How a filter is tested, for neither database guesses it well: `set` where every match is wanted (the related rows are
 * read once), `each` where titles are walked in order until a page is full (the related rows are looked up).
 */
export type Testing = 'set' | 'each';

/**
 * Whether a row exists, looked up in an index once per title. `OFFSET 0` changes no result; it keeps PostgreSQL, which
 * cannot foresee that a page will be full after some hundred titles, from reading all related rows into a hash table.
 */
export const lookup = (rows: string): string => `EXISTS (SELECT 1 FROM ${rows} LIMIT 1 OFFSET 0)`;
