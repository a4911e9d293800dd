import { XMLParser } from 'fast-xml-parser';

/** One element: its text, attributes and children, whatever shape the file had. */
export class XmlElement {
  constructor(private readonly value: unknown) {}

  /** The element's own text, trimmed; null when there is none. */
  get text(): string | null {
    const own = isRecord(this.value) ? this.value['#text'] : this.value;
    const text = typeof own === 'string' ? own.trim() : '';
    return text === '' ? null : text.slice(0, 20_000);
  }

  attribute(name: string): string | null {
    const value = isRecord(this.value) ? this.value[`@${name}`] : undefined;
    return typeof value === 'string' && value !== '' ? value : null;
  }

  /** Children of a name, in order; none for an element that has none. At most `limit`. */
  children(name: string, limit = 200): XmlElement[] {
    const value = isRecord(this.value) ? this.value[name] : undefined;
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).slice(0, limit).map((item) => new XmlElement(item));
  }

  child(name: string): XmlElement | undefined {
    return this.children(name, 1)[0];
  }

  /** Text of the first child that has one, of several spellings. */
  textOf(...names: string[]): string | null {
    for (const name of names) {
      for (const child of this.children(name, 5)) if (child.text !== null) return child.text;
    }
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 50,
  transformTagName: (name) => name.toLowerCase(),
  // Standard entities and character references only: a DOCTYPE's own entities are how XML bombs are made.
  processEntities: {
    enabled: true,
    maxEntityCount: 0,
    maxTotalExpansions: 10_000,
    maxExpandedLength: 100_000,
  },
  htmlEntities: false,
});

/** The document's root elements of one name: episode files hold several. Null for what is not XML at all. */
export function parseXml(text: string): XmlElement | null {
  const start = text.search(/<(?:\?xml|!--|[a-z])/i);
  if (start < 0) return null;
  try {
    return new XmlElement(parser.parse(withoutDoctype(text.slice(start))));
  } catch {
    return null; // malformed beyond repair: the caller goes on without it
  }
}

/** By position, not by pattern: on text full of unclosed DOCTYPEs a pattern searches for minutes. */
function withoutDoctype(text: string): string {
  const start = text.search(/<!DOCTYPE/i);
  if (start < 0) return text;
  const subset = text.indexOf('[', start);
  let end = text.indexOf('>', start);
  if (subset >= 0 && subset < end) end = text.indexOf('>', Math.max(subset, text.indexOf(']', subset)));
  return end < 0 ? text.slice(0, start) : text.slice(0, start) + text.slice(end + 1);
}
