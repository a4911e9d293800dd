/** What XML 1.0 (§2.2) has no place for: a title from a file's tags may hold it, and one such character empties a list. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const written: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A reader turns these into blanks where they stand plain in an attribute (XML 1.0 §3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const replaced = (text: string, special: RegExp): string =>
  text.replace(impossible, '').replace(special, (character) => written[character] ?? '');

/** Between tags. Control characters and half characters are left out. */
export function escapeText(text: string): string {
  return replaced(text, /[&<>]/g);
}

/** Between double quotes. */
export function escapeAttribute(text: string): string {
  return replaced(text, /[&<>"\t\n\r]/g);
}

/** Between tags for readers that want apostrophes escaped too (gerbera's StrictXML, for Allegro's client). */
export function escapeTextStrictly(text: string): string {
  return replaced(text, /[&<>"']/g);
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/g;

/** The five entities and numbers; a stray `&` and every other name stay as they are: devices write them. */
export function unescapeText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (_, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return named[name] ?? '';
    const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
    return code > 0x10ffff ? '' : String.fromCodePoint(code).replace(impossible, '');
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
