import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import { TicketSigner } from '../../common/ticket-signer.js';
import { StreamService } from '../stream/stream.service.js';

/** When a head that is late is asked again, s; it says itself where it knows better. */
const againSeconds = 2;

/** Has the beginning of a stream made before its player asks: whoever is told that it is ready can play at once. */
@Injectable()
export class StreamPriming {
  constructor(
    private readonly streams: StreamService,
    private readonly tickets: TicketSigner,
  ) {}

  /** @param url of the multivariant playlist @throws ProblemError what a player would be told */
  async prime(url: string, signal: AbortSignal): Promise<void> {
    const ticket = this.tickets.read(/\/api\/hls\/([^/]+)\//.exec(url)?.[1] ?? '');
    if (!ticket) throw new Error('The address holds no ticket of ours');
    await this.patiently(() => this.streams.manifest(ticket, 'hls', signal), signal);
    const [picture = '', ...others] = ticket.renditions;
    const sound = others.find((id) => id.startsWith('a'));
    for (const id of [picture, ...(sound === undefined ? [] : [sound])]) {
      await this.patiently(() => this.streams.init(ticket, id, signal), signal);
      await this.patiently(() => this.streams.segment(ticket, id, 0, signal), signal);
    }
  }

  private async patiently(work: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await work();
        return;
      } catch (error) {
        const isLate = error instanceof ProblemError && error.code === 'UNAVAILABLE';
        if (!isLate || signal.aborted) throw error;
        await sleep((error.extras.retryAfter ?? againSeconds) * 1000, undefined, { signal });
      }
    }
  }
}
