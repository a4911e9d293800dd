/** What XML 1.0 (§2.2) has no place for: a title from a file's tags may hold it, and one such character empties a list. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const everyImpossible = new RegExp(impossible, 'g');

type Escapes = readonly (readonly [character: string, written: string])[];

const inText: Escapes = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
];
const inAttributes: Escapes = [
  ...inText,
  ['"', '&quot;'],
  // A reader turns these into blanks where they stand plain in an attribute (XML 1.0 §3.3.3).
  ['\t', '&#9;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
];
const inStrictText: Escapes = [...inText, ['"', '&quot;'], ["'", '&apos;']];

/** Between tags. Control characters and half characters are left out. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? escaped(text, inText) : possible(text);
}

/** Between double quotes. */
export function escapeAttribute(text: string): string {
  return /[&<>"\t\n\r]/.test(text) ? escaped(text, inAttributes) : possible(text);
}

/** Between tags for readers that want apostrophes escaped too (gerbera's StrictXML, for Allegro's client). */
export function escapeTextStrictly(text: string): string {
  return escaped(text, inStrictText);
}

/** One pass a character: a list of films is 100 KB, and a function called for each `<` takes thrice as long. */
function escaped(text: string, escapes: Escapes): string {
  return escapes.reduce((so, [character, written]) => so.replaceAll(character, written), possible(text));
}

function possible(text: string): string {
  const whole = text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, '');
  return impossible.test(whole) ? whole.replace(everyImpossible, '') : whole;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/g;

/** The five entities and numbers; a stray `&` and every other name stay as they are: devices write them. */
export function unescapeText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (_, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return named[name] ?? '';
    const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
    return code > 0x10ffff ? '' : possible(String.fromCodePoint(code));
  });
}

const encodings = new Map([
  ['iso-8859-1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
]);

/** A document's bytes as text: by its byte order mark, or what the prolog claims, or UTF-8. Never fails. */
export function decodeXml(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return bytes.startsWith('\ufeff') ? bytes.slice(1) : bytes;
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  const prolog = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  const claimed = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(prolog)?.[1]?.toLowerCase() ?? '';
  return new TextDecoder(encodings.get(claimed) ?? 'utf-8').decode(bytes);
}
