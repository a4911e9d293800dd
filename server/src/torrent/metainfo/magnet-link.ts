/** A magnet link (BEP 9): infohash, name and trackers, nothing else. */
export function magnetLink(torrent: {
  readonly infoHash: string;
  readonly name: string | null;
  readonly trackers: readonly string[];
}): string {
  const name = torrent.name === null ? '' : `&dn=${encodeURIComponent(torrent.name)}`;
  const trackers = torrent.trackers.map((tracker) => `&tr=${encodeURIComponent(tracker.toWellFormed())}`);
  return `magnet:?xt=urn:btih:${torrent.infoHash}${name}${trackers.join('')}`;
}
