import { z } from 'zod';

/** Opaque id: never parse it. */
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'not an id');
export const idParams = z.object({ id });

/** ISO 8601 in UTC. */
export const timestamp = z.iso.datetime();

/** Holds the last name of a page, which may be long. */
export const cursor = z.string().max(2048);

/** Query values arrive as text: `true`/`1` and `false`/`0`. */
export const booleanQuery = z
  .enum(['true', 'false', '1', '0'])
  .or(z.boolean())
  .transform((value) => value === true || value === 'true' || value === '1');

/** `a,b` or a repeated key, as a list of at most 50. */
export const listQuery = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) =>
      [value]
        .flat()
        .flatMap((part) => part.split(','))
        .filter(Boolean),
    )
    .pipe(z.array(item).max(50));

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: cursor.optional(),
});

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int(), nextCursor: z.string().nullable() });
