import { type Clock, systemClock } from '../clock.port.js';
import {
  type Datagram,
  openSsdpSocket,
  type OpenSsdpSocket,
  type SsdpSocket,
} from '../discovery/ssdp-socket.js';
import { writeHttpMessage } from '../wire/http-message.js';
import { type GroupListener, openGroupListener, type OpenGroupListener } from './group-listener.js';
import { KnownRenderers, type RendererListener } from './known-renderers.js';
import { readNotice } from './renderer-notice.js';
import { sleep } from './waiting.js';

/** v2 and v3 devices answer to v1 (dlna.md §3.1). */
const target = 'urn:schemas-upnp-org:device:MediaRenderer:1';
/** Seconds within which answers may come. */
const mx = 2;
/** Milliseconds. Datagrams get lost; some sets never announce themselves again. */
const rhythm = { repeat: 400, answers: mx * 1000 + 500, again: 300_000, interfaces: 15_000 };

export interface FinderNetwork {
  readonly address: string;
  readonly netmask: string;
}

export interface FinderSurroundings {
  /** Where to look; asked again every quarter of a minute. */
  readonly networks: () => readonly FinderNetwork[];
  readonly open?: OpenSsdpSocket;
  readonly listen?: OpenGroupListener;
  readonly clock?: Clock;
}

/** Finds renderers by searching for them and by hearing what they announce, and knows where each is now. */
export class RendererFinder {
  private readonly clock: Clock;
  private readonly ended = new AbortController();
  private readonly sockets = new Map<string, SsdpSocket>();
  private listener: GroupListener | undefined;
  private readonly known: KnownRenderers;

  constructor(
    private readonly around: FinderSurroundings,
    listener: RendererListener,
  ) {
    this.clock = around.clock ?? systemClock;
    this.known = new KnownRenderers(this.clock, listener);
  }

  /** That port 1900 can't be had is borne: then only searches find. */
  async start(): Promise<void> {
    const receive = (datagram: Datagram): void => this.receive(datagram);
    this.listener = await (this.around.listen ?? openGroupListener)(receive).catch(() => undefined);
    await this.follow();
    void this.repeat(rhythm.interfaces, () => this.follow());
    void this.repeat(rhythm.again, () => this.search());
    void this.search().catch(() => undefined);
  }

  /** Asks everywhere; resolves when answers have had their time. */
  async search(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await Promise.all(
        [...this.sockets.values()].map((socket) => socket.send(question).catch(() => undefined)),
      );
      await sleep(this.clock, round < 2 ? rhythm.repeat : rhythm.answers, this.ended.signal);
    }
    await this.known.settled();
  }

  async stop(): Promise<void> {
    this.ended.abort();
    this.listener?.close();
    for (const socket of this.sockets.values()) socket.close();
    this.sockets.clear();
    await this.known.stop();
  }

  private receive(datagram: Datagram): void {
    if (this.ended.signal.aborted) return;
    const notice = readNotice(datagram, this.around.networks());
    if (notice) this.known.hear(notice);
  }

  /** Opens a socket for each network that has come, closes those of what has gone. */
  private async follow(): Promise<void> {
    const wanted = new Set(this.around.networks().map(({ address }) => address));
    for (const [address, socket] of this.sockets)
      if (!wanted.has(address)) {
        socket.close();
        this.sockets.delete(address);
      }
    for (const address of wanted) {
      this.listener?.join(address);
      if (!this.sockets.has(address)) await this.open(address);
    }
  }

  /** What cannot be opened is tried again at the next look. */
  private async open(address: string): Promise<void> {
    const socket = await (this.around.open ?? openSsdpSocket)({
      address,
      purpose: 'search',
      receive: (datagram) => this.receive(datagram),
      fail: () => {
        this.sockets.get(address)?.close();
        this.sockets.delete(address);
      },
    }).catch(() => undefined);
    if (!socket) return;
    if (this.ended.signal.aborted) return socket.close();
    this.sockets.set(address, socket);
    if (this.sockets.size > 1) await socket.send(question).catch(() => undefined);
  }

  private async repeat(milliseconds: number, work: () => Promise<void>): Promise<void> {
    try {
      for (;;) {
        await sleep(this.clock, milliseconds, this.ended.signal);
        await work();
      }
    } catch {
      // Stopped.
    }
  }
}

const question = writeHttpMessage('M-SEARCH * HTTP/1.1', [
  ['HOST', '239.255.255.250:1900'],
  ['MAN', '"ssdp:discover"'],
  ['MX', String(mx)],
  ['ST', target],
  ['USER-AGENT', 'Linux/6.1 UPnP/1.0 Hearth/1.0'],
]);
