import type { SegmentKey } from './segment-store.port.js';

/** A store that players may fetch from by themselves. */
export interface SignedUrls {
  /** An address that gives the piece to whoever has it, for `lifetimeSeconds`; the piece need not be there. */
  signedUrl(key: SegmentKey, lifetimeSeconds: number): Promise<string>;
}
