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

export interface XmlLimits {
  readonly maxDepth?: number;
  readonly maxNodes?: number;
  /** UTF-16 units. */
  readonly maxLength?: number;
}

/** What was read is no XML, or more of it than anybody needs. */
export class XmlError extends Error {}

export function escapeText(text: string): string {
  throw new XmlError(`not written yet: ${text}`);
}

export function escapeAttribute(text: string): string {
  throw new XmlError(`not written yet: ${text}`);
}

/** @throws XmlError, and nothing else */
export function parseXml(text: string, limits: XmlLimits = {}): XmlElement {
  throw new XmlError(`not written yet: ${text} ${limits.maxDepth ?? ''}`);
}

/** The first child of that local name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}
