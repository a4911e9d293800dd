import { Table, type TableColumnOptions, type TableForeignKeyOptions, type TableIndexOptions } from 'typeorm';

/** Column types that mean the same on SQLite and PostgreSQL. Times are integer milliseconds since the epoch. */
type ColumnType = 'text' | 'integer' | 'bigint' | 'double precision' | 'boolean';

/** `name type`, with `?` for nullable, `=` for a default and `!` for primary key: `year integer?`, `id text!`. */
type ColumnLine = string;

interface TableShape {
  columns: ColumnLine[];
  /** Column lists; `unique` ones keep duplicates out. */
  indices?: string[];
  unique?: string[];
  /** `column -> table`, always on delete cascade, or `column -> table?` for set null. */
  references?: string[];
}

const types: readonly string[] = [
  'text',
  'integer',
  'bigint',
  'double precision',
  'boolean',
] satisfies ColumnType[];

function column(line: ColumnLine): TableColumnOptions {
  const match = /^(\w+) ([a-z ]+?)([?!])?(?: = (.+))?$/.exec(line);
  const [, name, type, mark, fallback] = match ?? [];
  if (!name || !type || !types.includes(type)) throw new Error(`Not a column: “${line}”`);
  return { name, type, isNullable: mark === '?', isPrimary: mark === '!', default: fallback };
}

function reference(line: string): TableForeignKeyOptions {
  const [from = '', to = ''] = line.split(' -> ');
  const optional = to.endsWith('?');
  return {
    columnNames: [from],
    referencedTableName: to.replace('?', ''),
    referencedColumnNames: ['id'],
    onDelete: optional ? 'SET NULL' : 'CASCADE',
  };
}

const index = (table: string, columns: string, isUnique: boolean): TableIndexOptions => ({
  name: `${isUnique ? 'uq' : 'ix'}_${table}_${columns.replaceAll(/, ?/g, '_')}`,
  columnNames: columns.split(/, ?/),
  isUnique,
});

/** A table for both dialects, written once and readably. */
export function table(name: string, shape: TableShape): Table {
  return new Table({
    name,
    columns: shape.columns.map(column),
    indices: [
      ...(shape.indices ?? []).map((columns) => index(name, columns, false)),
      ...(shape.unique ?? []).map((columns) => index(name, columns, true)),
    ],
    foreignKeys: (shape.references ?? []).map(reference),
  });
}
