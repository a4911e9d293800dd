import { folded, localWords, ratingSystems, unratedWords, words } from './rating-words.js';

/** Whoever is limited is at most this old. */
const oldestRating = 21;
/** Characters; what comes after says nothing more. */
const longestRating = 120;

/** Numbers say it themselves: `+16`, `ab 16`, `16 ans`, `R16`, `K-16`, `SAM 13`, `VM14`, `M/12`, `FSK12`. */
const numbered = new RegExp(
  '^(?:FSK|BBFC|PEGI|CSA|CNC|ACB|OFLC|KIJKWIJZER|MG|FROM|AGES?|AGE|AB|FREIGEGEBENAB|VANAF|SAM|VM|INTERDITAUXMOINSDE' +
    '|INTERDIT|MOINSDE|NORECOMENDADAPARAMENORESDE|DEJIJ|UA|RP|NC|MA|PG|TV|A|B|D|I|J|K|L|M|N|R|X)?' +
    '(\\d{1,2})' +
    '(?:ANS|ANOS|ANNI|AR|JAHREN?|JAAR|YEARS?|YEARSANDOVER|ANDOVER|ANDUP|PLUS|FREIGEGEBEN|RP|SL|A|J)?$',
);

function ageOf(text: string, country: string | undefined): number | null {
  // `TV-14-DLSV`: what it is for stands behind.
  const word = folded(text).replace(/^(TV(?:PG|14|MA))[DLSV]+$/, '$1');
  if (word === '' || unratedWords.has(word)) return null;
  const known = (country === undefined ? undefined : localWords.get(country)?.get(word)) ?? words.get(word);
  if (known !== undefined) return known;
  const age = Number(numbered.exec(word)?.[1] ?? Infinity);
  return age <= oldestRating ? age : null;
}

/** By ISO 3166 code, by name, or by the system's own. */
function countryOf(text: string): string | undefined {
  const word = folded(text);
  return ratingSystems.get(word) ?? (/^[A-Z]{2}$/.test(word) ? word : undefined);
}

/** One rating, with or without the country or the system it is of. */
function partAge(text: string): number | null {
  const plain = text
    .trim()
    .replace(/^rated\s*:?\s*/i, '')
    .replace(/\s+(?:for|due to|because)\s.*$/i, '')
    .replace(/\s*\([^)]*\)$/, '');
  const whole = ageOf(plain, undefined);
  const [, before = '', after = ''] =
    /^([^:/]+)[:/](.+)$/.exec(plain) ?? /^(\p{L}+)[-_ ](.+)$/u.exec(plain) ?? [];
  const country = countryOf(before);
  // `PG-13` is whole, and no rating of Papua New Guinea; `UK:PG` is Britain's.
  if (country === undefined || (whole !== null && !/[:/]/.test(plain))) return whole;
  return ageOf(after, country) ?? partAge(after) ?? whole;
}

/**
 * The least age, in years, that a content rating is for: `PG-13`, `Rated R for violence`, `DE:FSK 12`, `gb/15`, `TV-MA`,
 * `16+`; of several, `Germany:16 / UK:15`, the first. Null for what says nothing that we understand: whoever is limited
 * does not see that.
 */
export function minimumAge(rating: string | null): number | null {
  for (const part of rating?.slice(0, longestRating).split(/\s+\/\s+|[,;|]/) ?? []) {
    const age = partAge(part);
    if (age !== null) return age;
  }
  return null;
}
