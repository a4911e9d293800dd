/** The 32 bits of a dotted IPv4 address; undefined for anything else. */
export function ipv4Bits(address: string): number | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((bits, part) => bits * 256 + Number(part), 0) >>> 0;
}

/** Whether both addresses lie in one network of that mask. */
export function sameNetwork(one: string, other: string, netmask: string): boolean {
  const [a, b, mask] = [ipv4Bits(one), ipv4Bits(other), ipv4Bits(netmask)];
  return a !== undefined && b !== undefined && mask !== undefined && (a & mask) === (b & mask);
}

/** Whether an address lies in `network/prefix`. */
export function inBlock(address: string, network: string, prefix: number): boolean {
  const mask = prefix === 0 ? 0 : -1 << (32 - prefix);
  const [bits, base] = [ipv4Bits(address), ipv4Bits(network)];
  return bits !== undefined && base !== undefined && (bits & mask) === (base & mask);
}

/** RFC 1918. */
const HOME_NETWORKS = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const;

/** Whether an address is one that homes use (RFC 1918). */
export const isHomeAddress = (address: string): boolean =>
  HOME_NETWORKS.some(([network, prefix]) => inBlock(address, network, prefix));

/** RFC 3927: given to itself by a machine that got no address. */
export const isLinkLocal = (address: string): boolean => inBlock(address, '169.254.0.0', 16);
