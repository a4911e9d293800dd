import { parseTorrentTitle } from '@viren070/parse-torrent-title';

/** What the third-party parser says. This is the only file that knows it; our own patterns come first, this is the second opinion. */
export interface SecondOpinion {
  title: string;
  seasons: number[];
  episodes: number[];
  year: number | null;
  group: string | null;
}

/** Reads one bare name (no folders, no ending). Never throws: a name that trips the parser gives an empty opinion. */
export function secondOpinion(name: string): SecondOpinion {
  try {
    const parsed = parseTorrentTitle(name);
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
