import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { LookupAddress } from 'node:dns';
import { localAddress } from './egress.js';
import { FetchRefused } from './fetch-refused.js';
import { checkedAddresses, type LookupRules, type Resolve } from './guarded-lookup.js';
import { parseSocksProxy, socksConnect, type SocksProxy } from './socks5.js';

export interface Destination {
  /** As `URL.hostname` has it. */
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
}

/** Each address gets so long, so that one that swallows everything does not take the others' time. */
const PER_ADDRESS_MS = 8000;

/**
 * A connection to a host that somebody else named, to an address that was checked: what the name resolves to a moment
 * later does not matter. For `https` the certificate is checked against the name.
 * @throws FetchRefused, or the socket's error
 */
export async function guardedConnection(
  to: Destination,
  rules: LookupRules,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = await (rules.egress.proxy === null ? direct(to, rules, signal) : proxied(to, rules, signal));
  if (!to.secure) return socket;
  const servername = isIP(to.hostname.replace(/[[\]]/gu, '')) === 0 ? to.hostname : undefined;
  const secured = connectTls({
    socket,
    ...(servername !== undefined && { servername }),
    ALPNProtocols: ['http/1.1'],
  });
  return settle(secured, 'secureConnect', signal);
}

async function direct(to: Destination, rules: LookupRules, signal: AbortSignal): Promise<Socket> {
  return firstThatAnswers(await checkedAddresses(to.hostname, rules), to.port, rules, signal);
}

async function proxied(to: Destination, rules: LookupRules, signal: AbortSignal): Promise<Socket> {
  const proxy = parseSocksProxy(rules.egress.proxy ?? '');
  if (!proxy) throw new FetchRefused('unreachable', 'The proxy’s address is not one.');
  const host = await proxyTarget(to, rules, proxy);
  // The administrator chose the proxy: it may well stand in the house.
  const addresses = await checkedAddresses(bracketed(proxy.host), { ...rules, allowPrivate: true });
  const socket = await firstThatAnswers(addresses, proxy.port, rules, signal);
  const stop = (): void => void socket.destroy(abortError(signal));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await socksConnect(socket, proxy, { host, port: to.port });
    return socket;
  } catch (error) {
    socket.destroy();
    throw signal.aborted ? abortError(signal) : new FetchRefused('unreachable', messageOf(error));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const nobodyAsked: Resolve = () => Promise.resolve([]);

/** What the proxy is asked for: an address that was checked, or the name where it resolves names. */
async function proxyTarget(to: Destination, rules: LookupRules, proxy: SocksProxy): Promise<string> {
  const host = to.hostname.replace(/^\[(.*)\]$/u, '$1');
  // Addresses of the destination need not be reachable from here, but from the proxy.
  const anywhere = { ...rules, egress: { ...rules.egress, localAddresses: held(rules) ? [] : null } };
  if (proxy.resolvesNames && isIP(host) === 0) {
    // Names of the house are refused without asking anybody.
    await checkedAddresses(to.hostname, { ...anywhere, resolve: nobodyAsked }).catch((error: unknown) => {
      if (!(error instanceof FetchRefused) || error.reason !== 'not-found') throw error;
    });
    return host;
  }
  const resolve: Resolve | undefined = rules.resolve;
  const [first] = await checkedAddresses(to.hostname, { ...anywhere, ...(resolve && { resolve }) });
  return first?.address ?? host;
}

const held = (rules: LookupRules): boolean => rules.egress.localAddresses?.length === 0;
const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'The proxy failed.');

async function firstThatAnswers(
  addresses: readonly LookupAddress[],
  port: number,
  rules: LookupRules,
  signal: AbortSignal,
): Promise<Socket> {
  let failure: unknown = new FetchRefused('unreachable', 'Nobody answers there.');
  for (const { address, family } of addresses.slice(0, 6)) {
    const local = localAddress(rules.egress, family === 6 ? 6 : 4);
    if (local === null) continue;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PER_ADDRESS_MS)]);
    try {
      const socket = connectTcp({ host: address, port, ...(local !== undefined && { localAddress: local }) });
      return await settle(socket, 'connect', patience);
    } catch (error) {
      failure = error;
      if (signal.aborted) break;
    }
  }
  throw signal.aborted ? abortError(signal) : failure;
}

/** Waits for an event of a socket, and leaves no socket behind where it does not come. */
async function settle<T extends Socket>(socket: T, event: string, signal: AbortSignal): Promise<T> {
  try {
    await once(socket, event, { signal });
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw signal.aborted ? abortError(signal) : error;
  }
}

const abortError = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('aborted');
