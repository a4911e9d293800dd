import { parseTorrentTitle } from '@viren070/parse-torrent-title';

/** What the third-party parser says. This is the only file that knows it; our own patterns come first, this is the second opinion. */
export interface SecondOpinion {
  title: string;
  seasons: number[];
  episodes: number[];
  year: number | null;
  group: string | null;
}

/**
 * Its patterns for mixed scripts take cubic time (0.2 s for 512 ideographs), so it sees no more than a real name holds:
 * file systems end names at 255 bytes, which is 85 ideographs.
 */
const LONGEST = 400;
const LONGEST_FOREIGN = 180;

const shown = (name: string): string => name.slice(0, /^[ -~]*$/u.test(name) ? LONGEST : LONGEST_FOREIGN);

/** What our own patterns do not read: languages (ISO 639-1) and the dynamic range. Never throws. */
export function spokenAndShown(name: string): { languages: string[]; hdr: string | null } {
  try {
    const { languages = [], hdr = [] } = parseTorrentTitle(shown(name));
    return {
      languages: languages.filter((language) => /^[a-z]{2,3}(?:-[a-z0-9]+)?$/iu.test(language)),
      hdr: ranges.find(([word]) => hdr.includes(word))?.[1] ?? null,
    };
  } catch {
    return { languages: [], hdr: null };
  }
}

/** As it calls dynamic ranges, and as everything else here does; the widest first. */
const ranges = [
  ['DV', 'dolby-vision'],
  ['HDR10+', 'hdr10plus'],
  ['HDR', 'hdr10'],
  ['HLG', 'hlg'],
] as const;

/** Reads one bare name (no folders, no ending). Never throws: a name that trips the parser gives an empty opinion. */
export function secondOpinion(name: string): SecondOpinion {
  try {
    const parsed = parseTorrentTitle(shown(name));
    const year = Number(parsed.year?.slice(0, 4));
    return {
      title: parsed.title ?? '',
      seasons: parsed.seasons ?? [],
      episodes: parsed.episodes ?? [],
      year: Number.isInteger(year) && year > 0 ? year : null,
      group: parsed.group ?? null,
    };
  } catch {
    return { title: '', seasons: [], episodes: [], year: null, group: null };
  }
}
