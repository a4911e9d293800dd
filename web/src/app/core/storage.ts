import type { ZodType } from 'zod';

/** The part of a schema that reading needs. */
export interface Parser<T> {
  safeParse(value: unknown): ReturnType<ZodType<T>['safeParse']> | { success: true; data: T };
}

/** What this browser remembers under `key`, or undefined when there is nothing usable. */
export function readStored<T>(key: string, schema: Parser<T>): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Storage is blocked or holds something else: as if nothing were remembered.
    return undefined;
  }
}

/** Remembers `value` in this browser; `null` forgets. */
export function store(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or blocked: the app works without memory.
  }
}
