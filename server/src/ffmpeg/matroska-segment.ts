import { binary, elementAt, elements, inside, text, uint, type Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';
import { ProbeFailed } from './media-probe.js';

/** Element ids of RFC 9559. */
export const ID = {
  ebml: 0x1a45dfa3, docType: 0x4282, segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab,
  seekPosition: 0x53ac, info: 0x1549a966, tracks: 0x1654ae6b, chapters: 0x1043a770, attachments: 0x1941a469,
  tags: 0x1254c367, cues: 0x1c53bb6b, cluster: 0x1f43b675,
} as const; // prettier-ignore

/** The level-1 elements of a segment. Positions in cues and seek heads count from `segment.start`. */
export type Segment = Readonly<{
  docType: string;
  segment: Element;
  parts: ReadonlyMap<number, Element>;
  /** Offsets where the seek heads say that a part begins, and none does: as stale ones, or not here yet. */
  astray: ReadonlyMap<number, number>;
  firstCluster: Element | null;
}>;

export function looksLikeMatroska(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE() === ID.ebml;
}

/** Walks to the first cluster, then goes where the seek heads point: no cluster is read. @throws ProbeFailed */
export function readSegment(file: FileBytes): Segment {
  const header = elementAt(file, 0, file.size);
  if (header?.id !== ID.ebml) throw new ProbeFailed('not-media', 'This is no Matroska or WebM file.');
  let docType = 'matroska';
  for (const element of inside(file, header)) if (element.id === ID.docType) docType = text(file, element);
  const segment = [...take(elements(file, header.end, file.size), 8)].find(({ id }) => id === ID.segment);
  if (segment === undefined) throw new ProbeFailed('damaged', 'The file ends before its first segment.');
  const parts = new Map<number, Element>();
  const astray = new Map<number, number>();
  const seekHeads: Element[] = [];
  let firstCluster: Element | null = null;
  for (const element of inside(file, segment)) {
    if (element.id === ID.cluster) {
      firstCluster = element;
      break;
    }
    if (element.id === ID.seekHead) seekHeads.push(element);
    else if (!parts.has(element.id)) parts.set(element.id, element);
  }
  for (const head of seekHeads) followSeekHead(file, head, { segment, parts, astray }, seekHeads);
  return { docType, segment, parts, astray, firstCluster };
}

function* take<T>(source: Iterable<T>, most: number): Generator<T> {
  let count = 0;
  for (const item of source) {
    if (count++ >= most) return;
    yield item;
  }
}

/** A seek head may point to a second one (mkvmerge does); more than a few are an attack. */
function followSeekHead(
  file: FileBytes,
  head: Element,
  { segment, parts, astray }: { segment: Element; parts: Map<number, Element>; astray: Map<number, number> },
  heads: Element[],
): void {
  for (const seek of inside(file, head)) {
    if (seek.id !== ID.seek) continue;
    let id = 0;
    let position = -1;
    for (const field of inside(file, seek)) {
      if (field.id === ID.seekId) id = binary(file, field, 4).reduce((value, byte) => value * 256 + byte, 0);
      if (field.id === ID.seekPosition) position = uint(file, field);
    }
    if (position < 0 || parts.has(id) || id === ID.cluster) continue;
    const target = elementAt(file, segment.start + position, segment.end);
    if (target?.id !== id) astray.set(id, segment.start + position);
    else if (id === ID.seekHead) {
      if (heads.length < 4 && !heads.some(({ offset }) => offset === target.offset)) heads.push(target);
    } else parts.set(id, target);
  }
}
