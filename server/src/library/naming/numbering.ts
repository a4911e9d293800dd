import { globalPattern } from './global-pattern.js';
import { EPISODE_PATTERNS, SEASON_EPISODE_PATTERNS, SEASON_PATTERNS } from './numbering-patterns.js';
import type { NumberingPattern } from './numbering-patterns.js';
import type { Numbering, NumberingContext } from './numbering-context.js';
import { LONE_NUMBER_PATTERNS, readLoneNumber } from './lone-number-patterns.js';

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
