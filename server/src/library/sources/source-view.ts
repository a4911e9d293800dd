import type { FoundTorrent, RankedSource, SourceFacts } from '@hearth/contract/source';
import type { Source } from '@hearth/contract/title';
import type { FoundSource } from './found-source.js';
import type { Rankable, Ranked } from './rank.js';

type RankableFile = Rankable & { readonly file: Source };
type RankableFound = Rankable & { readonly found: FoundSource };
/** What a list of sources is made of. */
export type AnySource = RankableFile | RankableFound;

/** Names of providers by id. */
export type ProviderNames = ReadonlyMap<string, string>;

const extension = (name: string | null): string | null =>
  /\.([a-z0-9]{2,4})$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? null;

/** @param here share of it that is here, 0–1 */
export function foundRankable(found: FoundSource, here: number): RankableFound {
  const { source, facts, isPack, id, trust } = found;
  const seeders = source.kind === 'torrent' ? source.seeders : null;
  const size = isPack ? null : source.size;
  return {
    ...{ found, id, kind: source.kind, facts, trust, seeders, size, here, bitrate: null },
    ...{ container: extension(source.fileName) ?? extension(source.name), available: true, isExtra: false },
    ...{ group: source.group ?? facts.releaseGroup, merits: [seeders ?? 0, size ?? 0] },
  };
}

/** What tells sources apart at a glance. */
const labelOf = ({ resolution, origin, hdr }: SourceFacts, name: string): string =>
  [resolution, origin, hdr].filter((part) => part !== null).join(' · ') || name;

const providersOf = ({ providerIds }: FoundSource, names: ProviderNames) =>
  providerIds.map((id) => ({ id, name: names.get(id) ?? '' }));

/** A ranked source as people see it. Addresses and their keys stay here, but those of pages to open. */
export function sourceView(
  { source: each, score, reasons, startSeconds }: Ranked<AnySource>,
  names: ProviderNames,
): RankedSource {
  const ranked = { score, reasons: [...reasons], startSeconds, facts: each.facts };
  if ('file' in each) return { ...each.file, ...ranked, kind: 'file' };
  const { found } = each;
  const { source } = found;
  const remote = {
    ...{ ...ranked, id: found.id, name: source.name, fileName: source.fileName, size: source.size },
    label: labelOf(found.facts, source.name),
    providers: providersOf(found, names),
    foundAt: new Date(found.foundAt).toISOString(),
  };
  if (source.kind === 'http') return { ...remote, kind: 'http' };
  if (source.kind === 'link') return { ...remote, kind: 'link', url: source.url };
  const { infoHash, fileIndex, seeders, leechers } = source;
  return { ...remote, kind: 'torrent', infoHash, fileIndex, seeders, leechers };
}

/** A torrent that was found by asking; null for what is none. */
export function foundTorrentView(found: FoundSource, names: ProviderNames): FoundTorrent | null {
  const { source, facts } = found;
  if (source.kind !== 'torrent') return null;
  const { infoHash, fileIndex, name, size, seeders, leechers } = source;
  return {
    ...{ infoHash, fileIndex, name, size, seeders, leechers, facts },
    magnet: infoHash === null ? null : magnetOf(infoHash, name, source.trackers.filter(isOpenTracker)),
    providers: providersOf(found, names),
  };
}

/** A magnet link (BEP 9). */
export const magnetOf = (infoHash: string, name: string, trackers: readonly string[]): string =>
  [`magnet:?xt=urn:btih:${infoHash}`, `dn=${encodeURIComponent(name.toWellFormed())}`]
    .concat(trackers.map((tracker) => `tr=${encodeURIComponent(tracker.toWellFormed())}`))
    .join('&');

/** Announce addresses with anything beyond `/announce` in them may hold somebody's key. */
const isOpenTracker = (tracker: string): boolean =>
  /^(?:udp|https?|wss?):\/\/[^/?#@]+(?:\/(?:announce)?)?$/i.test(tracker);
