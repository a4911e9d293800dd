import { type AttentionFile, type FileMatch, fileMatch } from '@hearth/contract/library';

/** What is typed into the form, as text. */
export interface MatchDraft {
  readonly kind: 'movie' | 'episode';
  readonly name: string;
  readonly year: string;
  readonly season: string;
  readonly episodes: string;
}
export type MatchFault = 'needName' | 'badYear' | 'badSeason' | 'badEpisodes';

const text = (value: number | null) => (value === null ? '' : String(value));

/** The form as the server’s guess fills it in. */
export function draftOf({ kind, name, year, season, episodes }: AttentionFile['guess']): MatchDraft {
  return {
    kind: kind === 'episode' ? 'episode' : 'movie',
    name: name ?? '',
    year: text(year),
    season: text(season ?? (kind === 'episode' ? 1 : null)),
    episodes: episodes.join(', '),
  };
}

/** `3`, `3-5`, `3, 5` as numbers in order; null for anything else. */
export function parseEpisodes(written: string): number[] | null {
  const numbers = new Set<number>();
  for (const part of written.split(',')) {
    const [, from = '', to] = /^\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5})\s*)?$/.exec(part) ?? [];
    if (from === '') return null;
    const [first, last] = [Number(from), Number(to ?? from)];
    if (last < first || last - first >= 50) return null;
    for (let number = first; number <= last; number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** What the form means, or everything that is wrong with it. */
export function readDraft(draft: MatchDraft): { match: FileMatch } | { faults: MatchFault[] } {
  const faults: MatchFault[] = [];
  const name = draft.name.trim();
  const year = draft.year.trim() === '' ? null : Number(draft.year);
  const season = Number(draft.season);
  const episodes = parseEpisodes(draft.episodes);
  if (!name) faults.push('needName');
  if (year !== null && !(Number.isInteger(year) && year >= 1870 && year <= 2200)) faults.push('badYear');
  if (draft.kind === 'episode') {
    if (!/^\d{1,4}$/.test(draft.season.trim())) faults.push('badSeason');
    if (!episodes) faults.push('badEpisodes');
  }
  const parsed = fileMatch.safeParse(
    draft.kind === 'movie'
      ? { kind: 'movie', name, year }
      : { kind: 'episode', name, year, season, episodes },
  );
  if (faults.length > 0 || !parsed.success) return { faults: faults.length > 0 ? faults : ['needName'] };
  return { match: parsed.data };
}
