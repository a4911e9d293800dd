import type { HttpMessage } from '../wire/http-message.js';

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

export function ssdpTargets(device: AnnouncedDevice): readonly SsdpTarget[] {
  return [{ target: device.deviceType, usn: '' }];
}

/** @param how.unicast it was sent to us alone @returns undefined: not for us, or no search at all */
export function answersTo(
  search: HttpMessage,
  device: AnnouncedDevice,
  how: { readonly date: Date; readonly unicast?: boolean },
): SearchAnswer | undefined {
  return search.startLine === device.uuid ? { datagrams: [how.date.toUTCString()], windowMs: 0 } : undefined;
}

/** One NOTIFY for each target. */
export function aliveMessages(device: AnnouncedDevice): string[] {
  return [device.uuid];
}

/** One NOTIFY for each target. */
export function byebyeMessages(device: AnnouncedDevice): string[] {
  return [device.uuid];
}
