import { type Bencoded, BencodedDictionary } from './bencode.js';
import { torrentLimits } from './torrent-limits.js';
import { TorrentInvalid } from './torrent-invalid.js';

export interface MetainfoFile {
  /** Place in the torrent, padding counted: what the engine addresses files by. */
  readonly index: number;
  /** Folders and name as the torrent says them, below its own name; for display only through `harmlessPath`. */
  readonly path: readonly string[];
  readonly length: number;
  /** From the torrent's first byte. */
  readonly offset: number;
  /** Only fills up a piece (BEP 47): nobody wants it. */
  readonly padding: boolean;
  /** The path holds separators or empty parts: people see it changed. */
  readonly oddPath: boolean;
}

/** Programs from before BEP 47 mark padding by its name. */
const PADDING_NAME = /^_____padding_file_/u;

const text = new TextDecoder();

/** The files of an info dictionary in their order. @throws TorrentInvalid */
export function readFiles(info: BencodedDictionary, name: string): { files: MetainfoFile[]; size: number } {
  const list = info.get('files');
  if (list === undefined) {
    const length = readLength(info);
    return { files: [checked([name], { index: 0, length, offset: 0, padding: false })], size: length };
  }
  if (!Array.isArray(list) || list.length === 0) throw bad('The files of this .torrent are no list.');
  if (list.length > torrentLimits.files) {
    throw new TorrentInvalid('too-many-files', 'This torrent has more than 5 000 files.');
  }
  let offset = 0;
  const files = list.map((entry, index) => {
    if (!(entry instanceof BencodedDictionary)) throw bad('A file of this .torrent is not described.');
    const length = readLength(entry);
    const path = readPath(entry);
    const file = checked(path, { index, length, offset, padding: isPadding(entry, path) });
    offset += length;
    if (!Number.isSafeInteger(offset)) throw bad('The files of this .torrent are impossibly large.');
    return file;
  });
  return { files, size: offset };
}

const bad = (message: string): TorrentInvalid => new TorrentInvalid('bad-field', message);

function readLength(entry: BencodedDictionary): number {
  const length = entry.integer('length');
  if (length === undefined)
    throw new TorrentInvalid('missing-field', 'A file of this .torrent has no length.');
  if (length < 0) throw bad('A file of this .torrent has a negative length.');
  return length;
}

function readPath(entry: BencodedDictionary): string[] {
  const segments = entry.get('path.utf-8') ?? entry.get('path');
  if (!Array.isArray(segments) || segments.length === 0) {
    throw new TorrentInvalid('missing-field', 'A file of this .torrent has no name.');
  }
  if (segments.length > torrentLimits.pathSegments) {
    throw new TorrentInvalid('too-deep', 'The folders of this torrent are nested too deeply.');
  }
  return segments.map(readSegment);
}

function readSegment(segment: Bencoded): string {
  if (!(segment instanceof Uint8Array)) throw bad('A name in this .torrent is no text.');
  if (segment.length > torrentLimits.segmentBytes) throw bad('A name in this .torrent is too long.');
  return text.decode(segment);
}

/** Refuses what tries to leave the torrent's folder; nothing is stored by these names anyway. @throws TorrentInvalid */
export function refuseTraversal(path: readonly string[]): void {
  const parts = path.flatMap((segment) => segment.split(/[/\\]/u));
  const leaves = parts.some((part) => part.trim() === '..' || part.includes('\0'));
  if (leaves || /^(?:[/\\]|[a-z]:[/\\])/iu.test(path[0] ?? '')) {
    throw new TorrentInvalid('path-traversal', 'A file of this torrent would leave its folder.');
  }
}

function checked(path: string[], file: Omit<MetainfoFile, 'path' | 'oddPath'>): MetainfoFile {
  refuseTraversal(path);
  const parts = path.flatMap((segment) => segment.split(/[/\\]/u));
  if (parts.every((part) => part === '' || part === '.')) throw bad('A file of this .torrent has no name.');
  return {
    ...file,
    path,
    oddPath: parts.length !== path.length || path.some((part) => part === '' || part === '.'),
  };
}

function isPadding(entry: BencodedDictionary, path: readonly string[]): boolean {
  const attributes = entry.bytes('attr');
  return (
    attributes?.includes(0x70) === true ||
    path[0] === '.pad' ||
    PADDING_NAME.test(path[path.length - 1] ?? '')
  );
}
