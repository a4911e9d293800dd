import { extensionOf } from '../../sidecar/file-kind.js';
import { readSubtitleName } from '../../sidecar/subtitle-name.js';
import type { ContentFile, TorrentContents } from '../torrent-contents.js';

/** Where a file of a torrent goes, below a library's folder. */
export interface KeptName {
  readonly index: number;
  readonly path: string;
  readonly size: number;
}

/** What no file system takes, nor a network share. */
const forbidden = /[<>:"/\\|?*\p{Cc}]/gu;
const digits = (number: number): string => String(number).padStart(2, '0');

/** A name as a part of a path, everywhere: never empty, hidden, or only dots. */
export const harmless = (name: string): string =>
  name
    .replaceAll(forbidden, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '')
    .slice(0, 120)
    .trim() || 'Untitled';

/** `Title (Year)/Title (Year).mkv`, `Series (Year)/Season 01/Series (Year) - S01E02.mkv`, subtitles beside. Pure. */
export function keptNames(contents: TorrentContents, wanted: ReadonlySet<number>): KeptName[] {
  const title = harmless(contents.year === null ? contents.name : `${contents.name} (${contents.year})`);
  const kept = contents.files.filter(({ info }) => wanted.has(info.index));
  const taken = new Set<string>();
  return kept.flatMap((file) => {
    const base = free(baseOf(title, file), extensionOf(file.info.name), taken);
    const { index, size, name } = file.info;
    const film = { index, size, path: `${base}.${extensionOf(name) || 'mkv'}` };
    return [film, ...subtitleNames(base, file, taken)];
  });
}

function baseOf(title: string, { info, episodes, extraKind }: ContentFile): string {
  if (extraKind !== null) return `${title}/Extras/${harmless(info.name.replace(/\.[^.]*$/, ''))}`;
  const [first, ...others] = episodes;
  if (!first) return `${title}/${title}`;
  const last = others.at(-1);
  const code = `S${digits(first.season)}E${digits(first.number)}${last ? `-E${digits(last.number)}` : ''}`;
  const name = first.name === null ? '' : ` - ${harmless(first.name)}`;
  return `${title}/Season ${digits(first.season)}/${title} - ${code}${name}`;
}

function subtitleNames(base: string, { info, subtitles }: ContentFile, taken: Set<string>): KeptName[] {
  const own = info.name.replace(/\.[^.]*$/, '');
  return subtitles.flatMap(({ index, name, size }) => {
    const said = readSubtitleName(name, own) ?? readSubtitleName(name, null);
    if (!said) return [];
    const words = [said.language, said.forced && 'forced', said.hearingImpaired && 'sdh'].filter(Boolean);
    const path = free([base, ...words].join('.'), said.format, taken);
    return [{ index, size, path: `${path}.${said.format}` }];
  });
}

/** The same name twice in one torrent are two versions. */
function free(base: string, extension: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} - ${number}`;
    const key = `${name}.${extension}`.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}
