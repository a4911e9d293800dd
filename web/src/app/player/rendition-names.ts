/** What a rendition's address says (`…/v0-720p/index.m3u8`, `…/a1-aac2/index.m3u8`; ADR 0013). */

/** The quality a picture's playlist is of: `original` for copies, else its height; null for another address. */
export function qualityOfUrl(url: string): string | null {
  const found = /\/v\d+-(copy|\d+p)[^/]*\/[^/]*$/.exec(pathOf(url))?.[1];
  return found === undefined ? null : found === 'copy' ? 'original' : found;
}

/** The index of the stream in the file that a sound's playlist is of; null for another address. */
export function audioIndexOfUrl(url: string): number | null {
  const found = /\/a(\d+)-[^/]*\/[^/]*$/.exec(pathOf(url))?.[1];
  return found === undefined ? null : Number(found);
}

const pathOf = (url: string) => url.replace(/[?#].*/, '');
