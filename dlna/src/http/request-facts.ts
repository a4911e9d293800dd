import type { IncomingMessage } from 'node:http';
import type { GuestFacts } from '../guest.js';

const LONGEST = 512;

/** A header, the first of its name, as long as it may be. */
export function headerOf(request: Pick<IncomingMessage, 'headers'>, name: string): string {
  const value = request.headers[name.toLowerCase()];
  return (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim();
}

/** `::ffff:192.168.1.7` is how a socket for both families writes it. */
export const plainAddress = (address: string | undefined): string =>
  (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');

/** What a request tells of its device. @returns undefined where its connection is gone already */
export function factsOf(request: IncomingMessage): GuestFacts | undefined {
  const { remoteAddress, localAddress, localPort } = request.socket;
  if (!remoteAddress || !localAddress || !localPort) return undefined;
  const short = (name: string): string => headerOf(request, name).slice(0, LONGEST);
  return {
    address: plainAddress(remoteAddress),
    localAddress: plainAddress(localAddress),
    localPort,
    userAgent: short('user-agent'),
    clientInfo: short('x-av-client-info'),
    friendlyName: short('friendlyname.dlna.org'),
  };
}
