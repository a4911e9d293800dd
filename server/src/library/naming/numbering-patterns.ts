import { episodeChain } from './episode-chain.js';
import type { Numbering } from './numbering-context.js';
import { EPISODE_WORD, HAN_EPISODE, HAN_SEASON, SEASON_WORD } from './numbering-words.js';
import { NUMERAL, numeral } from './numerals.js';

/** One way of writing season and episode. Rows are tried in order; the first that reads wins. */
export interface NumberingPattern {
  name: string;
  example: string;
  pattern: RegExp;
  read: (match: RegExpExecArray, text: string) => Numbering | null;
}

const G = '[ ._]*';
const B = '(?<![\\p{L}\\p{N}])';
/** Between a season and its episode: blanks, dots, dashes, commas, brackets, slashes. */
const GAP = '[ ._,:/|()\\[\\]-]{0,4}';

const make = (source: string): RegExp => new RegExp(source, 'iu');

/** Season in group `s`, episode in group `e`, more episodes may follow. */
function seasonAndEpisode(match: RegExpExecArray, text: string): Numbering | null {
  const season = numeral((match.groups?.['s'] ?? '').replace(/o/giu, '0'));
  const first = numeral(match.groups?.['e'] ?? '');
  if (season === null || first === null) return null;
  const chain = episodeChain(text, first, match.index + match[0].length, season);
  return { season, episodes: chain.episodes, absolute: [], start: match.index, end: chain.end };
}

function crossed(match: RegExpExecArray, text: string): Numbering | null {
  const season = Number(match.groups?.['s']);
  const first = Number(match.groups?.['e']);
  // 1920x800 and 16x9 are pictures; a year as season never has that many episodes.
  if ((season > 1000 && first > 366) || (season === 16 && first === 9)) return null;
  return seasonAndEpisode(match, text);
}

function episodeAlone(match: RegExpExecArray, text: string): Numbering | null {
  const first = numeral(match.groups?.['e'] ?? '');
  if (first === null) return null;
  const last = Number(match.groups?.['last'] ?? NaN);
  const end = match.index + match[0].length;
  if (last > first) {
    const episodes = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return { season: null, episodes, absolute: episodes, start: match.index, end };
  }
  const chain = episodeChain(text, first, end, null, true);
  return {
    season: null,
    episodes: chain.episodes,
    absolute: chain.episodes,
    start: match.index,
    end: chain.end,
  };
}

