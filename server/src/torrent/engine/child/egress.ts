import dgram from 'node:dgram';
import type dns from 'node:dns';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { isPublicAddress } from '../../../common/fetch/address-rules.js';
import { systemResolve } from '../../../common/fetch/guarded-lookup.js';
import type { AddressSet } from '../../lists/address-set.js';

/*
 * The one door through which this process talks to the world. WebTorrent opens sockets in a dozen places, most without
 * a way to say where from: so the two classes of Node that all of them go through are taught here. What holds: every
 * socket is bound to the addresses of the settings (a VPN's), and nothing is sent to a blocked address, or, unless
 * allowed, to a private one, whatever name or redirect led there.
 */

export interface EgressRules {
  /** Empty: whatever the system chooses. */
  readonly bindAddresses: readonly string[];
  readonly blocked: AddressSet;
  readonly allowPrivate: boolean;
  /** Where the proxy is, which is reached whatever its address is. */
  readonly proxyHost: string | null;
}

/** Local peer discovery (BEP 14) speaks to this group of the house. */
const lsdGroup = '239.192.152.143';

/** How often the addresses that everything is bound to are looked for, ms: a look costs some hundredths of one. */
const lookMs = 50;

let rules: EgressRules | null = null;
let isInstalled = false;
/** The addresses are gone: the system would send by another way what comes from them. */
let isCut = false;
let looking: NodeJS.Timeout | undefined;
const open = new Set<net.Socket>();

/** @param host an address @returns why nothing goes there; null: it may */
export function refusal(host: string): string | null {
  if (!rules || host === rules.proxyHost || host === lsdGroup) return null;
  if (rules.blocked.has(host)) return 'The address is blocked';
  return rules.allowPrivate || isPublicAddress(host) ? null : 'The address is private';
}

/** From now on; sockets that are open stay as they are. */
export function setEgress(next: EgressRules): void {
  rules = next;
  clearInterval(looking);
  isCut = false;
  if (next.bindAddresses.length > 0) looking = setInterval(lookForWay, lookMs).unref();
  lookForWay();
  if (isInstalled) return;
  isInstalled = true;
  guardConnections();
  guardBinding();
  guardSending();
}

/** A connection with the world, either way: it ends at once when the way out is gone. */
export function followWay(socket: net.Socket): void {
  open.add(socket);
  socket.once('close', () => open.delete(socket));
}

/**
 * A bound socket is bound to an address, not to an interface: when that goes away and there is another default route,
 * the kernel sends what is under way, and every farewell until it is answered, by that. So connections are reset, which
 * is said once and not repeated, and nothing new begins.
 */
function lookForWay(): void {
  if (!rules || rules.bindAddresses.length === 0) return;
  const present = new Set(
    Object.values(networkInterfaces()).flatMap((faces) => (faces ?? []).map(({ address }) => address)),
  );
  const isGone = rules.bindAddresses.some((address) => !present.has(address));
  const isNews = isGone && !isCut;
  isCut = isGone;
  if (isNews) open.forEach(reset);
}

/** `resetAndDestroy` waits for what is still to be written: that is what must not leave. */
function reset(socket: net.Socket): void {
  const handle: unknown = Reflect.get(socket, '_handle');
  const close: unknown = typeof handle === 'object' && handle ? Reflect.get(handle, 'reset') : undefined;
  if (typeof close === 'function') Reflect.apply(close, handle, [() => undefined]);
  socket.destroy();
}

/** The local address for a family; undefined: any; null: there is none, and nothing may leave. */
function localAddress(family: number): string | undefined | null {
  if (!rules || rules.bindAddresses.length === 0) return undefined;
  if (isCut) return null;
  return rules.bindAddresses.find((address) => net.isIP(address) === family) ?? null;
}

type LookupCallback = (error: Error | null, address: string | dns.LookupAddress[], family?: number) => void;

