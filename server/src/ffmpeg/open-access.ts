import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { isAddress } from '../common/bytes/media-address.js';
import { AddressAccess } from './address-access.js';
import { ProbeFailed } from './media-probe.js';
import type { RandomAccess } from './random-access.js';

class FileAccess implements RandomAccess {
  readonly size: number;
  readonly mostPlaces = Infinity;

  constructor(
    private readonly fd: number,
    readonly stats: Stats,
  ) {
    this.size = stats.size;
  }

  read(target: Buffer, at: number, length: number, position: number): number {
    return readSync(this.fd, target, at, length, position);
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** Opens a path or an address. @throws ProbeFailed for what is no file, or the system's error */
export function openAccess(place: string): RandomAccess {
  if (isAddress(place)) return AddressAccess.open(place);
  // Opening a pipe would wait for a writer; files do not mind the flag.
  const fd = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new ProbeFailed('unreadable', 'This is not a regular file.');
    return new FileAccess(fd, stats);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Opens, uses and closes. */
export function withAccess<T>(place: string, use: (access: RandomAccess) => T): T {
  const access = openAccess(place);
  try {
    return use(access);
  } finally {
    access.close();
  }
}

/** What changes when other contents lie there. */
export function contentsVersion(place: string): string {
  if (isAddress(place)) return place;
  const { ino, size, mtimeMs } = statSync(place);
  return `${ino} ${size} ${mtimeMs}`;
}
