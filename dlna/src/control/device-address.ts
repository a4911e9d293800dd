/** A URL that a device gave and that must not be asked for. */
export class ForeignUrl extends Error {
  constructor(text: string, why: string) {
    super(`${text.slice(0, 200)}: ${why}`);
    this.name = 'ForeignUrl';
  }
}

/**
 * A URL out of a device's own words, as far as it may be followed: a device may send us to itself and to nobody else,
 * or it could make this server ask anything of anyone in the house (server-side request forgery).
 * @param base what relative URLs are relative to
 * @param address IPv4 address the words came from
 * @throws ForeignUrl
 */
export function deviceUrl(text: string, base: URL | undefined, address: string): URL {
  if (text.trim() === '') throw new ForeignUrl(text, 'nothing');
  const url = URL.parse(text.trim(), base?.href);
  if (!url) throw new ForeignUrl(text, 'not a URL');
  if (url.protocol !== 'http:') throw new ForeignUrl(text, 'not plain http');
  if (url.username || url.password) throw new ForeignUrl(text, 'has credentials');
  // WHATWG's parser has made dotted decimals of every spelling of an IPv4 address by now.
  if (url.hostname !== address) throw new ForeignUrl(text, `not at ${address}`);
  url.hash = '';
  return url;
}
