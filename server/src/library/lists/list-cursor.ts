import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { ProblemError } from '../../common/problem-error.js';

/** A row's place in a list. */
export interface Place {
  readonly key: string | number;
  readonly id: string;
}

const position = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string().max(64)]);

const checksum = (json: string): string => crc32(json).toString(16).padStart(8, '0');

/** Where a page ended, as opaque text. @param list names list and order, so that no other list takes the cursor */
export function writeListCursor(list: string, { key, id }: Place): string {
  const json = JSON.stringify([list, key, id]);
  return Buffer.from(checksum(json) + json).toString('base64url');
}

function parse(cursor: string): z.infer<typeof position> | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const json = text.slice(8);
  if (text.slice(0, 8) !== checksum(json)) return undefined;
  try {
    return position.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** @throws ProblemError VALIDATION_FAILED for one that is damaged or belongs to another list */
export function readListCursor(list: string, cursor: string): Place {
  const [of, key, id] = parse(cursor) ?? [];
  if (of === list && key !== undefined && id !== undefined) return { key, id };
  const message = 'not a cursor of this list; start again without one';
  throw new ProblemError('VALIDATION_FAILED', {
    detail: `cursor: ${message}`,
    errors: [{ path: 'cursor', message }],
  });
}
