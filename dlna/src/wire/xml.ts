import { XMLParser } from 'fast-xml-parser';
import { XmlError, inspectMarkup, type XmlLimits } from './xml-markup.js';
import { decodeXml, unescapeText } from './xml-text.js';

export { XmlError, type XmlLimits } from './xml-markup.js';
export { escapeAttribute, escapeText, escapeTextStrictly } from './xml-text.js';

/** An element as read: local name, the namespace its prefix stands for, and what is in it. */
export interface XmlElement {
  readonly name: string;
  /** As written; empty where there is none. */
  readonly prefix: string;
  /** The URI, empty where none was declared. */
  readonly namespace: string;
  /** By local name, without the declarations of namespaces. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, CDATA included, without that of its children. */
  readonly text: string;
}

/** Declarations in force, the nearest first. */
interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer?: Scope;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  // Entities are ours to resolve: the five and numbers, in text but never in CDATA.
  processEntities: false,
  cdataPropName: '#cdata',
  maxNestedTags: 1000,
});

/**
 * The root element. No document type and no entities but the five; any prefixes, declared or not; a byte order mark,
 * a stray `&` and whatever follows the root are put up with.
 * @throws XmlError, and nothing else
 */
export function parseXml(document: Uint8Array | string, limits: XmlLimits = {}): XmlElement {
  const { root, elements } = inspectMarkup(decodeXml(document), limits);
  const nodes = parsed(root);
  const count = { left: elements };
  const [element] = elementsAmong(nodes, undefined, count);
  // The parser saw other elements than we did: one of us is wrong, and neither is to be believed.
  if (!element || count.left !== 0) throw new XmlError('markup that can be read in two ways');
  return element;
}

/** The first child of that local name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

function parsed(text: string): readonly unknown[] {
  try {
    const nodes: unknown = parser.parse(text);
    return Array.isArray(nodes) ? nodes : [];
  } catch (error) {
    throw new XmlError(error instanceof Error ? error.message : 'unreadable', { cause: error });
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A node of the parser: its name and what is in it, and its attributes beside. */
function elementsAmong(
  nodes: readonly unknown[],
  scope: Scope | undefined,
  count: { left: number },
): XmlElement[] {
  const found: XmlElement[] = [];
  for (const node of nodes) {
    if (!isRecord(node)) continue;
    for (const [name, content] of Object.entries(node)) {
      if (name === ':@' || name.startsWith('#') || name.startsWith('?') || !Array.isArray(content)) continue;
      count.left--;
      found.push(elementOf(name, content, isRecord(node[':@']) ? node[':@'] : {}, scope, count));
    }
  }
  return found;
}

function elementOf(
  name: string,
  content: readonly unknown[],
  raw: Readonly<Record<string, unknown>>,
  outer: Scope | undefined,
  count: { left: number },
): XmlElement {
  const attributes = new Map<string, string>();
  const declared = new Map<string, string>();
  for (const [key, value] of Object.entries(raw)) {
    const [prefix, local] = split(key);
    const text = unescapeText(String(value));
    if (key === 'xmlns') declared.set('', text);
    else if (prefix === 'xmlns') declared.set(local, text);
    else attributes.set(local, text);
  }
  const scope: Scope | undefined = declared.size > 0 ? { declared, outer } : outer;
  const [prefix, local] = split(name);
  const children = elementsAmong(content, scope, count);
  return {
    name: local,
    prefix,
    namespace: namespaceOf(prefix, scope),
    attributes,
    children,
    text: textOf(content),
  };
}

function split(name: string): readonly [string, string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function namespaceOf(prefix: string, scope: Scope | undefined): string {
  for (let at = scope; at; at = at.outer) {
    const uri = at.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  return '';
}

function textOf(content: readonly unknown[]): string {
  let text = '';
  for (const node of content) {
    if (!isRecord(node)) continue;
    if (typeof node['#text'] === 'string') text += unescapeText(node['#text']);
    const cdata: unknown = node['#cdata'];
    const inner: unknown = Array.isArray(cdata) ? cdata[0] : undefined;
    if (isRecord(inner) && typeof inner['#text'] === 'string') text += inner['#text'];
  }
  return text;
}
