import { inBlock, isHomeAddress, isLinkLocal, sameNetwork } from '../discovery/ipv4.js';
import type { Datagram } from '../discovery/ssdp-socket.js';
import { parseHttpMessage } from '../wire/http-message.js';
import { deviceUrl } from './device-address.js';

const renderer = /^urn:schemas-upnp-org:device:MediaRenderer:\d+$/i;
/** No announcement is longer. */
const longest = 4096;
/** Seconds a device is believed without a new word of it. */
const belief = { least: 60, usual: 1800, most: 86_400 };

/** What a renderer said of itself over SSDP. */
export type RendererNotice =
  | {
      readonly kind: 'alive';
      /** Lower case, without `uuid:`. */
      readonly udn: string;
      readonly location: URL;
      readonly address: string;
      readonly maxAgeSeconds: number;
      /** BOOTID.UPNP.ORG: another one means that it was off in between. */
      readonly bootId: string | undefined;
    }
  | { readonly kind: 'byebye'; readonly udn: string; readonly address: string };

/**
 * The word of a renderer in our own networks about itself; undefined for everything else: other devices, other words,
 * senders from elsewhere, and whoever says that somebody else is a renderer.
 */
export function readNotice(
  { bytes, address }: Datagram,
  networks: readonly { readonly address: string; readonly netmask: string }[],
): RendererNotice | undefined {
  if (bytes.length > longest || !isNeighbour(address, networks)) return undefined;
  try {
    const { startLine, headers } = parseHttpMessage(bytes);
    const isNotify = /^NOTIFY /i.test(startLine);
    if (!isNotify && !/^HTTP\/1\.\d 200\b/i.test(startLine)) return undefined;
    if (!renderer.test(headers.get(isNotify ? 'nt' : 'st') ?? '')) return undefined;
    const udn = udnOf(headers.get('usn') ?? '');
    if (udn === undefined) return undefined;
    const word = headers.get('nts')?.toLowerCase();
    if (isNotify && word === 'ssdp:byebye') return { kind: 'byebye', udn, address };
    if (isNotify && word !== 'ssdp:alive' && word !== 'ssdp:update') return undefined;
    return {
      kind: 'alive',
      udn,
      address,
      location: deviceUrl(headers.get('location') ?? '', undefined, address),
      maxAgeSeconds: maxAgeOf(headers.get('cache-control') ?? ''),
      bootId: headers.get('bootid.upnp.org'),
    };
  } catch {
    return undefined;
  }
}

const isNeighbour = (
  address: string,
  networks: readonly { readonly address: string; readonly netmask: string }[],
): boolean =>
  (isHomeAddress(address) || isLinkLocal(address) || inBlock(address, '127.0.0.0', 8)) &&
  networks.some((network) => sameNetwork(address, network.address, network.netmask));

/** `uuid:X::urn:…` */
function udnOf(usn: string): string | undefined {
  const [first = ''] = usn.split('::', 1);
  const text = first
    .trim()
    .replace(/^uuid:/i, '')
    .toLowerCase();
  return /^[^\s/\\]{1,128}$/.test(text) ? text : undefined;
}

function maxAgeOf(header: string): number {
  const seconds = Number(/max-age\s*=\s*(\d{1,9})/i.exec(header)?.[1] ?? belief.usual);
  return Math.min(Math.max(seconds, belief.least), belief.most);
}
