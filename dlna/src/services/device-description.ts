import type { DeviceProfile } from '../profiles/device-profile.js';
import type { ServiceDescription } from './service-description.js';

export interface DeviceSettings {
  /** Without `uuid:`, in lower case. */
  readonly uuid: string;
  readonly friendlyName: string;
  /** Of the software. */
  readonly version: string;
  /** The web UI, absolute or relative. */
  readonly presentationUrl?: string;
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

export const deviceServices: readonly ServiceDescription[] = [];

/** The description document as this kind of device wants it; services, URLs and UDN are the same for all. */
export function deviceDescription(settings: DeviceSettings, profile: DeviceProfile): string {
  return `not written yet ${settings.uuid} ${profile.id}`;
}
