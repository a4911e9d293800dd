import { escapeAttribute, escapeText, escapeTextStrictly, parseXml, type XmlElement } from './xml.js';

/** A container or item of DIDL-Lite, in the order in which it is written. */
export interface DidlObject {
  readonly type: 'container' | 'item';
  /** `id`, `parentID`, `restricted`, … */
  readonly attributes: Readonly<Record<string, string>>;
  /** `dc:title`, `upnp:class`, …: everything but `res`. */
  readonly elements: readonly DidlElement[];
  readonly resources: readonly DidlResource[];
}

export interface DidlElement {
  /** With its usual prefix, whichever was read: `dc:title`, `upnp:albumArtURI`, `sec:CaptionInfoEx`. */
  readonly name: string;
  readonly text: string;
  /** Written with prefixes (`dlna:profileID`), read without. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface DidlResource {
  readonly uri: string;
  /** `protocolInfo`, `size`, `duration`, … */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Namespaces that are declared only for those who know them; dc, upnp and dlna always are. */
export type DidlNamespace = 'sec' | 'pv';

export interface DidlStyle {
  /** `'` as `&apos;` (gerbera's StrictXML). */
  readonly escapeApostrophes?: boolean;
}

const didl = 'urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/';
const common: readonly (readonly [string, string])[] = [
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['upnp', 'urn:schemas-upnp-org:metadata-1-0/upnp/'],
  ['', didl],
  ['dlna', 'urn:schemas-dlna-org:metadata-1-0/'],
];
const vendors: Readonly<Record<DidlNamespace, string>> = {
  sec: 'http://www.sec.co.kr/',
  pv: 'http://www.pv.com/pvns/',
};

/** Without an XML prolog; not yet escaped for `Result`. What belongs to a namespace that is not declared is left out. */
export function writeDidl(
  objects: readonly DidlObject[],
  namespaces: readonly DidlNamespace[] = [],
  style: DidlStyle = {},
): string {
  const declared = [...common, ...namespaces.map((prefix) => [prefix, vendors[prefix]] as const)];
  const prefixes = new Set(declared.map(([prefix]) => prefix));
  const writer = new Writer(prefixes, style.escapeApostrophes ? escapeTextStrictly : escapeText);
  const xmlns = declared.map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${uri}"`).join('');
  return `<DIDL-Lite${xmlns}>${objects.map((object) => writer.object(object)).join('')}</DIDL-Lite>`;
}

class Writer {
  constructor(
    private readonly prefixes: ReadonlySet<string>,
    private readonly escape: (text: string) => string,
  ) {}

  object({ type, attributes, elements, resources }: DidlObject): string {
    const inside = [
      ...elements.filter(({ name }) => this.declared(name)).map((element) => this.element(element)),
      ...resources.map(({ uri, attributes: facts }) =>
        this.element({ name: 'res', text: uri, attributes: facts }),
      ),
    ];
    return `<${type}${this.attributes(attributes)}>${inside.join('')}</${type}>`;
  }

  private element({ name, text, attributes = {} }: DidlElement): string {
    return `<${name}${this.attributes(attributes)}>${this.escape(text)}</${name}>`;
  }

  private attributes(attributes: Readonly<Record<string, string>>): string {
    let written = '';
    for (const [name, value] of Object.entries(attributes))
      if (this.declared(name)) written += ` ${name}="${escapeAttribute(value)}"`;
    return written;
  }

  private declared(name: string): boolean {
    const colon = name.indexOf(':');
    return colon < 0 || this.prefixes.has(name.slice(0, colon));
  }
}

const usualPrefix = new Map<string, string>([
  ...common.map(([prefix, uri]) => [uri, prefix] as const),
  [vendors.sec, 'sec'],
  ['http://www.sec.co.kr/dlna', 'sec'],
  [vendors.pv, 'pv'],
]);

/** What control points and servers send: objects at any depth of containers are not looked for. @throws XmlError */
export function readDidl(text: string): DidlObject[] {
  return parseXml(text, { maxDepth: 16 }).children.flatMap((child) =>
    child.name === 'container' || child.name === 'item' ? [objectOf(child, child.name)] : [],
  );
}

function objectOf(element: XmlElement, type: DidlObject['type']): DidlObject {
  const resources = element.children.filter(({ name }) => name === 'res');
  return {
    type,
    attributes: Object.fromEntries(element.attributes),
    elements: element.children.filter((child) => child.name !== 'res').map(elementOf),
    resources: resources.map((resource) => ({
      uri: resource.text.trim(),
      attributes: Object.fromEntries(resource.attributes),
    })),
  };
}

function elementOf(element: XmlElement): DidlElement {
  const prefix = usualPrefix.get(element.namespace) ?? element.prefix;
  return {
    name: prefix === '' ? element.name : `${prefix}:${element.name}`,
    text: element.text.trim(),
    attributes: Object.fromEntries(element.attributes),
  };
}
