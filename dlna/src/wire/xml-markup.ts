/** What was read is no XML, or more of it than anybody needs. */
export class XmlError extends Error {}

export interface XmlLimits {
  /** Elements within elements. */
  readonly maxDepth?: number;
  /** Elements in all. */
  readonly maxNodes?: number;
  /** UTF-16 units. */
  readonly maxLength?: number;
}

export interface Markup {
  /** The root element from its first to its last character. */
  readonly root: string;
  readonly elements: number;
}

const defaults = { maxDepth: 32, maxNodes: 20_000, maxLength: 2 ** 21 };
const elementName = /^[\p{L}_][\p{L}\p{N}_.·-]*(?::[\p{L}_][\p{L}\p{N}_.·-]*)?$/u;

/**
 * Looks a document over before the parser sees it: one root, tags that close, no document type (so no entities of its
 * own, inside or out), and no more than the limits. One pass, linear in the length whatever is in it.
 * @throws XmlError
 */
export function inspectMarkup(text: string, limits: XmlLimits): Markup {
  const { maxDepth, maxNodes, maxLength } = { ...defaults, ...limits };
  if (text.length > maxLength) throw new XmlError('longer than allowed');
  const open: string[] = [];
  let elements = 0;
  let start = -1;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text[at + 1] === '!' || text[at + 1] === '?') {
      at = afterSpecial(text, at, open.length > 0);
      continue;
    }
    const end = tagEnd(text, at + 1);
    if (text[at + 1] === '/') {
      if (open.pop() !== text.slice(at + 2, end).trimEnd())
        throw new XmlError('a tag closes what is not open');
    } else {
      if (start < 0) start = at;
      if (++elements > maxNodes) throw new XmlError('more elements than allowed');
      open.push(nameOf(text, at + 1, end));
      if (open.length > maxDepth) throw new XmlError('deeper than allowed');
      if (text[end - 1] === '/') open.pop();
    }
    at = end + 1;
    // Whatever follows the root is nothing to us: devices send zero bytes and rests of buffers.
    if (open.length === 0) return { root: text.slice(start, at), elements };
  }
  throw new XmlError('no element that begins and ends');
}

function nameOf(text: string, from: number, end: number): string {
  const blank = /[\s/>]/g;
  blank.lastIndex = from;
  const name = text.slice(from, Math.min(blank.exec(text)?.index ?? end, end));
  if (!elementName.test(name)) throw new XmlError('no name for an element');
  return name;
}

/** Where the `>` of a tag is; one inside quotes is none. */
function tagEnd(text: string, from: number): number {
  const next = /["'>]/g;
  next.lastIndex = from;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    if (found[0] === '>') return found.index;
    const closing = text.indexOf(found[0], found.index + 1);
    if (closing < 0) break;
    next.lastIndex = closing + 1;
  }
  throw new XmlError('a tag without end');
}

/** Comments, CDATA and processing instructions. */
function afterSpecial(text: string, at: number, inside: boolean): number {
  const endings: readonly (readonly [string, string])[] = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ];
  const [opening, ending] = endings.find(([begin]) => text.startsWith(begin, at)) ?? [];
  if (opening === undefined || ending === undefined)
    throw new XmlError('a document type, or something like it');
  if (opening === '<![CDATA[' && !inside) throw new XmlError('text before the root');
  const end = text.indexOf(ending, at + opening.length);
  if (end < 0) throw new XmlError('a comment, CDATA or instruction without end');
  return end + ending.length;
}
