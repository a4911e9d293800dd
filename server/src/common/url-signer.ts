import { createHmac, timingSafeEqual } from 'node:crypto';

/** The query parameters that make a URL signed. */
export interface UrlSignature {
  user: string;
  /** Seconds since the epoch. */
  expires: number;
  signature: string;
}

/**
 * Signed URLs for media elements, which cannot send headers. A signature covers path, account and expiry, and needs
 * no state, so it outlives a restart. Expiries are rounded up to the half of the lifetime: the same picture keeps
 * the same URL for hours, and browsers keep it cached.
 */
export class UrlSigner {
  constructor(
    private readonly key: Buffer,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param path path without query, as it will be requested
   * @param magnet a link in the query that is signed with the path
   */
  sign(path: string, accountId: string, lifetimeSeconds: number, magnet?: string): string {
    const grid = lifetimeSeconds / 2;
    const expires = Math.ceil((this.now() / 1000 + grid) / grid) * grid;
    const query = new URLSearchParams({
      ...(magnet !== undefined && { magnet }),
      user: accountId,
      expires: String(expires),
      signature: this.signature(named(path, magnet), accountId, expires),
    });
    return `${path}?${query}`;
  }

  /** True while the signature fits the path and has not expired. */
  verify(path: string, { user, expires, signature }: UrlSignature, magnet?: string): boolean {
    if (!(expires * 1000 > this.now())) return false;
    const expected = Buffer.from(this.signature(named(path, magnet), user, expires));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  private signature(path: string, accountId: string, expires: number): string {
    return createHmac('sha256', this.key).update(`${path}\n${accountId}\n${expires}`).digest('base64url');
  }
}

const named = (path: string, magnet: string | undefined): string =>
  magnet === undefined ? path : `${path}?${new URLSearchParams({ magnet })}`;
