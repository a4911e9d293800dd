import type { ObjectLiteral } from 'typeorm';
import { wordsOf } from '../search/search-text.js';
import { type FieldColumn, kindTables } from './object-columns.js';
import type { ObjectCondition, ObjectKind, ObjectOperator } from './object-condition.js';

/** SQL of a condition over `x`, and its parameters. */
export interface ObjectSql {
  readonly sql: string;
  readonly parameters: ObjectLiteral;
}

const opposites: Readonly<Partial<Record<ObjectOperator, ObjectOperator>>> = {
  '!=': '=',
  doesNotContain: 'contains',
};

const liked = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`);

/** Writes one tree; each value becomes a parameter of its own. */
export function objectSql(kind: ObjectKind, condition: ObjectCondition): ObjectSql {
  const parameters: ObjectLiteral = {};
  let made = 0;
  const parameter = (value: unknown): string => {
    const key = `object${made++}`;
    parameters[key] = value;
    return `:${key}`;
  };
  return { sql: write(kind, condition, parameter), parameters };
}

type Parameter = (value: unknown) => string;

function write(kind: ObjectKind, condition: ObjectCondition, parameter: Parameter): string {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? '1 = 1' : '1 = 0';
    case 'and':
    case 'or': {
      const sides = [condition.left, condition.right].map((side) => write(kind, side, parameter));
      return `(${sides.join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'ids': {
      if (condition.ids.length === 0) return condition.wanted ? '1 = 0' : '1 = 1';
      const marks = condition.ids.map((id) => parameter(id)).join(', ');
      return `x.id ${condition.wanted ? '' : 'NOT '}IN (${marks})`;
    }
    case 'exists': {
      const field = kindTables[kind].fields[condition.field];
      return `${condition.wanted ? '' : 'NOT '}${field ? present(field) : '1 = 0'}`;
    }
    case 'compare': {
      const field = kindTables[kind].fields[condition.field];
      if (!field) return '1 = 0';
      const opposite = opposites[condition.operator];
      const operator = opposite ?? condition.operator;
      const sql = compare(kind, field, operator, condition.value, parameter);
      // What has no value at all is not unequal to one: it is not there to be compared (CDS:1 §2.5.5).
      return opposite ? `(${present(field)} AND NOT ${sql})` : sql;
    }
  }
}

/** Whether there is a value. */
function present({ type, column, rows }: FieldColumn): string {
  if (type === 'name') return '(1 = 1)';
  return rows === undefined ? `(${column} IS NOT NULL)` : `EXISTS (SELECT 1 FROM ${rows})`;
}

function compare(
  kind: ObjectKind,
  field: FieldColumn,
  operator: ObjectOperator,
  value: string,
  parameter: Parameter,
): string {
  if (field.type === 'name') return named(kind, operator, value, parameter);
  const of = field.rows === undefined ? (field.column ?? '') : (field.value ?? '');
  const sql = field.type === 'text' ? texts(of, operator, value, parameter) : numbers(of, field, operator, value, parameter); // prettier-ignore
  return field.rows === undefined ? `(${of} IS NOT NULL AND ${sql})` : `EXISTS (SELECT 1 FROM ${field.rows} AND ${sql})`; // prettier-ignore
}

/** Names are looked for among the folded ones of the search: `CAFÉ` finds “Café”, and no large row is read. */
function named(kind: ObjectKind, operator: ObjectOperator, value: string, parameter: Parameter): string {
  const { document, belongsTo } = kindTables[kind];
  const words = wordsOf(value).join(' ');
  if (words === '') return '1 = 0';
  const spaced = liked(` ${words}`);
  const text = 'd.text';
  const like = (pattern: string): string => `${text} LIKE ${parameter(pattern)} ESCAPE '\\'`;
  const conditions: Partial<Record<ObjectOperator, () => string>> = {
    contains: () => like(`%${liked(words)}%`),
    startsWith: () => `(${like(`${spaced}%`)} OR ${like(`%\n${spaced}%`)})`,
    '=': () =>
      `(${text} = ${parameter(` ${words}`)} OR ${like(`${spaced}\n%`)} OR ${like(`%\n${spaced}`)} OR ${like(`%\n${spaced}\n%`)})`,
  };
  const condition = conditions[operator]?.() ?? `${text} ${operator} ${parameter(` ${words}`)}`;
  const among = (column: string, of: string): string =>
    `${column} IN (SELECT d.item_id FROM search_document d WHERE d.kind = '${of}' AND ${condition})`;
  const own = among('x.id', document);
  return belongsTo ? `(${own} OR ${among(belongsTo.column, belongsTo.document)})` : own;
}

function texts(column: string, operator: ObjectOperator, value: string, parameter: Parameter): string {
  const folded = `LOWER(${column})`;
  const lower = value.toLowerCase();
  if (operator === 'contains') return `${folded} LIKE ${parameter(`%${liked(lower)}%`)} ESCAPE '\\'`;
  if (operator === 'startsWith') return `${folded} LIKE ${parameter(`${liked(lower)}%`)} ESCAPE '\\'`;
  // SQLite's LOWER knows ASCII only: what is written alike is alike.
  if (operator === '=') return `(${folded} = ${parameter(lower)} OR ${column} = ${parameter(value)})`;
  return `${column} ${operator} ${parameter(value)}`;
}

/** Years are asked for as dates too: `dc:date >= "1980-01-01"`. */
function numbers(
  column: string,
  { type }: FieldColumn,
  operator: ObjectOperator,
  value: string,
  parameter: Parameter,
): string {
  const number = type === 'date' ? Number(/^\d{4}/.exec(value)?.[0]) : numberOf(value);
  if (!Number.isFinite(number)) return '1 = 0';
  if (operator === 'contains' || operator === 'startsWith') return `${column} = ${parameter(number)}`;
  return `${column} ${operator} ${parameter(number)}`;
}

/** A number, or a duration as UPnP writes it: `1:02:03.5`. */
function numberOf(text: string): number {
  const clock = /^(\d+):(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(text.trim());
  if (!clock) return text.trim() === '' ? NaN : Number(text);
  const [, hours, minutes, seconds] = clock.map(Number);
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
