import { baseOf, extensionOf } from '../sidecar/file-kind.js';

/** One line of a playlist: a path as whoever wrote it put it. */
export interface PlaylistLine {
  readonly reference: string;
  /** From `#EXTINF` or `Title`, else the file's name. */
  readonly name: string;
  readonly seconds: number | null;
}

/** What a playlist file says. */
export interface PlaylistText {
  readonly name: string;
  readonly lines: readonly PlaylistLine[];
}

/** A playlist of more than this is a mistake. */
const mostLines = 10_000;
const longestReference = 2000;
const longestName = 300;

/** A scheme has two letters at least: `C:\` is a drive. */
const url = /^[a-z][a-z\d+.-]+:\/\//i;
const control = /\p{Cc}/u;

/**
 * Reads `.m3u`, `.m3u8` and `.pls`. Addresses on the network are left out: nothing is ever fetched from them.
 * @returns undefined for what is no list of files: an HLS playlist, or nothing but addresses
 */
export function readPlaylist(fileName: string, bytes: Uint8Array): PlaylistText | undefined {
  const lines = textOf(bytes).split(/\r\n|[\n\r]/);
  const found = (extensionOf(fileName) === 'pls' ? readPls : readM3u)(lines.map((line) => line.trim()));
  if (!found) return undefined;
  const own = found.lines.filter(({ reference }) => isFile(reference)).slice(0, mostLines);
  const name = (found.name ?? baseOf(fileName)).slice(0, longestName);
  return own.length === 0 ? undefined : { name, lines: own };
}

/** UTF-8 where it is, also under `.m3u`, whose first programs wrote Latin-1 (in the wider sense, Windows-1252). */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const isFile = (reference: string): boolean =>
  reference !== '' &&
  reference.length <= longestReference &&
  !control.test(reference) &&
  (!url.test(reference) || /^file:/i.test(reference));

interface Read {
  name: string | undefined;
  lines: PlaylistLine[];
}

/** https://en.wikipedia.org/wiki/M3U; `#EXT-X-` is HLS (RFC 8216), whose segments are no tracks. */
function readM3u(lines: readonly string[]): Read | undefined {
  const read: Read = { name: undefined, lines: [] };
  let info: RegExpExecArray | null = null;
  for (const line of lines) {
    if (/^#EXT-X-/i.test(line)) return undefined;
    info = /^#EXTINF:\s*(-?\d+(?:\.\d+)?)?[^,]*,(.*)$/i.exec(line) ?? info;
    read.name ??= plain(/^#PLAYLIST:(.*)$/i.exec(line)?.[1]);
    if (line === '' || line.startsWith('#')) continue;
    read.lines.push(lineOf(line, info?.[2], info?.[1]));
    info = null;
  }
  return read;
}

/** https://en.wikipedia.org/wiki/PLS_(file_format): numbered keys in any order. */
function readPls(lines: readonly string[]): Read {
  const values = new Map<string, string>();
  for (const line of lines) {
    const [, key, number, value] = /^(file|title|length)(\d{1,6})\s*=\s*(.*)$/i.exec(line) ?? [];
    if (key && value) values.set(`${key.toLowerCase()}${Number(number)}`, value);
  }
  const numbers = [...values.keys()].flatMap((key) => /^file(\d+)$/.exec(key)?.[1] ?? []).map(Number);
  const of = (key: string, number: number) => values.get(`${key}${number}`);
  return {
    name: undefined,
    lines: numbers
      .sort((a, b) => a - b)
      .map((number) => lineOf(of('file', number) ?? '', of('title', number), of('length', number))),
  };
}

function lineOf(reference: string, name: string | undefined, length: string | undefined): PlaylistLine {
  const seconds = Number(length);
  return {
    reference,
    name: plain(name) ?? (baseOf(reference.split(/[\\/]/).at(-1) ?? '') || reference).slice(0, longestName),
    seconds: seconds > 0 ? seconds : null,
  };
}

const plain = (text: string | undefined): string | undefined =>
  text
    ?.replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longestName) || undefined;
