import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** Slices of at most `size`; none for an empty list. */
export function* chunked<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** Rows by slices of an IN list. @param query asks for one slice */
export async function inChunks<K, R>(keys: Iterable<K>, query: (slice: K[]) => Promise<R[]>): Promise<R[]> {
  const rows: R[] = [];
  for (const slice of chunked([...new Set(keys)], 400)) rows.push(...(await query(slice)));
  return rows;
}

/** Inserts many rows in few statements, without reading anything back. */
export async function insertRows<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  rows: readonly E[],
): Promise<void> {
  for (const slice of chunked(rows, 100)) {
    await manager.createQueryBuilder().insert().into(entity).values(slice).updateEntity(false).execute();
  }
}
