import { type IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { Logger } from '../../common/log/logger.js';
import { UrlSigner } from '../../common/url-signer.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { BrowserSwarms } from './browser-swarms.service.js';
import { type Guest, MeetingPlace } from './meeting-place.js';
import { largestMessage, readSwarmMessage } from './swarm-message.js';

const mostGuests = 256;
const mostGuestsPerAccount = 12;
/** Messages at once, and a second. Announcing takes one message in minutes, and an answer for each other browser. */
const burst = 40;
const messagesPerSecond = 1;
/** Who does not answer is gone; who may no longer is shown out. */
const roundMs = 30_000;

interface Seated extends Guest {
  readonly socket: WebSocket;
  isHeardOf: boolean;
  /** Messages that may be said now, as of `countedAt` (ms). */
  allowance: number;
  countedAt: number;
}

/**
 * The tracker that browsers of the household find each other by, if an administrator wants it. Nobody comes in without
 * an address that was signed for them and one torrent; nothing of it is said to anybody outside (ADR 0022).
 */
@Injectable()
export class BrowserTracker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server = new WebSocketServer({
    ...{ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: largestMessage },
  });
  private readonly guests = new Set<Seated>();
  private readonly place: MeetingPlace;
  private rounds: NodeJS.Timeout | undefined;
  private readonly stopWatching: () => void;
  private readonly logger: Logger;

  constructor(
    private readonly swarms: BrowserSwarms,
    private readonly signer: UrlSigner,
    private readonly http: HttpAdapterHost,
    @InjectConfig() private readonly config: Config,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
    this.place = new MeetingPlace((infoHash) => swarms.isShared(infoHash));
    this.stopWatching = swarms.onceOff(() => {
      for (const guest of this.guests) this.showOut(guest, closed.away);
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'worker') return;
    const server: unknown = this.http.httpAdapter.getHttpServer();
    if (server instanceof Server) server.on('upgrade', this.upgraded);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.rounds);
    this.stopWatching();
    for (const { socket } of this.guests) socket.terminate();
  }

  private readonly upgraded = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const [, infoHash] = /^\/api\/torrents\/([0-9a-f]{40})\/swarm$/.exec(path) ?? [];
    // Of live events, or nobody's: theirs to answer.
    if (infoHash === undefined) return;
    const given = new URLSearchParams(query);
    const user = given.get('user') ?? '';
    const signature = {
      user,
      expires: Number(given.get('expires')),
      signature: given.get('signature') ?? '',
    };
    if (!this.signer.verify(path, signature)) return refuse(socket, '403 Forbidden');
    const theirs = [...this.guests].filter(({ accountId }) => accountId === user).length;
    if (this.guests.size >= mostGuests || theirs >= mostGuestsPerAccount)
      return refuse(socket, '503 Service Unavailable');
    this.server.handleUpgrade(request, socket, head, (open) => this.seat(open, user, infoHash));
  };

  private seat(socket: WebSocket, accountId: string, infoHash: string): void {
    const guest: Seated = {
      ...{ socket, accountId, infoHash, isHeardOf: true, allowance: burst, countedAt: performance.now() },
      send: (message) => socket.send(JSON.stringify(message)),
    };
    this.guests.add(guest);
    this.rounds ??= setInterval(() => this.walkRound(), roundMs).unref();
    socket.on('error', () => undefined);
    socket.on('pong', () => (guest.isHeardOf = true));
    socket.on('message', (data, isBinary) => void this.hear(guest, isBinary ? '' : toText(data)));
    socket.on('close', () => this.forget(guest));
  }

  private forget(guest: Seated): void {
    this.guests.delete(guest);
    this.place.leave(guest);
    if (this.guests.size > 0) return;
    clearInterval(this.rounds);
    this.rounds = undefined;
  }

  private showOut(guest: Seated, code: number): void {
    this.forget(guest);
    guest.socket.close(code);
  }

  private async hear(guest: Seated, text: string): Promise<void> {
    if (!this.guests.has(guest)) return;
    if (!isWithinRate(guest)) return this.showOut(guest, closed.tooMuch);
    const message = readSwarmMessage(text);
    if (!message) return this.showOut(guest, closed.rubbish);
    if (!(await this.isWelcome(guest))) return this.showOut(guest, closed.away);
    // It may have gone meanwhile.
    if (this.guests.has(guest) && !this.place.hear(guest, message)) this.showOut(guest, closed.rubbish);
  }

  private isWelcome({ infoHash, accountId }: Guest): Promise<boolean> {
    return this.swarms.isWelcome(infoHash, accountId).catch((error: unknown) => {
      this.logger.error('Rights could not be read', { error });
      return false;
    });
  }

  private walkRound(): void {
    for (const guest of this.guests) {
      if (!guest.isHeardOf) {
        guest.socket.terminate();
        continue;
      }
      guest.isHeardOf = false;
      guest.socket.ping();
      void this.isWelcome(guest).then((isWelcome) => isWelcome || this.showOut(guest, closed.away));
    }
  }
}

/** Why a socket is closed (RFC 6455, section 7.4.1). */
const closed = { away: 1001, rubbish: 1007, tooMuch: 1008 } as const;

const toText = (data: WebSocket.RawData): string =>
  Buffer.isBuffer(data) ? data.toString() : Array.isArray(data) ? Buffer.concat(data).toString() : '';

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function isWithinRate(guest: Seated): boolean {
  const now = performance.now();
  const earned = ((now - guest.countedAt) / 1000) * messagesPerSecond;
  guest.allowance = Math.min(burst, guest.allowance + earned);
  guest.countedAt = now;
  if (guest.allowance < 1) return false;
  guest.allowance -= 1;
  return true;
}
