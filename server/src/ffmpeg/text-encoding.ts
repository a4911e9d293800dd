/** Legacy encodings of subtitles by language. */
const byLanguage: Readonly<Record<string, string>> = {
  ru: 'windows-1251', uk: 'windows-1251', bg: 'windows-1251', sr: 'windows-1251', mk: 'windows-1251', be: 'windows-1251',
  cs: 'windows-1250', pl: 'windows-1250', hu: 'windows-1250', sk: 'windows-1250', sl: 'windows-1250', hr: 'windows-1250',
  ro: 'windows-1250', bs: 'windows-1250', el: 'windows-1253', tr: 'windows-1254', he: 'windows-1255', ar: 'windows-1256',
  fa: 'windows-1256', et: 'windows-1257', lv: 'windows-1257', lt: 'windows-1257', vi: 'windows-1258', th: 'windows-874',
  ja: 'shift_jis', ko: 'euc-kr', zh: 'gb18030',
}; // prettier-ignore

/**
 * The commonest eight letters of the languages that write in each code page: few, because the code pages share bytes
 * and it is frequency that tells them apart.
 */
const otherScripts: readonly (readonly [string, string])[] = [
  ['windows-1251', 'оеаинтср'],
  ['windows-1253', 'αοιετσνη'],
  ['windows-1255', 'יהולאתרמ'],
  ['windows-1256', 'اليمونر'],
];
/** Left out of the second: ý, ţ and đ, which are the bytes of the Turkish ı, ş and ğ. */
const latinScripts: readonly (readonly [string, string])[] = [
  ['windows-1252', 'éèêàâäáçöüóòôñßåøæîïíìúùûãõ¿¡ÉÄÖÜ'],
  ['windows-1250', 'ąęłśźćżńěščřžůőűďťňľĺăşŁŚŻČŠŽáéíóúöü'],
  ['windows-1254', 'ışğİŞĞçöüâ'],
];

/**
 * Text of a subtitle or NFO file in whatever encoding it is: by byte order mark, as UTF-16 by its zeros, as UTF-8 if
 * it is valid, else the code page of the language, else the likeliest one by letter frequency.
 * @param language BCP-47, where a file name told it
 */
export function decodeText(bytes: Uint8Array, language: string | null = null): string {
  const encoding = unicodeEncoding(bytes);
  if (encoding !== null) return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const hinted = byLanguage[language?.split('-')[0] ?? ''];
    return new TextDecoder(hinted ?? guess(bytes)).decode(bytes);
  }
}

function unicodeEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  sample.forEach((byte, i) => (zeros[i & 1] = (zeros[i & 1] ?? 0) + (byte === 0 ? 1 : 0)));
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < sample.length / 5) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function guess(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 64 * 1024);
  let high = 0;
  let ascii = 0;
  for (const byte of sample) {
    if (byte >= 0xc0) high += 1;
    else if ((byte | 32) >= 97 && (byte | 32) <= 122) ascii += 1;
  }
  // In a Latin script accents are the exception; elsewhere nearly all letters are high.
  const candidates = high > ascii ? otherScripts : latinScripts;
  const scored = candidates.map(([encoding, letters]) => ({
    encoding,
    score: score(sample, encoding, letters),
  }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).encoding;
}

function score(sample: Uint8Array, encoding: string, letters: string): number {
  const wanted = new Set(letters);
  let hits = 0;
  for (const letter of new TextDecoder(encoding).decode(sample)) {
    if (wanted.has(letter)) hits += 1;
    if (letter === '\uFFFD') hits -= 3; // a byte that this code page does not have
  }
  return hits;
}
