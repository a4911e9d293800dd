import { isIP } from 'node:net';
import { isPublicAddress } from './address-rules.js';

/** What a host name says before anybody is asked: an address of the public or not, a name of this house, or a name. */
export type HostVerdict = 'name' | 'public-address' | 'private-address' | 'local-name' | 'malformed';

/**
 * Names that no public name server answers for (RFC 6761, 6762, 7686, 8375, 9476, ICANN's `.internal`), and those that
 * routers give to the house.
 */
const LOCAL_SUFFIX =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|invalid|test|alt|onion|in-addr\.arpa|ip6\.arpa)$/u;

/** @param hostname as `URL.hostname` gives it for http addresses: lower case, IPv6 in brackets */
export function hostVerdict(hostname: string): HostVerdict {
  const host = hostname.replace(/^\[(.*)\]$/u, '$1').replace(/\.$/u, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? 'public-address' : 'private-address';
  if (!/^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/u.test(host) || host.includes('..'))
    return 'malformed';
  // One word is a name of the house; the public's all have a dot.
  return !host.includes('.') || LOCAL_SUFFIX.test(host) ? 'local-name' : 'name';
}

/** An address as written, its host normalised as for http, whatever its scheme; null where there is none. */
export interface ParsedAddress {
  /** Lower case, without colon. */
  readonly scheme: string;
  /** Lower case, Punycode, IPv4 dotted however it was written, IPv6 in brackets. */
  readonly hostname: string;
  /** null: the scheme's own. */
  readonly port: number | null;
  readonly credentials: boolean;
  /** Path, query; without fragment. */
  readonly rest: string;
}

/**
 * `URL` leaves the host of schemes it does not know as it stands: `udp://0x7f.1:80` would reach 127.0.0.1. Every host is
 * read by the rules of http (https://url.spec.whatwg.org/#host-parsing).
 */
export function parseAddress(text: string): ParsedAddress | null {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.+)$/isu.exec(text.trim()) ?? [];
  if (scheme === undefined || rest === undefined || /[\s\u0000-\u001f\u007f\\]/u.test(rest)) return null;
  // Under ftp, whose own port is none of ours, so that 80 and 443 stay to be seen.
  const url = URL.parse(`ftp://${rest}`);
  if (!url || url.hostname === '') return null;
  return {
    scheme: scheme.toLowerCase(),
    hostname: url.hostname,
    port: url.port !== '' ? Number(url.port) : /^[^/?#]*:21(?:[/?#]|$)/u.test(rest) ? 21 : null,
    credentials: url.username !== '' || url.password !== '',
    rest: url.pathname + url.search,
  };
}
