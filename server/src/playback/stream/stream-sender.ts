import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ticket } from '../../common/ticket-signer.js';
import { LiveSessions } from '../live/live-sessions.js';
import { BandwidthService, paced } from './bandwidth.service.js';
import type { Piece } from './stream-pieces.js';

/** Sends pieces at the pace of their account, and stops making what nobody waits for any more. */
@Injectable()
export class StreamSender {
  constructor(
    private readonly bandwidth: BandwidthService,
    private readonly live: LiveSessions,
  ) {}

  /** @param make is told by its signal when the viewer left; a player that seeks leaves often, and that is no fault */
  async send(
    { raw: request }: FastifyRequest,
    reply: FastifyReply,
    ticket: Ticket,
    make: (signal: AbortSignal) => Promise<Piece>,
  ): Promise<void> {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    // The connection's own end: an answer that waits behind another on it never hears of it.
    request.socket.setMaxListeners(0).once('close', leave);
    if (request.socket.destroyed) leave();
    try {
      const piece = await make(gone.signal);
      if (gone.signal.aborted) void reply.hijack();
      else await this.answer(request.method === 'HEAD', reply, ticket, piece, gone.signal);
    } catch (error) {
      if (!gone.signal.aborted) throw error;
      void reply.hijack();
    } finally {
      request.socket.off('close', leave);
    }
  }

  private async answer(
    headOnly: boolean,
    reply: FastifyReply,
    ticket: Ticket,
    { type, body, cache }: Piece,
    gone: AbortSignal,
  ): Promise<void> {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const bucket = typeof body === 'string' ? null : await this.bandwidth.bucketOf(ticket.accountId);
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    void reply.hijack();
    const response = reply.raw;
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length, 'Cache-Control': cache });
    if (headOnly) return void response.end();
    const session = this.live.find(ticket.sessionId);
    if (bucket === null) {
      response.end(bytes);
      await once(response, 'close', { signal: gone }).catch(() => undefined);
      session?.sent(bytes.length);
      return;
    }
    try {
      for await (const slice of paced(bytes, bucket, gone)) {
        if (!response.write(slice)) await once(response, 'drain', { signal: gone });
        session?.sent(slice.length);
      }
      response.end();
    } catch {
      // The length is promised: only a cut connection is honest.
      response.destroy();
    }
  }
}
