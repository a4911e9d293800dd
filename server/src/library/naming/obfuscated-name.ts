/** Names that say nothing: hashes, random strings, placeholders. */
const HASH = /^(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[. ]\d+)?)$/iu;
const PLACEHOLDER =
  /^(?:sample|trailer|video|movie|film|untitled|index|title\d+|vts[ _]\d+[ _]\d+|\d+|[^\p{L}\p{N}]*|unknown|(?:img|dsc|mvi|gopr|vid|pxl|mov)[ _-]?\d+.*|password .*)$/iu;

/** Nothing but a digest: whatever numbers it holds mean nothing. */
export function isDigest(text: string): boolean {
  const name = text.replace(/^_?unpack[ ]+/iu, '').replace(/[^0-9a-z-]/giu, '');
  if (/^(?=(?:.*\d){6})(?:[0-9a-z]{6,}-){2,}[0-9a-z]{6,}$/iu.test(text.trim())) return true;
  if (/\d/u.test(text) && !/s\d\de\d\d/iu.test(text) && looksRandom(text.trim())) return true;
  return HASH.test(name) && /\d/u.test(name) && /[a-f]/iu.test(name);
}

/** A random word, as indexers use to hide what a file is. */
export function isObfuscated(text: string): boolean {
  const name = text.trim();
  if (isDigest(name)) return true;
  if (/\byenc$|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}\b/iu.test(name)) return true;
  return name.split(' ').some((word) => looksRandom(word)) && !/[-.]\p{L}{2,}[-.]|\(|\[/u.test(name);
}

/** A name that software or a camera gives. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text.trim());
}

/** A long word in which letters and digits (or cases) alternate as no language does. */
function looksRandom(word: string): boolean {
  if (word.length < 16 || !/^[A-Za-z0-9]+$/u.test(word)) return false;
  const switches = word.match(/[a-z](?=[A-Z0-9])|[A-Z](?=[a-z0-9])|\d(?=[A-Za-z])/gu)?.length ?? 0;
  return switches / word.length > 0.3;
}
