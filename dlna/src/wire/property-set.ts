import { escapeText, parseXml, type XmlElement } from './xml.js';
import { unescapeText } from './xml-text.js';

/** The body of a NOTIFY (UDA 1.0 §4.2.1). */
export function writePropertySet(values: readonly (readonly [string, string])[]): string {
  const properties = values.map(
    ([name, value]) => `<e:property><${name}>${escapeText(value)}</${name}></e:property>`,
  );
  return (
    '<?xml version="1.0" encoding="utf-8"?>\r\n' +
    `<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0">${properties.join('')}</e:propertyset>`
  );
}

/** Variables by name, some devices put several into one property. @throws XmlError */
export function readPropertySet(body: Uint8Array | string): ReadonlyMap<string, string> {
  const properties = parseXml(body).children.filter((child) => child.name === 'property');
  return new Map(
    properties.flatMap((property) => property.children.map((variable) => [variable.name, variable.text])),
  );
}

/** One variable of a LastChange. */
export interface LastChangeValue {
  readonly instance: number;
  readonly name: string;
  readonly value: string;
  /** Only of volume and mute: `Master`, `LF`, … */
  readonly channel?: string;
}

/**
 * The event of AVTransport and RenderingControl, unescaped once already; put up with are a second escaping, stray `&`,
 * missing namespaces, attributes in capitals and a missing InstanceID.
 * @throws XmlError
 */
export function readLastChange(text: string): readonly LastChangeValue[] {
  const event = parseXml(text.trimStart().startsWith('&lt;') ? unescapeText(text) : text);
  return event.children.flatMap((child) =>
    child.name === 'InstanceID'
      ? child.children.map((variable) => valueOf(variable, Number(attribute(child, 'val') ?? 0) || 0))
      : [valueOf(child, 0)],
  );
}

function valueOf(variable: XmlElement, instance: number): LastChangeValue {
  const channel = attribute(variable, 'channel');
  const value = attribute(variable, 'val') ?? variable.text.trim();
  return { instance, name: variable.name, value, ...(channel === undefined ? {} : { channel }) };
}

function attribute(element: XmlElement, name: string): string | undefined {
  for (const [key, value] of element.attributes) if (key.toLowerCase() === name) return value;
  return undefined;
}
