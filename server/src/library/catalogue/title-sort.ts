import type { TitleQuery } from '@hearth/contract/title';

export type TitleSort = TitleQuery['sort'];
export type Order = 'asc' | 'desc';

/** The column behind each sort, whether titles may lack it, whether an index sorts both types together, and the order people expect when they do not say. */
export const titleSorts: Record<
  TitleSort,
  { column: string; nullable: boolean; acrossTypes: boolean; natural: Order }
> = {
  name: { column: 'sort_name', nullable: false, acrossTypes: true, natural: 'asc' },
  added: { column: 'added_at', nullable: false, acrossTypes: true, natural: 'desc' },
  year: { column: 'year', nullable: true, acrossTypes: false, natural: 'desc' },
  rating: { column: 'rating', nullable: true, acrossTypes: false, natural: 'desc' },
  runtime: { column: 'runtime_seconds', nullable: true, acrossTypes: false, natural: 'asc' },
  random: { column: 'random_key', nullable: false, acrossTypes: false, natural: 'asc' },
};