/** Looks names up and leaves out what nothing may be sent to: checked on the very address that is used. */
function guardedLookup(hostname: string, options: dns.LookupOptions, callback: LookupCallback): void {
  allowedAddresses(hostname, bindFamily() || Number(options.family ?? 0)).then(
    (allowed) => {
      const [first] = allowed;
      if (!first) return callback(new Error(`Nothing may be sent to ${hostname}`), []);
      if (options.all) callback(null, [...allowed]);
      else callback(null, first.address, first.family);
    },
    (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
  );
}

/** Where sockets are bound, name servers are asked from there as well, as for everything else that is fetched. */
async function allowedAddresses(hostname: string, family: number): Promise<dns.LookupAddress[]> {
  const bound = rules?.bindAddresses ?? [];
  const egress = { localAddresses: bound.length > 0 && !isLocalName(hostname) ? bound : null, proxy: null };
  const found = await systemResolve(hostname, egress);
  return found.filter((one) => (family === 0 || one.family === family) && refusal(one.address) === null);
}

/** No name server knows it (RFC 6761 section 6.3). */
const isLocalName = (hostname: string): boolean => /^(?:.+\.)?localhost\.?$/i.test(hostname);

/** The only family that sockets can be bound in; 0: both, or any. */
function bindFamily(): 0 | 4 | 6 {
  if (!rules || rules.bindAddresses.length === 0 || localAddress(4)) return localAddress(4) ? 4 : 0;
  return 6;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Puts ours before a method that all of a class have. */
function before<T extends object>(
  prototype: T,
  name: keyof T & string,
  ours: (original: Method) => Method,
): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`No method ${name}`);
  const call: Method = function (...args) {
    return Reflect.apply(original, this, args);
  };
  Reflect.set(prototype, name, ours(call));
}

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null ? { ...value } : null;

function guardConnections(): void {
  before(net.Socket.prototype, 'connect', (original) => {
    return function (this: unknown, ...args) {
      if (!(this instanceof net.Socket)) throw new TypeError('No socket');
      // `net.connect` passes its arguments on as one marked list; people pass (port, host), or options.
      const list: unknown[] = Array.isArray(args[0]) ? args[0] : args;
      const given = record(list[0]);
      const named = given ? given['host'] : list[1];
      const host = typeof named === 'string' ? named : 'localhost';
      if (given && typeof given['path'] === 'string' && given['port'] === undefined) {
        return original.call(this, ...args); // a UNIX socket
      }
      const way = wayTo(host);
      if (way instanceof Error) {
        queueMicrotask(() => this.destroy(way));
        return this;
      }
      const options = { ...(given ?? { port: list[0], host }), ...way, lookup: guardedLookup };
      list.splice(0, !given && typeof list[1] === 'string' ? 2 : 1, options);
      followWay(this);
      return original.call(this, ...args);
    };
  });
}

function wayTo(host: string): { localAddress?: string } | Error {
  const family = net.isIP(host);
  const why = family ? refusal(host) : null;
  if (why !== null) return new Error(why);
  lookForWay();
  const local = localAddress(family || bindFamily() || 4);
  if (local === null) return new Error('There is no way out');
  return local === undefined ? {} : { localAddress: local };
}

function guardBinding(): void {
  before(dgram.Socket.prototype, 'bind', (original) => {
    return function (this: unknown, ...args) {
      if (!(this instanceof dgram.Socket)) throw new TypeError('No socket');
      const options = record(args[0]);
      const given = options ? options['address'] : args[1];
      const local = localAddress(4);
      if (local === undefined || (typeof given === 'string' && given !== ''))
        return original.call(this, ...args);
      if (local === null) {
        queueMicrotask(() => this.emit('error', new Error('There is no way out')));
        return this;
      }
      const port = options ? options['port'] : typeof args[0] === 'number' ? args[0] : 0;
      const callback = args.filter((each) => typeof each === 'function');
      return original.call(this, { port, address: local, exclusive: true }, ...callback);
    };
  });
}

function guardSending(): void {
  before(dgram.Socket.prototype, 'send', (original) => {
    return function (this: unknown, ...args) {
      const place = args.findIndex((each, index) => index > 1 && typeof each === 'string');
      const callback = args.find((each) => typeof each === 'function');
      const answer = (error: Error): void => {
        if (typeof callback === 'function') Reflect.apply(callback, undefined, [error]);
      };
      const go = (address: string): void => {
        const why = isCut ? 'There is no way out' : refusal(address);
        if (why !== null) return answer(new Error(why));
        try {
          original.call(this, ...args.with(place, address));
        } catch (error) {
          // Closed while its name was being looked up.
          answer(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const host = args[place];
      if (typeof host !== 'string') return answer(new Error('Nowhere to send it'));
      if (net.isIP(host) || isCut) return go(host);
      allowedAddresses(host, 4).then(
        ([first]) => (first ? go(first.address) : answer(new Error(`Nothing may be sent to ${host}`))),
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
      );
    };
  });
}
