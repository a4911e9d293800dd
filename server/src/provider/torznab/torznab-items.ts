import { createHash } from 'node:crypto';
import type { ExternalIds, providerItem, ProviderSourceInput } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import { attribute, child, children, text, type XmlNode } from './torznab-document.js';
import { releaseType } from './torznab-manifest.js';

/** A result of a search. */
export interface TorznabItem {
  /** The same for the same release of the same indexer. */
  readonly id: string;
  readonly title: string;
  /** The magnet link, or the address of the `.torrent`. */
  readonly link: string;
  readonly publishedAt: string | null;
  readonly size: number | null;
  /** `torznab:attr` by name, the first of each. */
  readonly facts: ReadonlyMap<string, string>;
}

export const itemsOf = (root: XmlNode): TorznabItem[] =>
  children(child(root, 'channel'), 'item')
    .map(itemOf)
    .filter(({ title }) => title !== '');

function itemOf(node: XmlNode): TorznabItem {
  const pairs = children(node, 'attr').map(
    (each) => [attribute(each, 'name').toLowerCase(), attribute(each, 'value')] as const,
  );
  const facts = new Map(pairs.toReversed());
  const enclosure = children(node, 'enclosure')
    .map((each) => attribute(each, 'url'))
    .find(Boolean);
  const link = (facts.get('magneturl') || enclosure) ?? text(node, 'link');
  const published = Date.parse(text(node, 'pubDate'));
  return {
    id: createHash('sha256')
      .update(text(node, 'guid') || link)
      .digest('hex')
      .slice(0, 32),
    title: text(node, 'title').slice(0, 1000),
    link,
    publishedAt: Number.isNaN(published) ? null : new Date(published).toISOString(),
    // The length of an enclosure is that of the .torrent as often as not.
    size: count(text(node, 'size')) ?? count(facts.get('size')),
    facts,
  };
}

function count(given: string | undefined): number | null {
  return given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : null;
}

/** Null where nothing leads to it. */
export function sourceOf({ title, link, publishedAt, size, facts }: TorznabItem): ProviderSourceInput | null {
  const magnet = /^magnet:\?/i.test(link) ? new URLSearchParams(link.slice('magnet:?'.length)) : null;
  const said = facts.get('infohash') ?? magnet?.get('xt')?.replace(/^urn:btih:/i, '') ?? '';
  const infoHash = /^[0-9a-f]{40}$/i.test(said) ? said.toLowerCase() : null;
  const torrentUrl = /^https?:\/\//i.test(link) ? link : null;
  if (infoHash === null && torrentUrl === null) return null;
  const [seeders, leechers, peers] = ['seeders', 'leechers', 'peers'].map((name) => count(facts.get(name)));
  const trackers = magnet?.getAll('tr').slice(0, 100) ?? [];
  return {
    ...{ kind: 'torrent', name: title, size, publishedAt, infoHash, torrentUrl, trackers },
    // Two of the three say the third.
    seeders: seeders ?? difference(peers, leechers),
    leechers: leechers ?? difference(peers, seeders),
  };
}

const difference = (all: number | null | undefined, part: number | null | undefined): number | null =>
  all === null || all === undefined || part === null || part === undefined ? null : Math.max(0, all - part);

export function listedOf(item: TorznabItem): z.input<typeof providerItem> {
  const { facts } = item;
  const year = Number(facts.get('year'));
  const cover = facts.get('coverurl') ?? '';
  return {
    ...{ id: item.id, type: releaseType, name: item.title.slice(0, 500), externalIds: idsOf(item) },
    year: year >= 1800 && year <= 2200 ? year : null,
    posterUrl: /^https?:\/\//i.test(cover) ? cover : null,
    genres: (facts.get('genre') ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean)
      .slice(0, 30),
  };
}

/** What a release says it is. IMDb's numbers come with and without their letters. */
export function idsOf({ facts }: TorznabItem): ExternalIds {
  const imdb = /^(?:tt)?(\d{5,10})$/.exec(facts.get('imdb') ?? facts.get('imdbid') ?? '')?.[1];
  const [tmdb, tvdb] = ['tmdbid', 'tvdbid']
    .map((name) => facts.get(name))
    .map((id) => (/^[1-9]\d{0,9}$/.test(id ?? '') ? id : undefined));
  const real = imdb !== undefined && Number(imdb) > 0;
  return {
    ...(real && { imdb: `tt${imdb.padStart(7, '0')}` }),
    ...(tmdb && { tmdb }),
    ...(tvdb && { tvdb }),
  };
}
