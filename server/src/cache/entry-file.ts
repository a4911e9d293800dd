import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { CacheEntry } from './memory-tier.js';

/** File names may have 255 bytes; `~` and a hash tell apart what was cut, and `.json` never makes a dot name. */
const longestName = 160;

const header = z.object({ key: z.string(), expiresAt: z.number(), checksum: z.number() });

/** `ab/readable%20key.json`: spread over 256 folders. */
export function entryPath(root: string, key: string): string {
  const hash = createHash('sha256').update(key).digest('hex');
  const name = encodeURIComponent(key.toWellFormed());
  const short = name.length <= longestName ? name : `${name.slice(0, longestName)}~${hash.slice(0, 32)}`;
  return join(root, hash.slice(0, 2), `${short}.json`);
}

/** Whether the key of the entry at `path` starts with `prefix`; undefined when only its content can tell. */
export function startsWith(path: string, prefix: string): boolean | undefined {
  const wanted = encodeURIComponent(prefix.toWellFormed());
  if (wanted.length <= longestName) return basename(path).startsWith(wanted);
  return basename(path).startsWith(wanted.slice(0, longestName)) ? undefined : false;
}

/** A line that says what it is, then the value. */
export function encodeEntry(key: string, { text, expiresAt }: CacheEntry): Buffer {
  return Buffer.from(`${JSON.stringify({ key, expiresAt, checksum: crc32(text) })}\n${text}`);
}

/** @returns undefined for anything but a whole, sound entry */
export function decodeEntry(bytes: Buffer): (CacheEntry & { key: string }) | undefined {
  const content = bytes.toString();
  const end = content.indexOf('\n');
  try {
    const { key, expiresAt, checksum } = header.parse(JSON.parse(content.slice(0, end)));
    const text = content.slice(end + 1);
    return end > 0 && crc32(text) === checksum ? { key, expiresAt, text } : undefined;
  } catch {
    return undefined;
  }
}
