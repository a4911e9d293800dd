import { findAirDate } from './air-date.js';
import type { FoundDate } from './air-date.js';
import { findCountedEpisode, findLoneNumber, findSeason, findSeasonEpisode } from './numbering.js';
import type { Numbering, NumberingContext } from './numbering-context.js';
import { isDigest, isObfuscated, isPlaceholder } from './obfuscated-name.js';
import { prepareName } from './prepared-name.js';
import type { ParsedName } from './parsed-name.js';
import { readReleaseFacts } from './release-facts.js';
import type { ReleaseFacts } from './release-facts.js';
import { leadingGroup, trailingGroup } from './release-group.js';
import { findYear } from './release-year.js';
import type { FoundYear } from './release-year.js';
import { secondOpinion } from './torrent-title.js';
import type { SecondOpinion } from './torrent-title.js';
import { technicalFront, titleBehind, titleInFront } from './title-place.js';

/** One name read by itself, before folders add to it. */
export interface ReadName extends ParsedName {
  /** The title stood behind the numbers: it may be the episode's own, and a folder knows better. */
  titleIsBehind: boolean;
  /** Nothing but letters: no number, year or technical word vouches for it. */
  isBare: boolean;
}

interface Numbers {
  numbering: Numbering | null;
  date: FoundDate | null;
  opinion: SecondOpinion | null;
}

