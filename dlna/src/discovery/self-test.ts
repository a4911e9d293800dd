import { type Clock, systemClock } from '../clock.port.js';
import { type HttpMessage, parseHttpMessage, writeHttpMessage } from '../wire/http-message.js';
import { errorCode } from './error-code.js';
import type { LanInterface } from './interfaces.js';
import {
  type Datagram,
  openSsdpSocket,
  type OpenSsdpSocket,
  SSDP_GROUP,
  SSDP_PORT,
  type SsdpSocket,
} from './ssdp-socket.js';

/** How a search for ourselves through one interface went. */
export interface SelfTestResult {
  readonly name: string;
  readonly address: string;
  readonly found: boolean;
  readonly milliseconds: number | null;
  /** In words. */
  readonly message: string;
}

export interface SelfTestSurroundings {
  readonly open?: OpenSsdpSocket;
  readonly clock?: Clock;
}

/** Answers are spread over MX seconds; more than two of them late is lost. */
const PATIENCE_MS = 2500;

/** Searches for `uuid:<uuid>` through each interface as a television would, and waits for our own answer. */
export function selfTest(
  places: readonly LanInterface[],
  uuid: string,
  around: SelfTestSurroundings = {},
): Promise<SelfTestResult[]> {
  return Promise.all(places.map((place) => searchThrough(place, `uuid:${uuid}`, around)));
}

async function searchThrough(
  { name, address }: LanInterface,
  target: string,
  { open = openSsdpSocket, clock = systemClock }: SelfTestSurroundings,
): Promise<SelfTestResult> {
  const since = clock.now();
  const heard = Promise.withResolvers<string | undefined>();
  const receive = (datagram: Datagram): void => {
    const location = locationIn(datagram, target);
    if (location !== undefined) heard.resolve(location);
  };
  let socket: SsdpSocket | undefined;
  const giveUp = clock.after(PATIENCE_MS, () => heard.resolve(undefined));
  try {
    socket = await open({ address, purpose: 'search', receive, fail: () => heard.resolve(undefined) });
    await socket.send(searchFor(target));
    const location = await heard.promise;
    return location === undefined
      ? { name, address, found: false, milliseconds: null, message: SILENCE }
      : { name, address, found: true, milliseconds: clock.now() - since, message: `Answered: ${location}` };
  } catch (error) {
    const message = `Nothing can be sent here (${errorCode(error)}). Does a firewall forbid it?`;
    return { name, address, found: false, milliseconds: null, message };
  } finally {
    giveUp();
    socket?.close();
  }
}

const SILENCE =
  'The search left, and our own answer did not come back. Let UDP port 1900 through the firewall, both ways.';

const searchFor = (target: string): string =>
  writeHttpMessage('M-SEARCH * HTTP/1.1', [
    ['HOST', `${SSDP_GROUP}:${SSDP_PORT}`],
    ['MAN', '"ssdp:discover"'],
    ['MX', '1'],
    ['ST', target],
  ]);

/** LOCATION of an answer to our search; undefined for anything else that arrives. */
function locationIn({ bytes }: Datagram, target: string): string | undefined {
  let message: HttpMessage;
  try {
    message = parseHttpMessage(bytes);
  } catch {
    // Anybody may send anything to an open port.
    return undefined;
  }
  if (!message.startLine.startsWith('HTTP/1.1 200') || message.headers.get('st') !== target) return undefined;
  return message.headers.get('location');
}
