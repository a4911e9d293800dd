import { XMLParser } from 'fast-xml-parser';
import { ProviderTrouble } from '../provider.js';

/** An element as read: attributes by `@name`, children by local name, text by `#text` and `#cdata`. */
export type XmlNode = Readonly<Record<string, unknown>>;

/** There may be several of them, and a list is read even where there is one. */
const repeated = new Set(['item', 'attr', 'category', 'subcat', 'enclosure']);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Entities are ours to resolve: the five and numbers, in text but never in CDATA.
  processEntities: false,
  cdataPropName: '#cdata',
  isArray: (name) => repeated.has(name),
  maxNestedTags: 40,
});

const invalid = (): ProviderTrouble =>
  new ProviderTrouble('invalid', 'The indexer answered with what is no XML.');

/** Characters that XML 1.0 has no room for (section 2.2); indexers pass on what uploaders type. */
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** The root and its name. No document type is read, so no entities of its own. @throws ProviderTrouble `invalid` */
export function readDocument(body: Uint8Array): { name: string; root: XmlNode } {
  const text = new TextDecoder().decode(body).replaceAll(impossible, '');
  if (/<!DOCTYPE/i.test(text)) throw invalid();
  const [name, root] = Object.entries(parsed(text)).find(([each]) => !each.startsWith('?')) ?? [];
  if (name === undefined || !isWhole(text, name)) throw invalid();
  return { name, root: isNode(root) ? root : {} };
}

function parsed(text: string): XmlNode {
  try {
    const document: unknown = parser.parse(text);
    return isNode(document) ? document : {};
  } catch {
    throw invalid();
  }
}

/** The parser puts up with what was cut off. */
function isWhole(text: string, root: string): boolean {
  const [, last] = /<\/(?:[\w.-]+:)?([\w.-]+)\s*>$/.exec(text.slice(text.lastIndexOf('</')).trimEnd()) ?? [];
  return last === root || text.trimEnd().endsWith('/>');
}

const isNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first child of that name; an empty one where there is none. */
export function child(node: XmlNode, name: string): XmlNode {
  const [first] = [Object.hasOwn(node, name) ? node[name] : undefined].flat();
  return isNode(first) ? first : {};
}

export function children(node: XmlNode, name: string): XmlNode[] {
  const given = Object.hasOwn(node, name) ? [node[name]].flat() : [];
  return given.map((each) => (isNode(each) ? each : { '#text': each }));
}

/** The text of a child; empty where there is none. */
export function text(node: XmlNode, name: string): string {
  const [first] = [Object.hasOwn(node, name) ? node[name] : undefined].flat();
  if (typeof first === 'string') return unescaped(first).trim();
  if (!isNode(first)) return '';
  const plain = typeof first['#text'] === 'string' ? unescaped(first['#text']) : '';
  const data = [first['#cdata']].flat().filter((each) => typeof each === 'string');
  return (plain + data.join('')).trim();
}

export function attribute(node: XmlNode, name: string): string {
  const value = node[`@${name}`];
  return typeof value === 'string' ? unescaped(value).trim() : '';
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (given: string): string =>
  given.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 31 && code <= 0x10_ffff ? String.fromCodePoint(code) : '';
  });
