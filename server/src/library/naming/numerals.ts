/** Numbers as they are written in names: digits, Roman and Chinese numerals, and the words of the languages people label seasons in. */
const WORDS: Record<string, number> = {};
const LISTS = [
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth',
  'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
  'uno dos tres cuatro cinco seis siete ocho nueve diez once doce',
  'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  'uno due tre quattro cinque sei sette otto nove dieci',
];
for (const list of LISTS) list.split(' ').forEach((word, index) => (WORDS[word] ??= index + 1));

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50 };
const HAN = '〇一二三四五六七八九';

/** Source of a pattern for any numeral {@link numeral} reads, longest first; use with the `iu` flags. */
export const NUMERAL = `(?:\\d{1,4}|[一二三四五六七八九十百零〇两]{1,5}|${Object.keys(WORDS)
  .sort((a, b) => b.length - a.length)
  .join('|')}|[ivxl]{1,6}(?![\\p{L}\\p{N}]))`;

/** The value of a numeral, or null: `07` → 7, `VII` → 7, `sept` → 7, `二十三` → 23. */
export function numeral(text: string): number | null {
  const token = text.toLowerCase();
  if (/^\d+$/u.test(token)) return Number(token);
  if (token in WORDS) return WORDS[token] ?? null;
  if (/^[ivxl]+$/u.test(token)) return roman(token);
  return han(token);
}

function roman(token: string): number | null {
  let total = 0;
  for (let i = 0; i < token.length; i++) {
    const value = ROMAN[token.charAt(i)] ?? 0;
    total += value < (ROMAN[token.charAt(i + 1)] ?? 0) ? -value : value;
  }
  return total > 0 ? total : null;
}

function han(token: string): number | null {
  let total = 0;
  let digit = 0;
  for (const char of token.replace(/两/gu, '二').replace(/零/gu, '〇')) {
    const value = HAN.indexOf(char);
    if (value >= 0) digit = value;
    else if (char === '十' || char === '百') {
      total += (digit || 1) * (char === '十' ? 10 : 100);
      digit = 0;
    } else return null;
  }
  return total + digit || null;
}
