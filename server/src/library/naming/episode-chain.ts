import { JOINT } from './numbering-words.js';

/** The numbers of one file, and where the run of them ends. */
export interface EpisodeChain {
  episodes: number[];
  end: number;
}

const MARKED_STEP = new RegExp(
  `[ ._]*\\]?[ ._]*(?:(${JOINT})[ ._]*)?\\[?(?:s(?:eason)?[ ._]*(\\d{1,4})[ ._]*(?:e|ep|x|xe)|(\\d{1,4})x|x|ep?|第)[ ._]*(\\d{1,5})(?![\\dp])`,
  'iuy',
);
const BARE_STEP =
  /[ ._]?([-~+&,]|a[o]?(?= ))[ ._]?(\d{1,4})(?:v\d)?(?=[ ._]*(?:$|[[\]()]|-[ ._]|end|fin|batch))/iuy;
const BARE_TIGHT = /([-~+&,]|[ ]~[ ])(\d{1,4})(?:v\d)?(?=完|end|fin|[^\d\p{L}]|$)(?!\.\d(?!\d))/iuy;
const SUFFIX = /(?:[a-d](?![\p{L}\p{N}])|\.\d(?![\d-])|v\d(?!\d)|[ ._]?(?:end|fin)(?![\p{L}\p{N}]))/iuy;
/** A dashed pair further apart than this is two numbers by chance (`01-1080`), not a file of hundreds of episodes. */
const WIDEST_RANGE = 400;

/**
 * Follows an episode number at `end` through what is tied to it: `E02-E04` and `01-03` are ranges, `E02E03`, `02x03x15`
 * and `03-04-15` are lists. With `loose`, blanks may stand around the dash (`05 - 06`).
 */
export function episodeChain(
  text: string,
  first: number,
  end: number,
  season: number | null,
  loose = false,
): EpisodeChain {
  const episodes = [first];
  let ranged = false;
  let at = end + suffixLength(text, end);
  for (;;) {
    const step = nextStep(text, at, season, loose);
    if (!step) break;
    const last = episodes[episodes.length - 1] ?? first;
    if (step.number <= last || step.number - last > (step.blanks && step.marked ? 12 : WIDEST_RANGE)) {
      if (step.number === last && step.marked) at = step.end;
      else break;
      continue;
    }
    if (!step.marked && episodes.length === 1 && !plausibleBareEnd(last, step)) break;
    episodes.push(step.number);
    ranged = step.joint !== '' && /^(?:[-~]|to|bis|à|ao?|until|through|по)$/iu.test(step.joint.trim());
    at = step.end + suffixLength(text, step.end);
  }
  return {
    episodes: ranged && episodes.length === 2 ? fill(first, episodes[1] ?? first) : episodes,
    end: at,
  };
}

interface Step {
  number: number;
  digits: number;
  joint: string;
  marked: boolean;
  /** Blanks stand around the joint: the two numbers may have nothing to do with each other. */
  blanks: boolean;
  end: number;
}

function nextStep(text: string, at: number, season: number | null, loose: boolean): Step | null {
  MARKED_STEP.lastIndex = at;
  const marked = MARKED_STEP.exec(text);
  if (marked) {
    const again = marked[2] ?? marked[3];

    if (again !== undefined && season !== null && Number(again) !== season) return null;
    const digits = marked[4] ?? '';
    return {
      number: Number(digits),
      digits: digits.length,
      joint: marked[1] ?? '',
      marked: true,
      blanks: marked[0].includes(' '),
      end: MARKED_STEP.lastIndex,
    };
  }
  BARE_TIGHT.lastIndex = BARE_STEP.lastIndex = at;
  const bare = BARE_TIGHT.exec(text) ?? (loose ? BARE_STEP.exec(text) : null);
  if (!bare) return null;
  const digits = bare[2] ?? '';
  return {
    number: Number(digits),
    digits: digits.length,
    joint: bare[1] ?? '',
    marked: false,
    blanks: false,
    end: at + bare[0].length,
  };
}

/** `01-03` and `98-102` go on; `11 - 511 Street`, `01-720` and `05-2019` do not. */
function plausibleBareEnd(last: number, step: Step): boolean {
  if (step.digits === 1 && step.number < 10 && last >= 10) return false;
  return (
    !/^(?:480|540|576|720|1080|2160|(?:19|20)\d\d)$/u.test(String(step.number)) || step.number - last < 60
  );
}

function suffixLength(text: string, at: number): number {
  SUFFIX.lastIndex = at;
  return SUFFIX.test(text) ? SUFFIX.lastIndex - at : 0;
}

function fill(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
