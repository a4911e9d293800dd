import { writeHttpMessage, type HttpMessage } from '../wire/http-message.js';

/** What is announced on one address. */
export interface AnnouncedDevice {
  /** Without `uuid:`. */
  readonly uuid: string;
  readonly deviceType: string;
  readonly serviceTypes: readonly string[];
  /** URL of the description at the address of this interface. */
  readonly location: string;
  readonly serverHeader: string;
  readonly maxAgeSeconds: number;
  /** BOOTID.UPNP.ORG, CONFIGID.UPNP.ORG and the like. */
  readonly extraHeaders?: readonly (readonly [string, string])[];
}

/** NT (or ST) and USN of each of the device's targets. */
export interface SsdpTarget {
  readonly target: string;
  readonly usn: string;
}

export interface SearchAnswer {
  /** Sent to the port the search came from. */
  readonly datagrams: readonly string[];
  /** Each after a random part of this, milliseconds. */
  readonly windowMs: number;
}

/** The root device, the device by its name, its type, and each service (UDA 1.0 §1.1.2). */
export function ssdpTargets(device: AnnouncedDevice): readonly SsdpTarget[] {
  const name = `uuid:${device.uuid}`;
  const others = ['upnp:rootdevice', device.deviceType, ...device.serviceTypes];
  const [root, ...types] = others.map((target) => ({ target, usn: `${name}::${target}` }));
  return [...(root ? [root] : []), { target: name, usn: name }, ...types];
}

/** UDA 1.0 §1.2.2 has no limit, UDA 1.1 says five. */
const longestWindowSeconds = 5;
/** To a search that was sent to us alone, UDA 1.1 §1.3.2: within a second. */
const unicastWindowMs = 500;

/**
 * What a search is answered, by comparing text with text: nothing of it becomes a pattern.
 * @param how.unicast it was sent to us alone @returns undefined: not for us, or no search at all
 */
export function answersTo(
  search: HttpMessage,
  device: AnnouncedDevice,
  how: { readonly date: Date; readonly unicast?: boolean },
): SearchAnswer | undefined {
  const wanted = search.headers.get('st');
  const windowMs = how.unicast ? unicastWindowMs : windowOf(search.headers.get('mx'));
  if (!isDiscovery(search) || wanted === undefined || windowMs === undefined) return undefined;
  const targets = ssdpTargets(device).flatMap((known) => answeredAs(known, wanted));
  if (targets.length === 0) return undefined;
  return { datagrams: targets.map((target) => answer(target, device, how.date)), windowMs };
}

const isDiscovery = ({ startLine, headers }: HttpMessage): boolean =>
  /^M-SEARCH \* HTTP\/1\.\d$/.test(startLine) && /^"?ssdp:discover"?$/i.test(headers.get('man') ?? '');

/** Windows Explorer says none and means one (jellyfin's SsdpDevicePublisher); what is no number is nobody's search. */
function windowOf(mx: string | undefined): number | undefined {
  if (mx === undefined || mx === '') return 1000;
  if (!/^\d{1,9}$/.test(mx)) return undefined;
  return Math.min(Math.max(Number(mx), 1), longestWindowSeconds) * 1000;
}

const versioned = /^(urn:[^:]{1,64}:(?:device|service):[^:]{1,64}):(\d{1,3})$/;

/** Whoever asks for an older version of a type gets it under the name it asked for (UDA 1.0 §1.2.3). */
function answeredAs({ target, usn }: SsdpTarget, wanted: string): SsdpTarget[] {
  if (wanted === 'ssdp:all') return [{ target, usn }];
  if (wanted === target || (target.startsWith('uuid:') && wanted.toLowerCase() === target.toLowerCase()))
    return [{ target: wanted, usn }];
  const [, ours, version] = versioned.exec(target) ?? [];
  const [, theirs, older] = versioned.exec(wanted) ?? [];
  if (ours === undefined || ours !== theirs || Number(older) < 1 || Number(older) > Number(version))
    return [];
  return [{ target: wanted, usn: `${usn.slice(0, -target.length)}${wanted}` }];
}

/** In minidlna's order. */
function answer({ target, usn }: SsdpTarget, device: AnnouncedDevice, date: Date): string {
  return writeHttpMessage('HTTP/1.1 200 OK', [
    ['CACHE-CONTROL', `max-age=${device.maxAgeSeconds}`],
    ['DATE', date.toUTCString()],
    ['ST', target],
    ['USN', usn],
    ['EXT', ''],
    ['SERVER', device.serverHeader],
    ['LOCATION', device.location],
    ...(device.extraHeaders ?? []),
    ['Content-Length', '0'],
  ]);
}

const group = '239.255.255.250:1900';

/** One NOTIFY for each target. */
export function aliveMessages(device: AnnouncedDevice): string[] {
  return ssdpTargets(device).map(({ target, usn }) =>
    writeHttpMessage('NOTIFY * HTTP/1.1', [
      ['HOST', group],
      ['CACHE-CONTROL', `max-age=${device.maxAgeSeconds}`],
      ['LOCATION', device.location],
      ['SERVER', device.serverHeader],
      ['NT', target],
      ['USN', usn],
      ['NTS', 'ssdp:alive'],
      ...(device.extraHeaders ?? []),
    ]),
  );
}

/** One NOTIFY for each target. */
export function byebyeMessages(device: AnnouncedDevice): string[] {
  return ssdpTargets(device).map(({ target, usn }) =>
    writeHttpMessage('NOTIFY * HTTP/1.1', [
      ['HOST', group],
      ['NT', target],
      ['USN', usn],
      ['NTS', 'ssdp:byebye'],
      ...(device.extraHeaders ?? []),
    ]),
  );
}
