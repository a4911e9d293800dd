import { isIP } from 'node:net';
import { isPublicAddress } from '../../common/fetch/address-rules.js';

export interface PeerRules {
  readonly allowPrivate: boolean;
  /** Addresses that nothing is exchanged with. */
  readonly blocked?: { has: (address: string) => boolean };
}

/** Ports of other services that a torrent's peers have no business with: mail, names, shells, files, printers, consoles. */
const LOWEST_PORT = 1024;

/**
 * Those peers of a magnet link (`x.pe`, BEP 9) that may be dialled, each once. Only IP addresses: a name could point into
 * the house when it is looked up. Only ports from 1024 on: a link must not make the server knock at others' mail servers.
 */
export function dialablePeers(peers: readonly string[], rules: PeerRules): string[] {
  return [...new Set(peers.flatMap((peer) => dialable(peer.trim(), rules) ?? []))];
}

function dialable(peer: string, rules: PeerRules): string | null {
  const [, v6, v4, portText] = /^(?:\[([0-9a-f:.]+)\]|([\d.]+)):(\d{1,5})$/iu.exec(peer) ?? [];
  const address = v6 ?? v4 ?? '';
  const port = Number(portText);
  if (isIP(address) !== (v6 === undefined ? 4 : 6) || port < 1 || port > 65_535) return null;
  if (!rules.allowPrivate && (!isPublicAddress(address) || port < LOWEST_PORT)) return null;
  if (rules.blocked?.has(address)) return null;
  return v6 === undefined ? `${address}:${port}` : `[${address.toLowerCase()}]:${port}`;
}
