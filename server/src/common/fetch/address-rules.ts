import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Why an address is none that everybody may be sent to. */
export type SpecialPurpose =
  | 'this-network'
  | 'private'
  | 'shared'
  | 'loopback'
  | 'link-local'
  | 'protocol'
  | 'documentation'
  | 'relay'
  | 'benchmarking'
  | 'multicast'
  | 'reserved'
  | 'translation'
  | 'discard'
  | 'unique-local';

/**
 * IANA's special-purpose registries (https://www.iana.org/assignments/iana-ipv4-special-registry and
 * …/iana-ipv6-special-registry, RFC 6890) with multicast and what is reserved beside them. Ranges that the registries call
 * globally reachable but that no host of the public is in (anycast of NAT, AS112, TURN) are refused too.
 */
const IPV4: readonly (readonly [string, SpecialPurpose])[] = [
  ['0.0.0.0/8', 'this-network'], // RFC 791; Linux takes 0.0.0.0 for this very host
  ['10.0.0.0/8', 'private'], // RFC 1918
  ['100.64.0.0/10', 'shared'], // RFC 6598
  ['127.0.0.0/8', 'loopback'], // RFC 1122
  ['169.254.0.0/16', 'link-local'], // RFC 3927; clouds answer with credentials on 169.254.169.254
  ['172.16.0.0/12', 'private'], // RFC 1918
  ['192.0.0.0/24', 'protocol'], // RFC 6890, with 192.0.0.8–11 and 192.0.0.170–171
  ['192.0.2.0/24', 'documentation'], // RFC 5737
  ['192.31.196.0/24', 'protocol'], // AS112, RFC 7535
  ['192.52.193.0/24', 'protocol'], // AMT, RFC 7450
  ['192.88.99.0/24', 'relay'], // 6to4 anycast, RFC 7526
  ['192.168.0.0/16', 'private'], // RFC 1918
  ['192.175.48.0/24', 'protocol'], // AS112, RFC 7534
  ['198.18.0.0/15', 'benchmarking'], // RFC 2544
  ['198.51.100.0/24', 'documentation'], // RFC 5737
  ['203.0.113.0/24', 'documentation'], // RFC 5737
  ['224.0.0.0/4', 'multicast'], // RFC 5771
  ['240.0.0.0/4', 'reserved'], // RFC 1112, with 255.255.255.255 (RFC 919)
];

const IPV6: readonly (readonly [string, SpecialPurpose])[] = [
  ['::1/128', 'loopback'], // RFC 4291
  ['::/96', 'reserved'], // unspecified, and IPv4-compatible of RFC 4291 section 2.5.5.1, deprecated
  ['64:ff9b:1::/48', 'translation'], // local NAT64, RFC 8215
  ['100::/64', 'discard'], // RFC 6666
  ['100:0:0:1::/64', 'discard'], // dummy prefix, RFC 9780
  ['2001::/23', 'protocol'], // RFC 2928: Teredo (RFC 4380), benchmarking (RFC 5180), ORCHID (RFC 7343), AMT, DRIP…
  ['2001:db8::/32', 'documentation'], // RFC 3849
  ['2620:4f:8000::/48', 'protocol'], // AS112, RFC 7534
  ['3fff::/20', 'documentation'], // RFC 9637
  ['5f00::/16', 'protocol'], // segment routing, RFC 9602
  ['fc00::/7', 'unique-local'], // RFC 4193
  ['fe80::/10', 'link-local'], // RFC 4291
  ['fec0::/10', 'private'], // site-local, RFC 3879
  ['ff00::/8', 'multicast'], // RFC 4291
];

/** Prefixes whose addresses carry an IPv4 one, with the byte it begins at: they are as good as what they carry. */
const CARRIERS: readonly (readonly [string, number])[] = [
  ['::ffff:0:0/96', 12], // mapped, RFC 4291
  ['::ffff:0:0:0/96', 12], // translated, RFC 2765
  ['64:ff9b::/96', 12], // NAT64, RFC 6052
  ['2002::/16', 2], // 6to4, RFC 3056
];

const ranges = (rows: readonly (readonly [string, SpecialPurpose])[]) =>
  rows.map(([range, purpose]) => ({ bytes: bytesOf(range), bits: prefixLength(range), purpose }));
const prefixLength = (range: string): number => Number(range.slice(range.indexOf('/') + 1));
const bytesOf = (range: string): readonly number[] =>
  ipaddr.parse(range.slice(0, range.indexOf('/'))).toByteArray();

const special4 = ranges(IPV4);
const special6 = ranges(IPV6);
const carriers = CARRIERS.map(([range, at]) => ({ bytes: bytesOf(range), bits: prefixLength(range), at }));

/** What IPv6 hosts of the public have (RFC 4291, IANA's IPv6 address space). */
const GLOBAL_UNICAST = { bytes: bytesOf('2000::/3'), bits: 3 };

/**
 * What is special about an IP address; null for what everybody may be sent to, undefined for what is no address at all.
 * A zone (`%eth0`) is only ever link-local.
 */
export function specialPurpose(address: string): SpecialPurpose | null | undefined {
  if (isIPv4(address)) return purpose4(ipaddr.IPv4.parse(address).toByteArray());
  if (!isIPv6(address)) return undefined;
  if (address.includes('%')) return 'link-local';
  return purpose6(ipv6Bytes(address));
}

/** The 16 bytes of an IPv6 address. ipaddr.js takes `::1.2.3.4` for the mapped `::ffff:1.2.3.4`: it never sees dots. */
export function ipv6Bytes(address: string): number[] {
  const hexadecimal = address.replace(/\d+\.\d+\.\d+\.\d+$/u, (dotted) => {
    const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  return ipaddr.IPv6.parse(hexadecimal).toByteArray();
}

/** Whether everybody may be sent to this IP address: it is globally reachable unicast. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  return specialPurpose(address) === null;
}

const within = (bytes: readonly number[], range: { bytes: readonly number[]; bits: number }): boolean =>
  range.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.bits - index * 8));
    return (((bytes[index] ?? 0) ^ byte) & (0xff << (8 - bits)) & 0xff) === 0;
  });

const purpose4 = (bytes: readonly number[]): SpecialPurpose | null =>
  special4.find((range) => within(bytes, range))?.purpose ?? null;

function purpose6(bytes: readonly number[]): SpecialPurpose | null {
  const carrier = carriers.find((range) => within(bytes, range));
  if (carrier) return purpose4(bytes.slice(carrier.at, carrier.at + 4));
  const special = special6.find((range) => within(bytes, range));
  if (special) return special.purpose;
  return within(bytes, GLOBAL_UNICAST) ? null : 'reserved';
}
