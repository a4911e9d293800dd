import { globalPattern } from './global-pattern.js';
import { EPISODE_PATTERNS, SEASON_EPISODE_PATTERNS, SEASON_PATTERNS } from './numbering-patterns.js';
import type { NumberingPattern } from './numbering-patterns.js';
import { LONE_NUMBER_PATTERNS, readLoneNumber } from './lone-number-patterns.js';

/** Season and episode numbers and the stretch of the name they take. */
export interface Numbering {
  season: number | null;
  episodes: number[];
  absolute: number[];
  start: number;
  end: number;
}

/** What is known before the numbers are read; loose forms are believed only with such support. */
export interface NumberingContext {
  /** The season that the folder states, if the file lies in one. */
  folderSeason: number | null;
  /** The file lies in a season or specials folder. */
  inSeriesFolder: boolean;
  /** Title of the folder, normalised, for `The Simpsons/The Simpsons 12`. */
  folderTitle: string | null;
  /** A fansub bracket, a checksum or the like. */
  fansub: boolean;
  /** Recorded off television (`HDTV`, `PDTV`), where `307` is season 3, episode 7. */
  broadcast: boolean;
  libraryKind: 'movies' | 'series' | 'mixed';
}

/** `S01E02` and everything else that names season and episode together. */
export function findSeasonEpisode(text: string): Numbering | null {
  return /\d|[第сsc]/iu.test(text) ? first(SEASON_EPISODE_PATTERNS, text) : null;
}

/** An episode counted in words or signs (`Episode 12`, `E05`, `第05话`, `05 of 24`). */
export function findCountedEpisode(text: string): Numbering | null {
  return first(EPISODE_PATTERNS, text);
}

/** A season without an episode. */
export function findSeason(text: string): Numbering | null {
  return first(SEASON_PATTERNS, text);
}

function first(rows: readonly NumberingPattern[], text: string): Numbering | null {
  for (const row of rows) {
    const match = row.pattern.exec(text);
    const numbering = match && row.read(match, text);
    if (numbering) return numbering;
  }
  return null;
}

/** A bare number that the context lets pass for an episode. */
export function findLoneNumber(text: string, context: NumberingContext): Numbering | null {
  if (!/\d/u.test(text)) return null;
  for (const row of LONE_NUMBER_PATTERNS) {
    // The last acceptable place counts: titles hold numbers too («Area 51 - 07»).
    let found: Numbering | null = null;
    for (const match of text.matchAll(globalPattern(row.pattern))) {
      if (found && match.index < found.end) continue;
      if (row.accepts(match, context, text)) found = readLoneNumber(row, match, context, text);
    }
    if (found) return found;
  }
  return null;
}