const SPAN = /^\W?(?:19|20)\d\d ?- ?(?:19|20)\d\d(?!\d)/u;
/** Films that call themselves episodes. */
const EPISODES_OF_FILMS = /^star[ ._]wars[ ._:-]+episode/iu;
/** Their numbers count events, not episodes. */
const SPORTS = /^(?:ufc|wwe|bellator|formula[ .]?1|motogp)[ ._]/iu;
/** One disc of a film cut in parts. */
const DISC = /(?<=[ ._([-])(?:cd|dis[ck]|dvd)[ ._]?\d{1,2}(?:[ ._]?of[ ._]?\d{1,2})?(?![\p{L}\d])/iu;
const BROADCAST = /(?<!\p{L})(?:hdtv|pdtv|dsr|dsrip|tvrip|hdtvrip|sdtv|dvb|ws)(?!\p{L})/iu;
/** Numbers of pictures, sound and codecs, hidden from the search for episodes without moving anything. */
const PICTURE_AND_SOUND =
  /\d{3,4}(?:[x×*]| [x×*] )\d{3,4}p?|(?<!\d)\d{3,4}[pi](?!\p{L})|[xh][ .]?26[456]|(?<![\d.])\d{1,2}[ -]?bits?|(?:ddp?|aac|ac3|dts|flac|opus|hd|ma|truehd|atmos)[ .-]?[1-9][ .][0-2](?!\d)|(?<![\d.])[257][.][01](?![\d.])|\d+(?:\.\d+)?[ ]?(?:[kmg]b(?:[ ]?ps|it)?|[kmg]bps|fps|khz|ch)(?!\p{L})|mp[34]|ac3|aac-\d+/giu;

/** The place of numbers that another parser found and does not say where. */
const ELSEWHERE = Number.MAX_SAFE_INTEGER;

/** Reads one bare name (no folders). `around` is what the folders make plausible. */
export function parseName(name: string, around: Omit<NumberingContext, 'fansub' | 'broadcast'>): ReadName {
  const { text, hasChecksum } = prepareName(name);
  const lead = leadingGroup(text);
  const context: NumberingContext = {
    ...around,
    fansub: hasChecksum || lead !== null,
    broadcast: BROADCAST.test(text),
  };
  const front = technicalFront(text, lead?.length ?? 0);
  const early = readReleaseFacts(text, text.length, front);
  const { numbering, date, opinion } = readNumbers(text, context);
  const marks = Math.min(numbering?.start ?? text.length, date?.start ?? text.length);
  const found = findYear(text, Math.min(early.start, marks));
  const year =
    found && numbering && !outside(found, numbering) && !/[[(]/u.test(text.charAt(found.start))
      ? null
      : found;
  const cut = Math.min(marks, year?.start ?? text.length, early.start);
  const facts = cut < text.length ? readReleaseFacts(text, cut, front) : early;
  const isBare = cut === text.length;
  return {
    ...named(text, { numbering, date, year, facts, opinion, front, cut, lead: lead?.group ?? null }),
    ...numbers(text, numbering, date, year),
    resolution: facts.resolution,
    source: facts.source,
    videoCodec: facts.videoCodec,
    audioCodec: facts.audioCodec,
    releaseGroup: groupOf(text, lead?.group ?? null, facts, Math.min(cut, text.length), opinion),
    isBare,
  };
}

/** Sure forms first; then the second opinion where it has both numbers; bare numbers and lone seasons last. */
function readNumbers(text: string, context: NumberingContext): Numbers {
  if (isDigest(text) || (/^\d{4,}$/u.test(text) && !context.inSeriesFolder))
    return { numbering: null, date: null, opinion: null };
  const masked = text.replace(PICTURE_AND_SOUND, (hidden) => '\u00A7'.repeat(hidden.length));
  const date = findAirDate(masked);
  const both = findSeasonEpisode(masked);
  if (both)
    return {
      numbering: withNeighbouringAbsolute(both, masked, context),
      date: apart(date, both),
      opinion: null,
    };
  const season = findSeason(masked);
  const counted = EPISODES_OF_FILMS.test(text) ? null : findCountedEpisode(masked);
  if (counted) return { numbering: join(counted, season), date: apart(date, counted), opinion: null };
  if (date) return { numbering: season && outside(season, date) ? season : null, date, opinion: null };
  const trusting = context.libraryKind !== 'movies' && !SPORTS.test(text) && !EPISODES_OF_FILMS.test(text);
  const lone = trusting || context.fansub ? findLoneNumber(masked, context) : null;
  if (lone && season && endsIn(text.slice(0, season.start), lone.episodes))
    return { numbering: season, date, opinion: null };
  if (lone && (context.fansub || lone.season !== null) && (!season || outside(lone, season)))
    return { numbering: join(lone, season), date, opinion: null };
  const opinion = secondOpinion(text.replace(DISC, '').replace(/(atmos)[ .-]?\d[ .]\d/iu, '$1'));
  const agreed =
    season === null ||
    (season.season === opinion.seasons[0] && !endsIn(text.slice(0, season.start), opinion.episodes));
  if (trusting && agreed && opinion.seasons.length === 1 && opinion.episodes.length > 0)
    return { numbering: numbersOf(opinion), date, opinion };
  if (lone && (!season || outside(lone, season))) return { numbering: join(lone, season), date, opinion };
  const film = opinion.seasons.length === 0 && !context.fansub && findYear(text, text.length) !== null;
  const sequel =
    opinion.seasons.length === 0 && /- \d [[(](?:19|20)\d\d[\])]|^[1-9]\d{0,2}\.\p{L}/u.test(text);
  return { numbering: season ?? (trusting && !sequel && !film ? numbersOf(opinion) : null), date, opinion };
}

const apart = (date: FoundDate | null, numbering: Numbering): FoundDate | null =>
  date && outside(date, numbering) ? date : null;
/** `Show 00 S1`: the number before the season is part of the title. */
const endsIn = (head: string, episodes: number[]): boolean => {
  const last = /(\d+)[ ._]*$/u.exec(head);
  return last !== null && Number(last[1]) === episodes[0];
};

const outside = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.end <= b.start || a.start >= b.end;

/** An episode and a season found apart are one statement (`Show S21 999`, `2 сезон. Серия 5`). */
function join(episode: Numbering, season: Numbering | null): Numbering {
  if (!season || season.season === null || !outside(season, episode)) return episode;
  if (episode.season !== null) {
    return { ...episode, start: Math.min(season.start, episode.start) };
  }
  return {
    season: season.season,
    episodes: episode.episodes,
    absolute: (episode.episodes[0] ?? 0) > 99 ? episode.absolute : [],
    start: Math.min(season.start, episode.start),
    end: Math.max(season.end, episode.end),
  };
}

/** `Show 214 10x14`, `Show - 05 - S01E05`, `Show S10E14 214`: fansubs give both counts. */
function withNeighbouringAbsolute(both: Numbering, text: string, context: NumberingContext): Numbering {
  if (!context.fansub || /^s\d+[ .]*-[ .]*\d/iu.test(text.slice(both.start))) return both;
  const before = /[ .]+(?:-[ .]*|(?=\d{3}))(\d{2,4})(\.\d)?[ .]*-?[ .(]*$/u.exec(text.slice(0, both.start));
  if (before && before.index > 0) {
    const special = before[2] !== undefined;
    return { ...both, absolute: special ? [] : [Number(before[1])], start: before.index };
  }
  const after = /^[ .]+-?[ .]*\(?(\d{2,4}(?:-\d{2,4})*)\)?(?=$|[ .]*[[(-])/u.exec(text.slice(both.end));
  return after
    ? { ...both, absolute: (after[1] ?? '').split('-').map(Number), end: both.end + after[0].length }
    : both;
}

/** The second opinion's numbers, placed nowhere: its own title already leaves them out. */
function numbersOf(opinion: SecondOpinion): Numbering | null {
  const [first] = opinion.episodes;
  if (opinion.seasons.length === 0 && (first === undefined || (first >= 1900 && first < 2100))) return null;
  const season = opinion.seasons[0] ?? null;
  return {
    season,
    episodes: opinion.episodes,
    absolute: season === null ? opinion.episodes : [],
    start: ELSEWHERE,
    end: ELSEWHERE,
  };
}

type NumberFields = Pick<ParsedName, 'year' | 'season' | 'episodes' | 'absoluteEpisodes' | 'date'>;

function numbers(
  text: string,
  numbering: Numbering | null,
  date: FoundDate | null,
  year: FoundYear | null,
): NumberFields {
  const isSpan = year !== null && SPAN.test(text.slice(year.start, year.end + 6));
  const yearInDate = year && date && !outside(year, date);
  return {
    // «Collection (2001-2011)» is several films; a series is known by its first year.
    year: yearInDate || (isSpan && !numbering) ? null : (year?.year ?? null),
    season: numbering?.season ?? null,
    episodes: numbering?.episodes ?? [],
    absoluteEpisodes: numbering?.absolute ?? [],
    date: date?.date ?? null,
  };
}

interface Parts {
  numbering: Numbering | null;
  date: FoundDate | null;
  year: FoundYear | null;
  facts: ReleaseFacts;
  opinion: SecondOpinion | null;
  lead: string | null;
  front: number;
  cut: number;
}

function named(text: string, parts: Parts): Pick<ReadName, 'kind' | 'title' | 'titleIsBehind'> {
  const counted = parts.numbering !== null || parts.date !== null;
  if (!counted && (isObfuscated(text) || isPlaceholder(text)))
    return { kind: 'unknown', title: null, titleIsBehind: false };
  const { numbering, date, year, facts } = parts;
  const place = {
    ...parts,
    elsewhere: (numbering?.start ?? 0) === ELSEWHERE,
    spans: [numbering, date, year, { start: facts.start, end: text.length }].filter((span) => span !== null),
  };
  const inFront = titleInFront(text, place);
  const kind = counted ? 'episode' : 'movie';
  if (inFront) return { kind, title: inFront, titleIsBehind: false };
  const behind = titleBehind(text, place);
  if (behind) return { kind, title: behind, titleIsBehind: true };
  // A bracket in front that nothing follows is the title itself: `[Show].148.[XviD]`.
  return { kind: counted || parts.lead ? kind : 'unknown', title: parts.lead, titleIsBehind: false };
}

function groupOf(
  text: string,
  lead: string | null,
  facts: ReleaseFacts,
  cut: number,
  opinion: SecondOpinion | null,
): string | null {
  const trailing = trailingGroup(text, Math.min(cut, facts.start), facts.end);
  return lead ?? trailing ?? (facts.end > 0 ? opinion?.group : null) ?? null;
}
