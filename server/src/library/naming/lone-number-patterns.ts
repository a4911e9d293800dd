import { episodeChain } from './episode-chain.js';
import type { Numbering, NumberingContext } from './numbering-context.js';

/** A number with no word beside it. Each row says what support it needs before it counts as an episode. */
export interface LoneNumberPattern {
  name: string;
  example: string;
  pattern: RegExp;
  /** Compressed numbers (`307`) give a season; the others count without one. */
  compressed?: true;
  accepts: (match: RegExpExecArray, context: NumberingContext, text: string) => boolean;
}

const YEAR = /^(?:19|20)\d\d$/u;
/** Lines of a picture and the like are not episodes, wherever they stand. */
const TECHNICAL = /^(?:264|265|360|480|540|576|720|1080|1280|1440|1920|2160)$/u;
const number = (match: RegExpExecArray): string => match.groups?.['e'] ?? '';
const plain = (match: RegExpExecArray, context?: NumberingContext): boolean =>
  !YEAR.test(number(match)) &&
  (!TECHNICAL.test(number(match)) ||
    (context?.fansub === true && (/^26[45]$/u.test(number(match)) || / - \d+$/u.test(match[0]))));
const supported = (context: NumberingContext): boolean =>
  context.fansub || context.inSeriesFolder || context.libraryKind === 'series';

const TAIL =
  '(?:$|[ ._]*[\\[(]|[ ._]+[-~]|[ ._]*-[ ._]|[ ._]+(?:vost|vosta|vf|multi|raw|end|fin|final|sub|web|dvd|bd|tv|hdtv|x26|h26|\\d{3,4}p))';
const re = (source: string): RegExp => new RegExp(source, 'iu');

