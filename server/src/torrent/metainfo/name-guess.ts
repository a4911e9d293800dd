import { parseTorrentTitle } from '@viren070/parse-torrent-title';
import type { NameGuess } from '@hearth/contract/torrent';
import { withoutMediaEnding } from './file-kinds.js';

/**
 * The library's patterns for mixed scripts take cubic time (0.2 s for 512 ideographs): it sees no more than a real name
 * holds, as file systems end names at 255 bytes.
 */
const LONGEST = 255;
const LONGEST_FOREIGN = 120;

export const emptyGuess: NameGuess = Object.freeze({
  title: '', year: null, season: null, episodes: [],
  resolution: null, source: null, videoCodec: null, audioCodec: null,
}); // prettier-ignore

/** What one name says, without folders; never throws. This file alone knows the library. */
export function guessName(name: string): NameGuess {
  const stem = withoutMediaEnding(name);
  const shown = stem.slice(0, /^[ -~]*$/u.test(stem) ? LONGEST : LONGEST_FOREIGN).toWellFormed();
  try {
    const parsed = parseTorrentTitle(shown);
    const year = Number(parsed.year?.slice(0, 4));
    return {
      title: parsed.title?.trim() ?? '',
      year: Number.isInteger(year) && year > 0 ? year : null,
      season: parsed.seasons?.[0] ?? null,
      episodes: [...(parsed.episodes ?? [])],
      resolution: parsed.resolution ?? null,
      source: parsed.quality ?? null,
      videoCodec: parsed.codec ?? null,
      audioCodec: parsed.audio?.[0] ?? null,
    };
  } catch {
    return { ...emptyGuess, title: shown };
  }
}

/** A title that says nothing about the work: `03`, `Episode 3`, `Season 2`, `CD1`, nothing. */
const NO_TITLE =
  /^(?:(?:s|season|series|saison|staffel|temporada|episode|ep|e|part|track|cd|disc|disk|dvd|title|chapter|video|subs?|subtitles?)?[ ._-]*\d*)$/iu;

/** `03`, `03 - The Wind`, `Episode 3.mkv`: the number of an episode in a season's folder. */
const LEADING_NUMBER = /^\s*(?:episode|ep?)?[ ._-]*(\d{1,3})(?=$|[ ._-]+\D|[ ._-]*\.[a-z0-9]+$)/iu;

/**
 * What a file's name says, completed by its folders and the torrent's name. They are read apart: the library takes
 * `Season 2/03 - …` for seasons 2 and 3. A pack's episodes are never a file's.
 * @param above guesses of the folders and the torrent, nearest first
 */
export function guessFile(name: string, above: readonly NameGuess[]): NameGuess {
  const own = guessName(name);
  const inherit = <K extends keyof NameGuess>(key: K): NameGuess[K] =>
    own[key] ?? above.find((guess) => guess[key] !== null)?.[key] ?? own[key];
  const numbered = own.season === null && above.some(({ season }) => season !== null);
  const number = numbered ? LEADING_NUMBER.exec(name)?.[1] : undefined;
  const titled = number === undefined && !NO_TITLE.test(own.title);
  return {
    title: titled ? own.title : (above.find(({ title }) => !NO_TITLE.test(title))?.title ?? own.title),
    year: inherit('year'),
    season: inherit('season'),
    episodes: number === undefined ? own.episodes : [Number(number)],
    resolution: inherit('resolution'),
    source: inherit('source'),
    videoCodec: inherit('videoCodec'),
    audioCodec: inherit('audioCodec'),
  };
}
