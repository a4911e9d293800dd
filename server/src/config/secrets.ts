import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../common/system-error.js';
import { ConfigError } from './config.js';

export type SecretPurpose =
  'access-token' | 'media-url' | 'stream-ticket' | 'upnp-uuid' | 'dlna-resource' | 'sealed-text';

/** Libraries leave out a folder that holds this file (`library/scan/list-directory.ts`): ours may lie in one. */
const ignoreFile = '.hearthignore';

/** Keys derived (RFC 5869) from one random secret that lives in the data directory and nowhere else. */
export class Secrets {
  private readonly derived = new Map<SecretPurpose, Buffer>();

  constructor(private readonly master: Buffer) {}

  /**
   * Reads `secret.key` of the data directory; makes it, readable by its owner only, on the first start.
   * @throws ConfigError where that is not possible
   */
  static load(dataDirectory: string): Secrets {
    const master = Buffer.from(readOrMake(dataDirectory), 'hex');
    if (master.length !== 32)
      throw new ConfigError([
        `DATA_DIR: secret.key in ${dataDirectory} is damaged; remove it to make a new one (everyone signs in again)`,
      ]);
    return new Secrets(master);
  }

  /** What is sealed with: the operator's keys, the newest first, then our own, which opens what was sealed before there were any. */
  sealingKeys(given: readonly string[]): [Buffer, ...Buffer[]] {
    const derive = (text: string): Buffer =>
      Buffer.from(hkdfSync('sha256', text, '', 'hearth sealed-text', 32));
    const own = this.key('sealed-text');
    const [newest, ...former] = given.map(derive);
    return newest ? [newest, ...former, own] : [own];
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

function readOrMake(dataDirectory: string): string {
  const path = join(dataDirectory, 'secret.key');
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    if (!existsSync(join(dataDirectory, ignoreFile))) writeFileSync(join(dataDirectory, ignoreFile), '');
    // Empty: a full disk or a power cut came before the first key was written, so nothing was ever signed with it.
    if (statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path);
    if (!existsSync(path))
      writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    const code = systemErrorCode(error);
    // EEXIST of the key itself: another process made it in this moment.
    if (code !== 'EEXIST' || !existsSync(path))
      throw new ConfigError([`DATA_DIR: ${dataDirectory} cannot be written (${code ?? String(error)})`]);
  }
  return readFileSync(path, 'utf8').trim();
}
