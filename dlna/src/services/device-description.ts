import type { DescriptionHabits, DeviceProfile } from '../profiles/device-profile.js';
import { escapeText } from '../wire/xml.js';
import { connectionManagerScpd } from './connection-manager-scpd.js';
import { contentDirectoryScpd } from './content-directory-scpd.js';
import { registrarScpd } from './registrar-scpd.js';
import { servicePaths, type ServiceDescription } from './service-description.js';

export interface DeviceSettings {
  /** Without `uuid:`, in lower case. */
  readonly uuid: string;
  readonly friendlyName: string;
  /** Of the software. */
  readonly version: string;
  /** The web UI, absolute or relative. */
  readonly presentationUrl?: string;
  readonly product?: Product;
}

/** What the host is called; URLs are left out where there are none. */
export interface Product {
  readonly manufacturer: string;
  readonly manufacturerUrl?: string;
  readonly modelName: string;
  readonly modelDescription: string;
  readonly modelUrl?: string;
}

export interface DeviceIcon {
  readonly path: string;
  readonly mime: 'image/png' | 'image/jpeg';
  /** Both edges, pixels. */
  readonly size: number;
}

export const deviceType = 'urn:schemas-upnp-org:device:MediaServer:1';

/** Each must be served: a recorder looked for them and found nothing (jellyfin-plugin-dlna#109). */
export const deviceIcons: readonly DeviceIcon[] = [
  { path: '/icons/120.png', mime: 'image/png', size: 120 },
  { path: '/icons/48.png', mime: 'image/png', size: 48 },
  { path: '/icons/120.jpg', mime: 'image/jpeg', size: 120 },
  { path: '/icons/48.jpg', mime: 'image/jpeg', size: 48 },
];

export const deviceServices: readonly ServiceDescription[] = [
  contentDirectoryScpd,
  connectionManagerScpd,
  registrarScpd,
];

const hearth: Product = {
  manufacturer: 'Hearth',
  modelName: 'Hearth',
  modelDescription: 'Home media server',
};

/** Name and text; nothing where there is no text. */
type Leaf = readonly [name: string, text: string | undefined];

/**
 * The description document as this kind of device wants it; services, URLs and UDN are the same for all. Elements in
 * minidlna's order, every URL relative: an absolute one breaks VLC's icons (jellyfin-plugin-dlna#177).
 */
export function deviceDescription(settings: DeviceSettings, profile: DeviceProfile): string {
  const habits = profile.description;
  const namespace = habits.samsung ? ' xmlns:sec="http://www.sec.co.kr/dlna"' : '';
  const device = [
    leaves(identity(settings, habits)),
    dlnaDocuments,
    habits.samsung ? samsungCapabilities : '',
    habits.sony ? '<av:aggregationFlags xmlns:av="urn:schemas-sony-com:av">10</av:aggregationFlags>' : '',
    leaves([['presentationURL', settings.presentationUrl ?? '/']]),
    `<iconList>${deviceIcons.map(iconElement).join('')}</iconList>`,
    `<serviceList>${deviceServices.map(serviceElement).join('')}</serviceList>`,
  ];
  return (
    `<?xml version="1.0" encoding="utf-8"?>\r\n<root xmlns="urn:schemas-upnp-org:device-1-0"${namespace}>` +
    '<specVersion><major>1</major><minor>0</minor></specVersion>' +
    `<device>${device.join('')}</device></root>`
  );
}

function identity(settings: DeviceSettings, habits: DescriptionHabits): readonly Leaf[] {
  const product = settings.product ?? hearth;
  // An Xbox 360 lists what calls itself Windows Media Connect and has a colon in its name (minidlna, UMS).
  const windows = habits.windowsMediaConnect;
  const name = settings.friendlyName;
  return [
    ['deviceType', deviceType],
    // UDA 1.0 §2.1: fewer than 64, 128, 32 and 32 characters.
    ['friendlyName', windows && !name.includes(':') ? `${shortened(name, 60)}: 1` : shortened(name, 63)],
    ['manufacturer', shortened(product.manufacturer, 63)],
    ['manufacturerURL', product.manufacturerUrl],
    ['modelDescription', shortened(product.modelDescription, 127)],
    ['modelName', windows ? 'Windows Media Connect' : shortened(product.modelName, 31)],
    ['modelNumber', windows ? '1' : shortened(settings.version, 31)],
    ['modelURL', product.modelUrl],
    ['serialNumber', settings.uuid.slice(-12)],
    ['UDN', `uuid:${settings.uuid.toLowerCase()}`],
  ];
}

/** Whole characters, so that none of two halves is cut. */
const shortened = (text: string, most: number): string => Array.from(text).slice(0, most).join('').trim();

const leaves = (all: readonly Leaf[]): string =>
  all.map(([name, text]) => (text === undefined ? '' : `<${name}>${escapeText(text)}</${name}>`)).join('');

const dlna = 'xmlns:dlna="urn:schemas-dlna-org:device-1-0"';
const dlnaDocuments =
  `<dlna:X_DLNADOC ${dlna}>DMS-1.50</dlna:X_DLNADOC><dlna:X_DLNADOC ${dlna}>M-DMS-1.50</dlna:X_DLNADOC>` +
  `<dlna:X_DLNACAP ${dlna}/>`;

const capabilities = 'smi,DCM10,getMediaInfo.sec,getCaptionInfo.sec';
const samsungCapabilities = `<sec:ProductCap>${capabilities}</sec:ProductCap><sec:X_ProductCap>${capabilities}</sec:X_ProductCap>`;

function iconElement({ path, mime, size }: DeviceIcon): string {
  const inside = leaves([
    ['mimetype', mime],
    ['width', String(size)],
    ['height', String(size)],
    ['depth', '24'],
    ['url', path],
  ]);
  return `<icon>${inside}</icon>`;
}

function serviceElement(service: ServiceDescription): string {
  const { scpd, control, events } = servicePaths(service);
  const inside = leaves([
    ['serviceType', service.serviceType],
    ['serviceId', service.serviceId],
    ['controlURL', control],
    ['eventSubURL', events],
    ['SCPDURL', scpd],
  ]);
  return `<service>${inside}</service>`;
}
