import { readFileSync } from 'node:fs';

/** What another server sent, to the byte (tests/fixtures/dlna). */
export const golden = (name: string): string =>
  readFileSync(new URL(`../../../tests/fixtures/dlna/${name}`, import.meta.url), 'utf8');
