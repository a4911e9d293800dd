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

/** Reads one bare name (no folders, no ending). Never throws: a name that trips the parser gives an empty opinion. */
export function secondOpinion(name: string): SecondOpinion {
  try {
    const parsed = parseTorrentTitle(name.slice(0, /^[ -~]*$/u.test(name) ? LONGEST : LONGEST_FOREIGN));
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