/** Forms that say in themselves that they count seasons and episodes. */
export const SEASON_EPISODE_PATTERNS: readonly NumberingPattern[] = [
  {
    name: 'S01E02 and its kin',
    example: 'Show.S01E02E03, Show s1 - e2, Show S01xE02, Show T1E2',
    pattern: make(
      `${B}(?:s${G}(?<s>(?:o?\\d|\\d{1,4}))|t(?<t>\\d{1,2}))(?:${GAP}(?:x?e(?:p(?:isode)?)?s?)|x)[ ._-]{0,2}(?<e>\\d{1,5})(?!\\d)`,
    ),
    read: (match, text) => {
      const groups = match.groups;
      if (groups && groups['t'] !== undefined) groups['s'] = groups['t'];
      return seasonAndEpisode(match, text);
    },
  },
  {
    name: 'numbers before the words',
    example: '2 сезон 5 серия, 4. Sezon 10. Bölüm, 1ª Temporada Ep 3',
    pattern: make(
      `${B}(?<s>\\d{1,2})(?:st|nd|rd|th|-?(?:й|ой|я)|[ªº°.])?${G}${SEASON_WORD}${GAP}(?:${EPISODE_WORD}[ ._:#-]{0,3}(?<e>\\d{1,4})|(?<f>\\d{1,4})(?:-?я|[.])?${G}${EPISODE_WORD}(?!\\p{L}|[ ._]*\\d{1,3}(?!\\d)))(?!\\d)`,
    ),
    read: (match, text) => {
      const groups = match.groups;
      if (groups) groups['e'] ??= groups['f'] ?? '';
      return seasonAndEpisode(match, text);
    },
  },
  {
    name: 'season and episode in words',
    example: 'Season 1 Episode 2, Staffel 2 Folge 3, Saison VII Ep 4',
    pattern: make(
      `${B}${SEASON_WORD}[ ._:#-]{0,3}(?<s>${NUMERAL})${GAP}${EPISODE_WORD}[ ._:#№-]{0,3}(?<e>${NUMERAL})(?![\\d])`,
    ),
    read: seasonAndEpisode,
  },
  {
    name: 'Chinese, Japanese and Korean counters',
    example: '第2季 第05集, シーズン1 第3話',
    pattern: make(
      `(?:第[ ]?(?<s>${NUMERAL})[ ]?(?:${HAN_SEASON})|シーズン[ ]?(?<t>\\d+))[ ._-]*第?[ ]?(?<e>${NUMERAL})[ ]?(?:${HAN_EPISODE})`,
    ),
    read: (match, text) => {
      const groups = match.groups;
      if (groups) groups['s'] ??= groups['t'] ?? '';
      return seasonAndEpisode(match, text);
    },
  },
  {
    name: '1x02',
    example: 'Show - 1x02-1x03, Show [2.05], 2009x03x04',
    pattern: make(
      `${B}(?<s>(?:19|20)\\d\\d|\\d{1,2})x(?<e>\\d{1,3})(?=$|[^\\d\\p{L}]|[xv]\\d|[ab](?![\\p{L}\\p{N}])|e\\d)`,
    ),
    read: crossed,
  },
  {
    name: 'season, then a dash and a number',
    example: 'Show S2 - 07, Show Season 2 - 07',
    pattern: make(
      `${B}(?:s(?=\\d)|${SEASON_WORD}[ .]?(?=\\d{1,2}[ ._]*-[ ._]*\\d\\d))(?<s>\\d{1,2})[ ._]+-[ ._]*(?<e>\\d{1,4})(?=(?:v\\d)?(?:$|[ ._]*(?:[\\[(-]|end|fin|vostfr|\\.)|[ ]+\\D))`,
    ),
    read: (match, text) => seasonAndEpisode(match, text),
  },
  {
    name: 'two pairs of digits at the end',
    example: 'show_03_19, Show.02.10, Show 03-20',
    pattern: make(
      '(?<=\\p{L}[ ._-]|\\d{4}-)(?<s>0[1-9](?=[ ._-])|[1-3]\\d(?=[ .]))[ ._-](?<e>\\d\\d)(?=(?:[ ._-]F)?$)',
    ),
    read: (match, text) => {
      return /[[\]]/u.test(text) ? null : seasonAndEpisode(match, text);
    },
  },
  {
    name: 'ordinal season, then a dash and a number',
    example: 'Show 2nd Season - 07',
    pattern: make(`${B}(?<s>\\d{1,2})(?:st|nd|rd|th)[ ._]season[ ._]*-[ ._]*(?<e>\\d{1,4})(?!\\d)`),
    read: seasonAndEpisode,
  },
  {
    name: 'season, then a bracketed number',
    example: 'Show S2 [05][1080p]',
    pattern: make(
      `${B}(?:s|${SEASON_WORD}[ ]?)(?<s>\\d{1,2})\\]?[ ]?\\[(?:ep?[ .]?)?(?!720|480|540|360)(?<e>\\d{1,3})(?=(?:v\\d|end|fin)?\\])`,
    ),
    read: seasonAndEpisode,
  },
];

