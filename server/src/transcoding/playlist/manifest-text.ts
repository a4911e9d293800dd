/** Everything that ends a line for somebody, or that no text may hold: C0, DEL, C1, U+2028, U+2029 and lone surrogates. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}|[\ufffe\uffff]/gu;

/** Longest text that a manifest carries of a file's own words, in code points. */
const longest = 200;

/** A file's own words on one line, bounded. */
function singleLine(text: string): string {
  const clean = text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim();
  return Array.from(clean).slice(0, longest).join('');
}

/** A quoted-string of HLS, which knows no escapes (RFC 8216, 4.2): a double quote becomes a single one. */
export const quoted = (text: string): string => `"${singleLine(text).replaceAll('"', "'")}"`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an XML element or attribute. */
export const xml = (text: string): string =>
  singleLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** The names with a number behind those that come again: members of a group are told apart by name (RFC 8216, 4.3.4.1.1). */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = singleLine(name).replaceAll('"', "'") || 'Unknown';
    let own = base;
    for (let count = 2; taken.has(own); count += 1) own = `${base} (${count})`;
    taken.add(own);
    return own;
  });
}
