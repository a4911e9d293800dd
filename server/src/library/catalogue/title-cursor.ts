import { crc32 } from 'node:zlib';
import { titleSort } from '@hearth/contract/title';
import { z } from 'zod';
import { ProblemError } from '../../common/problem-error.js';

const position = z.object({
  sort: titleSort,
  order: z.enum(['asc', 'desc']),
  /** Sort value of the last title shown; null among the titles that have none, which come last. */
  key: z.union([z.string(), z.number()]).nullable(),
  id: z.string().max(64),
});

/** Where a page ended: everything the next one needs to go on, whatever is added or removed meanwhile. */
export type TitlePosition = z.infer<typeof position>;

const checksum = (json: string): string => crc32(json).toString(16).padStart(8, '0');

/** The position as opaque text. The checksum tells damage from a cursor; it is no secret, for there is nothing to guard. */
export function encodeCursor(at: TitlePosition): string {
  const json = JSON.stringify([at.sort, at.order, at.key, at.id]);
  return Buffer.from(checksum(json) + json).toString('base64url');
}

function parse(cursor: string): TitlePosition | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const json = text.slice(8);
  if (text.slice(0, 8) !== checksum(json)) return undefined;
  try {
    const [sort, order, key, id] = z.array(z.unknown()).length(4).parse(JSON.parse(json));
    const result = position.safeParse({ sort, order, key, id });
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a cursor that was made for this very sort and order.
 * @throws ProblemError VALIDATION_FAILED for one that is damaged or belongs to another list
 */
export function decodeCursor(cursor: string, sort: TitlePosition['sort'], order: TitlePosition['order']) {
  const at = parse(cursor);
  const wanted = sort === 'name' ? 'string' : 'number';
  if (at?.sort === sort && at.order === order && (at.key === null || typeof at.key === wanted)) return at;
  const message = 'not a cursor of this list; start again without one';
  throw new ProblemError('VALIDATION_FAILED', {
    detail: `cursor: ${message}`,
    errors: [{ path: 'cursor', message }],
  });
}