/** An episode counted without a season. */
export const EPISODE_PATTERNS: readonly NumberingPattern[] = [
  {
    name: 'numbered specials',
    example: 'Show SP01, Show - OVA 2',
    pattern: make(`${B}(?:sp|ova|oad|oav)[ ._-]{0,3}(?<e>\\d{1,2})(?=$|v\\d|[^\\d\\p{L}.]|\\.\\D)`),
    read: (match) => {
      const episode = Number(match.groups?.['e']);
      return {
        season: 0,
        episodes: [episode],
        absolute: [],
        start: match.index,
        end: match.index + match[0].length,
      };
    },
  },
  {
    name: 'n of m',
    example: 'Show.05.of.24, Show [05 of 24], Show (1/6)',
    pattern: make(
      `${B}(?:ep(?:isode)?[ ._]?|part[ ._]?)?(?<e>\\d{1,3})(?:[ ._]*(?:of|из|von)[ ._]*|[ ]?/[ ]?(?=\\d+[\\])]))(?<of>\\d{1,3})(?![\\d\\p{L}])`,
    ),
    read: (match, text) => {
      const episode = Number(match.groups?.['e']);
      const all = Number(match.groups?.['of']);
      if (episode === 0 || episode > all) return null;
      // «Серии: 5 из 20» and «[26 из 26]» count what a pack holds.
      const pack =
        /из/iu.test(match[0]) && (episode === all || /серии[ :]*$/iu.test(text.slice(0, match.index)));
      const episodes = pack ? Array.from({ length: episode }, (_, index) => index + 1) : [episode];
      return {
        season: null,
        episodes,
        absolute: episodes,
        start: match.index,
        end: match.index + match[0].length,
      };
    },
  },
  {
    name: 'season inside the episode number',
    example: 'Episode 1.22, Cap.209',
    pattern: make(
      `${B}(?:episode[ ](?<s>\\d{1,2})\\.(?<e>\\d\\d)|caa?p\\.?[ ]?(?<t>\\d{1,2})(?<f>\\d\\d))(?:[_ -](?<t2>\\d{1,2})(?<last>\\d\\d))?(?![\\d\\p{L}])`,
    ),
    read: (match) => {
      const { s, e, t, f, last } = match.groups ?? {};
      const first = Number(e ?? f);
      const episodes = Array.from(
        { length: Math.max(1, Number(last ?? first) - first + 1) },
        (_, index) => first + index,
      );
      return {
        season: Number(s ?? t),
        episodes,
        absolute: [],
        start: match.index,
        end: match.index + match[0].length,
      };
    },
  },
  {
    name: 'episode word',
    example: 'Show Episode 12, Show Ep. 5, Show - Folge 3, Show EP05-EP06',
    pattern: make(`${B}(?:${EPISODE_WORD})[ ._:#№-]{0,3}(?<e>\\d{1,4})(?![\\d\\p{L}]*[\\d]{5})(?!\\d)`),
    read: episodeAlone,
  },
  {
    name: 'E05',
    example: 'Show.E05.1080p',
    pattern: make(
      `(?:${B}|(?<=[^\\p{ASCII}]))e(?<e>\\d{2,4})(?=$|[^\\d\\p{L}]|[ve]\\d|[a-d](?![\\p{L}\\d]))`,
    ),
    read: episodeAlone,
  },
  {
    name: 'number before the episode word',
    example: '5 серия, 69.Bölüm, 01 BLM',
    pattern: make(
      `${B}(?<e>\\d{1,4})(?:[-~](?<last>\\d{1,4}))?(?:-?[яй]|[.])?[ .]?(?:ser[iy][jy]?[aei]|сери[яийю]|серія|выпуск|b[oö]l[uü]m|blm|rész|jakso|odc)(?!\\p{L})`,
    ),
    read: episodeAlone,
  },
  {
    name: 'Chinese, Japanese and Korean counters alone',
    example: '第05话, 第01-12集, 12화',
    pattern: make(
      `(?:第[ ]?(?<e>${NUMERAL})(?:[ ]?[-~][ ]?第?(?<last>\\d{1,4}))?[ ]?(?:${HAN_EPISODE})?(?:v\\d)?(?![\\p{L}\\d]*[季期部])|(?<![\\d第.])(?<f>\\d{1,4})(?:화|회|話|话|集(?!\\p{L})))`,
    ),
    read: (match, text) => {
      const groups = match.groups;
      if (groups) groups['e'] ??= groups['f'] ?? '';
      return episodeAlone(match, text);
    },
  },
  {
    name: '#05',
    example: 'Show #957 (1280x720)',
    pattern: make(`(?<=[ ._\\[-])#[ ]?(?<e>\\d{2,4})(?=$|v\\d|[^\\d\\p{L}])`),
    read: episodeAlone,
  },
];

