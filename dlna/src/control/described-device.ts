import { childOf, parseXml, type XmlElement } from '../wire/xml.js';
import { deviceUrl } from './device-address.js';

/** A service as its device describes it; URLs are absolute and lead to the device itself. */
export interface DescribedService {
  /** `urn:schemas-upnp-org:service:AVTransport:1` */
  readonly type: string;
  readonly id: string;
  readonly controlUrl: URL;
  /** Undefined where it has no events. */
  readonly eventUrl: URL | undefined;
  readonly scpdUrl: URL;
}

export interface DescribedDevice {
  /** As written, `uuid:` and all. */
  readonly udn: string;
  readonly type: string;
  readonly friendlyName: string;
  readonly manufacturer: string;
  readonly modelName: string;
  readonly services: readonly DescribedService[];
}

/** What a hostile description may make of our memory: a few devices have a dozen services. */
const most = { devices: 32, services: 32, text: 256 };

/**
 * Every device of a description, embedded ones too (Sonos and receivers have their renderer inside), outermost first.
 * @param location where the description came from
 * @param address IPv4 of the device: URLs that lead elsewhere take their service out
 * @throws XmlError
 */
export function readDescription(xml: string, location: URL, address: string): DescribedDevice[] {
  const root = parseXml(xml, { maxDepth: 32, maxNodes: 5_000 });
  const base = baseOf(childOf(root, 'URLBase')?.text, location, address);
  const found: DescribedDevice[] = [];
  const walk = (element: XmlElement): void => {
    if (found.length >= most.devices) return;
    found.push(deviceOf(element, base, address));
    for (const inner of namedChildren(childOf(element, 'deviceList'), 'device')) walk(inner);
  };
  for (const element of namedChildren(root, 'device')) walk(element);
  return found;
}

/** URLBase is gone from UPnP 1.1, and wrong on devices that changed their address: then LOCATION counts. */
function baseOf(text: string | undefined, location: URL, address: string): URL {
  if (!text?.trim()) return location;
  try {
    return deviceUrl(text, location, address);
  } catch {
    return location;
  }
}

function deviceOf(element: XmlElement, base: URL, address: string): DescribedDevice {
  const say = (name: string): string => textOf(element, name);
  return {
    udn: say('UDN'),
    type: say('deviceType'),
    friendlyName: say('friendlyName'),
    manufacturer: say('manufacturer'),
    modelName: say('modelName'),
    services: namedChildren(childOf(element, 'serviceList'), 'service')
      .slice(0, most.services)
      .flatMap((service) => serviceOf(service, base, address)),
  };
}

function serviceOf(element: XmlElement, base: URL, address: string): DescribedService[] {
  const url = (name: string): URL => deviceUrl(childOf(element, name)?.text ?? '', base, address);
  try {
    return [
      {
        type: textOf(element, 'serviceType'),
        id: textOf(element, 'serviceId'),
        controlUrl: url('controlURL'),
        eventUrl: textOf(element, 'eventSubURL') ? url('eventSubURL') : undefined,
        scpdUrl: url('SCPDURL'),
      },
    ];
  } catch {
    return [];
  }
}

/** One `device` list may hold others' elements; only those of that name count. */
const namedChildren = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

const textOf = (element: XmlElement, name: string): string =>
  (childOf(element, name)?.text ?? '').trim().slice(0, most.text);

/** The service of a kind, whatever its version: `AVTransport:2` does what `:1` does. */
export const serviceOfKind = (device: DescribedDevice, kind: string): DescribedService | undefined =>
  device.services.find(({ type }) => type.startsWith(`urn:schemas-upnp-org:service:${kind}:`));
