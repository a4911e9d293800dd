import type { NetworkInterfaceInfo } from 'node:os';
import { inBlock, isHomeAddress, isLinkLocal, sameNetwork } from '../discovery/ipv4.js';

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

const isLoopback = (address: string): boolean => inBlock(address, '127.0.0.0', 8);

/**
 * Whether a peer lives in the house: a private address in the network of the very interface it came to. DLNA has no
 * passwords, so that a port forwarded by mistake must open nothing.
 */
export function isNeighbour(peer: string, local: string, interfaces: Interfaces): boolean {
  if (isLoopback(local)) return isLoopback(peer);
  if (peer === local) return true;
  if (!isHomeAddress(peer) && !isLinkLocal(peer)) return false;
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, address }) => family === 'IPv4' && address === local);
  return own !== undefined && sameNetwork(peer, local, own.netmask);
}
