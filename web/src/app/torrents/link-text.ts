/** As many digits as BitTorrent’s first version has (BEP 3), or the 32 letters of base32 that old magnet links carry. */
const bareHash = /^(?:[0-9a-f]{40}|[a-z2-7]{32})$/i;

/** The torrent that `text` names: a magnet link, an infohash or an http(s) address; undefined where it names none. */
export function torrentLinkIn(text: string): string | undefined {
  const [line = ''] = text.trim().split(/\s*\n/);
  if (/^magnet:\?\S*xt=urn:bt/i.test(line) || bareHash.test(line)) return line;
  return /^https?:\/\/[^\s/]+\/?\S*$/i.test(line) ? line : undefined;
}
