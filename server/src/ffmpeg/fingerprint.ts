import { createHash } from 'node:crypto';
import { FileBytes } from './file-bytes.js';
import { withAccess } from './open-access.js';

const SAMPLE = 64 * 1024;

/**
 * Identity of contents wherever the file lies: SHA-256 over the size and 64 KiB from the start, the middle and the
 * end (all of a file up to 192 KiB), 128 bits of it in hex. The middle tells apart films of one size whose head and
 * tail are the same padding; equal fingerprints still mean "very likely", and only ever re-link a vanished file.
 */
export function fingerprintOf(file: FileBytes): string {
  const { size } = file;
  const offsets = size <= 3 * SAMPLE ? [0] : [0, Math.floor((size - SAMPLE) / 2), size - SAMPLE];
  const length = size <= 3 * SAMPLE ? size : SAMPLE;
  const hash = createHash('sha256').update(`${size}:`);
  for (const offset of offsets) {
    const bytes = file.read(offset, length);
    file.seed(offset, bytes); // the probe finds most headers here
    hash.update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

/** @param path absolute path. Synchronous: call it from a worker. @throws the system's error if the file can't be read. */
export function fingerprint(path: string): string {
  return withAccess(path, (access) => fingerprintOf(new FileBytes(access)));
}
