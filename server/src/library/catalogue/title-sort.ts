import type { TitleQuery } from '@hearth/contract/title';

export type TitleSort = TitleQuery['sort'];
export type Order = 'asc' | 'desc';

/** The column behind each sort, whether titles may lack it, and the order people expect when they do not say. */
export const titleSorts: Record<TitleSort, { column: string; nullable: boolean; natural: Order }> = {
  name: { column: 't.sort_name', nullable: false, natural: 'asc' },
  added: { column: 't.added_at', nullable: false, natural: 'desc' },
  year: { column: 't.year', nullable: true, natural: 'desc' },
  rating: { column: 't.rating', nullable: true, natural: 'desc' },
  runtime: { column: 't.runtime_seconds', nullable: true, natural: 'asc' },
  random: { column: 't.random_key', nullable: false, natural: 'asc' },
};
