import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a ticket lets its holder stream, and until when. */
export interface Ticket {
  readonly sessionId: string;
  readonly fileId: string;
  readonly accountId: string;
  /** The content it was made for: a file that was replaced meanwhile is another one. */
  readonly contentKey: string;
  /** Seconds since the epoch. */
  readonly expires: number;
  /** Ids of what may be streamed: the picture first, then the audio tracks. */
  readonly renditions: readonly string[];
}

/** As long as a segment of a path may be (contract: `ticket`). */
const longest = 480;
/** 128 bits, half of the MAC: as strong as a truncated one has to be (RFC 2104 section 5), and short enough for a path. */
const macBytes = 16;

const id = z.string().min(1).max(64);
const payload = z
  .tuple([id, id, id, z.string().max(64), z.int(), z.string()])
  .transform(([sessionId, fileId, accountId, contentKey, expires, renditions]) => ({
    sessionId,
    fileId,
    accountId,
    contentKey,
    expires,
    renditions: renditions.split(' ').filter(Boolean),
  }));

/**
 * Tickets: the right to a session's playlists and segments, written into their path and signed, so that relative
 * addresses stay signed and nothing has to be remembered (ADR 0013).
 */
export class TicketSigner {
  constructor(
    private readonly key: Buffer,
    private readonly now: () => number = Date.now,
  ) {}

  /** Audio tracks that no longer fit, the last ones, are left out: a file with 25 of them has the others. */
  sign({ renditions, ...ticket }: Omit<Ticket, 'expires'>, lifetimeSeconds: number): string {
    const expires = Math.ceil(this.now() / 1000 + lifetimeSeconds);
    for (let count = renditions.length; count >= 0; count -= 1) {
      const text = this.write({ ...ticket, expires, renditions: renditions.slice(0, count) });
      if (text.length <= longest) return text;
    }
    throw new Error('The ids of a ticket leave no room for what it is for');
  }

  /** @returns null for anything but a ticket of ours that has not expired */
  read(text: string): Ticket | null {
    const [, body = '', mac = ''] = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(text) ?? [];
    const expected = this.mac(body);
    const given = Buffer.from(mac);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
    const ticket = payload.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return ticket.success && ticket.data.expires * 1000 > this.now() ? ticket.data : null;
  }

  private write({ sessionId, fileId, accountId, contentKey, expires, renditions }: Ticket): string {
    const parts = [sessionId, fileId, accountId, contentKey, expires, renditions.join(' ')];
    const body = Buffer.from(JSON.stringify(parts)).toString('base64url');
    return `${body}.${this.mac(body).toString()}`;
  }

  /** The MAC as text, in bytes. */
  private mac(body: string): Buffer {
    const mac = createHmac('sha256', this.key).update(`ticket\n${body}`).digest();
    return Buffer.from(mac.subarray(0, macBytes).toString('base64url'));
  }
}