/** A whole season: no episode numbers. Only where nothing above matched. */
export const SEASON_PATTERNS: readonly NumberingPattern[] = [
  {
    name: 'S01',
    example: 'Show.S01.1080p, Show.S01-S03',
    pattern: make(
      `${B}(?<!-(?=s\\d+[\\])]?$))s(?<s>\\d{1,2}|(?:19|20)\\d\\d)(?:[ ]?[-~][ ]?(?:s\\d{1,2}|\\d\\d?(?![\\d\\p{L}])))?(?=$|[^\\d\\p{L}]|v\\d|extras|d(?:vd|is[ck])?\\d)`,
    ),
    read: seasonAlone,
  },
  {
    name: 'ordinal season',
    example: 'Show 2nd Season 24, Show Second Season',
    pattern: make(
      `${B}(?<s>\\d{1,2}(?=st|nd|rd|th)|first|second|third|fourth|fifth|sixth)(?:st|nd|rd|th)?[ ._]season(?!\\p{L})`,
    ),
    read: seasonAlone,
  },
  {
    name: 'season word',
    example: 'Show Season 2, Show - Staffel 3 komplett, Saison VII, 1xAll',
    pattern: make(
      `${B}(?:${SEASON_WORD})[ ._:#№-]{0,3}(?!(?:19|20)\\d\\d[ ._])(?<s>${NUMERAL})(?:[ ]?(?:[-~&,]|to|thru|and)[ ]?\\d\\d?(?![\\d\\p{L}]))?(?![\\p{L}\\d])`,
    ),
    read: seasonAlone,
  },
  {
    name: 'ordinal before the season word',
    example: 'Show 2nd Season, Show - Second Season, 3 сезон, 4.Sezon',
    pattern: make(
      `${B}(?<s>\\d{1,2})(?:st|nd|rd|th|-?(?:й|ой|я|ий)|[ªº°.])?[ ._]{0,2}(?:${SEASON_WORD})(?!\\p{L})`,
    ),
    read: seasonAlone,
  },
  {
    name: 'Chinese and Japanese season',
    example: '第二季, シーズン3',
    pattern: make(`(?:第[ ]?(?<s>${NUMERAL})[ ]?[季期部]|シーズン[ ]?(?<t>\\d+))`),
    read: seasonAlone,
  },
  {
    name: 'creditless openings and endings',
    example: 'Show - NCOP, Show NCED2',
    pattern: make(`${B}nc(?:op|ed)[ ]?\\d{0,2}[a-z]?(?![\\p{L}\\d])`),
    read: (match) => ({
      season: 0,
      episodes: [],
      absolute: [],
      start: match.index,
      end: match.index + match[0].length,
    }),
  },
  {
    name: '1xAll',
    example: 'Show 1xAll',
    pattern: make(`${B}(?<s>\\d{1,2})xall(?!\\p{L})`),
    read: seasonAlone,
  },
];

function seasonAlone(match: RegExpExecArray): Numbering | null {
  const season = numeral(match.groups?.['s'] ?? match.groups?.['t'] ?? '');
  if (season === null || (season > 75 && (season < 1900 || season > 2100))) return null;
  return { season, episodes: [], absolute: [], start: match.index, end: match.index + match[0].length };
}
