import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/**
 * Text that lies encrypted where others may read it (AES-256-GCM, NIST SP 800-38D): the database keeps it, this process
 * alone reads it. What was sealed with a former key still opens, and `isStale` says that it wants sealing anew.
 */
export class SealedText {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly current: { id: string; key: Buffer };

  /** @param keys of 32 bytes, the newest first */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    this.keys = new Map(keys.map((key) => [keyId(key), key]));
    this.current = { id: keyId(keys[0]), key: keys[0] };
  }

  /** @param about what it belongs to, such as a row's id: sealed text that was moved elsewhere does not open */
  seal(text: string, about: string): string {
    return this.sealWith(randomBytes(ivBytes), text, about);
  }

  /**
   * The same text always sealed the same, so that an address with it in stays the address: whoever sees two of them learns
   * whether they are equal, and nothing else. The nonce is the text's own MAC, as in SIV (RFC 5297).
   */
  sealAlike(text: string, about: string): string {
    const mac = createHmac('sha256', this.current.key).update(`${about}\n${text}`).digest();
    return this.sealWith(mac.subarray(0, ivBytes), text, about);
  }

  private sealWith(iv: Buffer, text: string, about: string): string {
    const cipher = createCipheriv('aes-256-gcm', this.current.key, iv).setAAD(Buffer.from(about));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${this.current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** @returns null where the key is gone or the text was changed */
  open(sealed: string, about: string): string | null {
    const [id = '', packed = ''] = sealed.split('.', 2);
    const key = this.keys.get(id);
    const bytes = Buffer.from(packed, 'base64url');
    if (!key || bytes.length < ivBytes + tagBytes) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    try {
      return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  }

  isStale(sealed: string): boolean {
    return !sealed.startsWith(`${this.current.id}.`);
  }
}

const keyId = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);