export const LONE_NUMBER_PATTERNS: readonly LoneNumberPattern[] = [
  {
    name: 'compressed season and episode',
    example: 'Show.307.HDTV, show.0106 in Season 1, The Office [401] in Season 4',
    pattern: re(
      '(?<=[\\p{L}\\d!?)\'"]{1}[ ._-]{1,3}[\\[(]?|^)(?<e>\\d{3,4})(?=$|[ ._\\])-])(?![ ._-]*(?:p|i|x|bit|ch|kb|mb)(?!\\p{L}))',
    ),
    compressed: true,
    accepts: (match, context, text) => {
      const digits = number(match);
      const season = Number(digits.slice(0, -2));
      if (digits.endsWith('00') && !context.broadcast) return false;
      if (context.folderSeason !== null)
        return season === context.folderSeason && (digits.length > 3 || match.index > 0 || season > 0);
      if (/^(?:ufc|wwe|bellator|nba|nfl)[ ._]/iu.test(text)) return false;
      if (!context.broadcast || context.fansub || context.libraryKind === 'movies' || match.index === 0)
        return false;
      return plain(match, context) && season > 0 && season < 30;
    },
  },
  {
    name: 'range of numbers',
    example: '[Group] Show - 01 - 12 [1080p], [Group] Show 091-123 (WEB)',
    pattern: re(
      '(?<=[^ ._-][ ._]*)[ ._-]+(?<e>\\d{1,4})(?=(?<dash>[ ]?[-~][ ]?)(?<last>\\d{2,4})[ ._]*(?:[\\[(]|$))',
    ),
    accepts: (match, context) =>
      plain(match) &&
      context.fansub &&
      Number(match.groups?.['last']) > Number(number(match)) &&
      // «Show 2 - 03» is a second series' third episode.
      (number(match).startsWith('0') ||
        match.groups?.['dash']?.length === 1 ||
        match.groups?.['dash'] === ' ~ '),
  },
  {
    name: 'dash and number',
    example: '[Group] Show - 05v2 [1080p], Show - 031 - Title',
    pattern: re(
      `(?<=[^ ._-][ ._]*)(?:[ ._]-[ ._]*|(?<=[\\p{L})\\]!?])-[ ._]?)(?<e>\\d{1,4})(?=(?:\\.5|v\\d|[a-c])?(?:[-~+&]\\d{1,4}(?:v\\d)?)*${TAIL})`,
    ),
    accepts: (match, context, text) => {
      const rest = text.slice(match.index + match[0].length);
      // «300 - 2 (2006)» is a sequel, «1917 - 720p» a picture height.
      if (/^[ ._]*[[(](?:19|20)\d\d[\])]/u.test(rest) && !supported(context) && number(match).length < 2)
        return false;
      if (/(?:movie|film|part|vol(?:ume)?|chapter)[ ._]*$/iu.test(text.slice(0, match.index))) return false;
      return (
        plain(match, context) &&
        (number(match).length > 1 || supported(context) || /^(?:v\d|[ ]-[ ])/u.test(rest))
      );
    },
  },
  {
    name: 'bracketed number',
    example: '[Group][Show][05][1080p], Show [12END]',
    pattern: re(
      '[\\[(](?:tv|vol\\.?|nr\\.?)?[ ]?(?<e>\\d{1,4})(?=(?:v\\d|\\.5)?(?:[ ]?[-~&+,][ ]?\\d{1,4})*(?:[ ._-]*(?:end|fin|完|v\\d))?(?:[ ]?[+].{0,14})?[\\])])',
    ),
    accepts: (match, context) =>
      plain(match, context) &&
      (context.fansub || supported(context) || number(match).startsWith('0')) &&
      match.index > 0,
  },
  {
    name: 'number behind a fansub title',
    example: '[Group] Show 05 [1080p], [Group] Show 05v2',
    pattern: re(
      `(?<=(?:[\\p{L}\\d!?)\\]'~:-]|\\p{L}{3}\\.)[ ._]+)(?<!\\d\\.)(?<e>\\d{1,4})(?=(?:\\.5|[ ]?v\\d)?(?:[-~]\\d{1,4})?${TAIL})`,
    ),
    accepts: (match, context, text) =>
      plain(match, context) &&
      !/(?:movie|film|part|vol(?:ume)?)[ ._]*$/iu.test(text.slice(0, match.index)) &&
      (number(match).length > 1 || !/^[ ._]*-/u.test(text.slice(match.index + match[0].length))) &&
      (context.fansub ||
        (context.inSeriesFolder && context.libraryKind !== 'movies' && number(match).length > 1)),
  },
  {
    name: 'fansub number before an episode title',
    example: '[Group]Show 01 Title [ABCD1234]',
    pattern: re('(?<=\\p{L}[ ._]+)(?<e>0\\d{1,2})(?=v?\\d?[ ._]+\\p{L})'),
    accepts: (_match, context) => context.fansub || context.inSeriesFolder,
  },
  {
    name: 'part of a broadcast mini-series',
    example: 'Show.Part.2.HDTV',
    pattern: re('(?<=[\\p{L}\\d][ ._-]+)part[ ._-]?(?<e>\\d{1,2})(?=[ ._-])'),
    accepts: (_match, context) => context.broadcast && context.libraryKind !== 'movies',
  },
  {
    name: 'number before a broadcast or language word',
    example: 'Show.02.FRENCH.DVDRip, Show 484 VOSTFR',
    pattern: re('(?<=\\p{L}[ ._]+)(?<e>\\d{1,4})(?:v\\d)?(?=[ ._]+(?:vost|french|pdtv|subbed|dubbed))'),
    accepts: (match, context) =>
      plain(match, context) &&
      context.libraryKind !== 'movies' &&
      (number(match).length > 1 || context.broadcast) &&
      (!context.broadcast || Number(number(match)) < 100),
  },
  {
    name: 'leading number in a series folder',
    example: 'Season 2/16 Some Title, Season 2/03 - Title, 07',
    pattern: re(
      '^(?:\\[[^\\]]*\\][ ]?)?(?<e>\\d{1,4})(?=$|(?:v\\d)?(?:[-+]\\d{1,3})*(?:[ ._]+-?[ ._]*|[ ._]*-[ ._]*)(?=[^\\d\\s._-]|\\d))(?!\\.\\d)',
    ),
    accepts: (match, context, text) =>
      plain(match, context) &&
      (context.inSeriesFolder ||
        numberedInShow(match, context, text) ||
        (context.fansub && /^\[.*\D(?:0\d+|\d{2,3}(?= -))$/u.test(match[0]))),
  },
  {
    name: 'leading zeroed number',
    example: '03-Some.Show, 01 - Title',
    pattern: re('^(?<e>0\\d{1,2})(?=(?:-\\d{2,3})?(?:[ ._]*-[ ._]*|\\.[ ]|[ ._]+)\\p{L})'),
    accepts: (match, context, text) =>
      context.libraryKind !== 'movies' && !/^[ ._-]*(?:movie|film)/iu.test(text.slice(match[0].length)),
  },
  {
    name: "number behind the folder's own title",
    example: 'The Simpsons/The Simpsons 12',
    pattern: re('(?<=\\p{L}[ ._-]+)(?<e>\\d{1,4})$'),
    accepts: (match, context, text) =>
      !YEAR.test(number(match)) &&
      context.folderTitle !== null &&
      normalised(text.slice(0, match.index)) === context.folderTitle,
  },
];

/** `The Boats/02.avi`: all of the name is a number, and the folder's title is another. */
function numberedInShow(match: RegExpExecArray, context: NumberingContext, text: string): boolean {
  return match[0] === text && text.length < 4 && context.folderTitle !== null && context.folderTitle !== text;
}

/** Lower case, letters and digits only: enough to tell that two titles are one. */
export function normalised(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Turns a match into numbers: `307` → season 3 episode 7 where compressed, otherwise a chain (`01-03`). */
export function readLoneNumber(
  row: LoneNumberPattern,
  match: RegExpExecArray,
  context: NumberingContext,
  text: string,
): Numbering {
  const digits = number(match);
  const end = match.index + match[0].length;
  if (row.compressed) {
    const season = Number(digits.slice(0, -2));
    return { season, ...compressedRun(text, digits, end), absolute: [], start: end - digits.length };
  }
  const chain = episodeChain(text, Number(digits), end, null, true);
  const counted = context.folderSeason !== null && !context.fansub;
  return {
    season: null,
    episodes: chain.episodes,
    absolute: counted ? [] : chain.episodes,
    start: match.index,
    end: chain.end,
  };
}

/** `103.104` and `10708` name two episodes of one season. */
function compressedRun(text: string, digits: string, end: number): { episodes: number[]; end: number } {
  const first = Number(digits.slice(-2));
  const next = /^[ ._-](\d{3,4})(?![\d\p{L}])/u.exec(text.slice(end));
  if (next && Number(next[1]) === Number(digits) + 1)
    return { episodes: [first, first + 1], end: end + next[0].length };
  return { episodes: [first], end };
}
