import { systemClock } from '../clock.port.js';
import { EventReceiver } from '../control/event-receiver.js';
import { UpnpClient } from '../control/upnp-client.js';
import { BrokenPeer, description, http, type RawAnswer, type RawRequest } from './broken-peer.js';

const isRenderer = ({ type }: { type: string }): boolean => type.includes(':MediaRenderer:');

/** A renderer that misbehaves as a test says, and who talks to it. */
export class PeerUnderTest {
  private readonly receiver = new EventReceiver();
  private peer: BrokenPeer | undefined;
  private readonly crashes: unknown[] = [];
  private readonly crashed = (error: unknown): void => void this.crashes.push(error);

  private constructor(private readonly usual: (request: RawRequest) => RawAnswer) {}

  /** @param usual what the renderer answers besides its description */
  static async open(usual: (request: RawRequest) => RawAnswer = () => undefined): Promise<PeerUnderTest> {
    const made = new PeerUnderTest(usual);
    process.on('uncaughtException', made.crashed).on('unhandledRejection', made.crashed);
    await made.receiver.start();
    return made;
  }

  /** @returns errors that nobody caught since it was opened */
  async close(): Promise<unknown[]> {
    await this.peer?.stop();
    await this.receiver.stop();
    process.off('uncaughtException', this.crashed).off('unhandledRejection', this.crashed);
    return this.crashes;
  }

  /** What the renderer was asked, first first. */
  get requests(): readonly RawRequest[] {
    return this.peer?.requests ?? [];
  }

  /** A client of a renderer that describes itself well unless `answer` says otherwise. */
  async client(
    answer: (request: RawRequest, peer: BrokenPeer) => RawAnswer,
    clock = systemClock,
  ): Promise<{ peer: BrokenPeer; upnp: UpnpClient }> {
    const peer = await BrokenPeer.start((request, self) => {
      const own = answer(request, self);
      if (own !== undefined) return own;
      if (request.path === '/description.xml') return http(200, description());
      return this.usual(request) ?? http(404, '');
    });
    this.peer = peer;
    return { peer, upnp: this.clientOf(peer, clock) };
  }

  clientOf(peer: BrokenPeer, clock = systemClock): UpnpClient {
    return new UpnpClient({ location: peer.url(), address: '127.0.0.1' }, isRenderer, this.receiver, clock);
  }
}
