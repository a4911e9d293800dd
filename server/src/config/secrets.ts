import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../common/system-error.js';

export type SecretPurpose = 'access-token' | 'media-url';

/** Keys derived (RFC 5869) from one random secret that lives in the data directory and nowhere else. */
export class Secrets {
  private readonly derived = new Map<SecretPurpose, Buffer>();

  constructor(private readonly master: Buffer) {}

  /** Reads `secret.key` of the data directory; makes it, readable by its owner only, on the first start. */
  static load(dataDirectory: string): Secrets {
    const path = join(dataDirectory, 'secret.key');
    mkdirSync(dataDirectory, { recursive: true });
    // Empty: a full disk or a power cut came before the first key was written, so nothing was ever signed with it.
    if (sizeOf(path) === 0) rmSync(path);
    try {
      writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600, flush: true });
    } catch (error) {
      // Already there: the usual case.
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
    const master = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
    if (master.length !== 32)
      throw new Error(
        'secret.key in the data directory is damaged; remove it to make a new one (everyone signs in again)',
      );
    return new Secrets(master);
  }

  /** A 32-byte key for one purpose. */
  key(purpose: SecretPurpose): Buffer {
    const known = this.derived.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.master, '', `hearth ${purpose}`, 32));
    this.derived.set(purpose, key);
    return key;
  }
}

const sizeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;
