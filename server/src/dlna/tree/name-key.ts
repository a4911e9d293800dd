import { createHash } from 'node:crypto';

/** A name as part of an id: names hold anything, and ids must stay the same across rescans (72 bits of its hash). */
export const nameKey = (name: string): string =>
  createHash('sha256').update(name.normalize('NFC')).digest('base64url').slice(0, 12);
