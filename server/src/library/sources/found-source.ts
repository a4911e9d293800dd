import type { ProviderSource } from '@hearth/contract/provider-exchange';
import type { SourceFacts } from '@hearth/contract/source';
import { type NameFacts, nameFacts } from './name-facts.js';
import { resolutionOf } from './resolution.js';
import { shortHash } from './source-subject.js';

/** One provider's answer. */
export interface SourceAnswer {
  readonly providerId: string;
  /** 0–1 */
  readonly trust: number;
  /** ms since the epoch */
  readonly foundAt: number;
  readonly sources: readonly ProviderSource[];
}

/** A source with all that found it, the most trusted first. */
export interface FoundSource {
  readonly id: string;
  readonly source: ProviderSource;
  readonly facts: SourceFacts;
  /** A season and more, whose size says nothing of an episode. */
  readonly isPack: boolean;
  readonly providerIds: readonly string[];
  readonly trust: number;
  readonly foundAt: number;
}

/** More of one title nobody looks through. */
const mostFound = 300;
const mostTrackers = 50;

const prefix = 'found-';
export const isFoundSourceId = (id: string): boolean => id.startsWith(prefix);
/** Which subject a source's id speaks of. */
export const subjectKeyOf = (id: string): string | undefined => /^found-([\w-]{22})-[\w-]{22}$/.exec(id)?.[1];

/** What tells sources apart: the infohash, else the address. */
function identity(source: ProviderSource): string {
  if (source.kind !== 'torrent') return `${source.kind} ${source.url.replace(/#.*$/s, '')}`;
  return `torrent ${source.infoHash ?? source.torrentUrl ?? source.name}`;
}

const largest = (a: number | null, b: number | null): number | null =>
  a === null || (b !== null && b > a) ? b : a;

/** What the first says counts; what it leaves out is the second's to say. */
function united(a: ProviderSource, b: ProviderSource): ProviderSource {
  const facts = {
    ...{ fileName: a.fileName ?? b.fileName, size: a.size ?? b.size, height: a.height ?? b.height },
    ...{ languages: [...new Set([...a.languages, ...b.languages])].slice(0, 50), group: a.group ?? b.group },
  };
  if (a.kind !== 'torrent' || b.kind !== 'torrent') return { ...a, ...facts };
  return {
    ...{ ...a, ...facts, torrentUrl: a.torrentUrl ?? b.torrentUrl, fileIndex: a.fileIndex ?? b.fileIndex },
    trackers: [...new Set([...a.trackers, ...b.trackers])].slice(0, mostTrackers),
    ...{ seeders: largest(a.seeders, b.seeders), leechers: largest(a.leechers, b.leechers) },
  };
}

function factsOf(source: ProviderSource): NameFacts {
  const release = nameFacts(source.name);
  const file = source.fileName === null ? release : nameFacts(source.fileName);
  const [a, b] = [release.facts, file.facts];
  return {
    season: release.season ?? file.season,
    episodes: release.episodes.length > 0 ? release.episodes : file.episodes,
    facts: {
      resolution: resolutionOf(source.height ?? 0) ?? a.resolution ?? b.resolution,
      ...{ origin: a.origin ?? b.origin, videoCodec: a.videoCodec ?? b.videoCodec },
      ...{ audioCodec: a.audioCodec ?? b.audioCodec, hdr: a.hdr ?? b.hdr },
      languages: [...new Set([...source.languages, ...a.languages])],
      releaseGroup: a.releaseGroup ?? b.releaseGroup,
    },
  };
}

/**
 * Answers of several providers as one list: torrents of one infohash, and equal addresses, are one source. Whom one trusts
 * most is heard first.
 * @param subjectKey goes into the ids
 */
export function joinSources(subjectKey: string, answers: readonly SourceAnswer[]): FoundSource[] {
  const joined = new Map<string, { source: ProviderSource; from: SourceAnswer[] }>();
  for (const answer of answers.toSorted((a, b) => b.trust - a.trust))
    for (const source of answer.sources) {
      const key = identity(source);
      const known = joined.get(key);
      if (!known && joined.size >= mostFound) continue;
      const from = known ? [...new Set([...known.from, answer])] : [answer];
      joined.set(key, { source: known ? united(known.source, source) : source, from });
    }
  return [...joined].map(([key, { source, from }]) => {
    const { facts, season, episodes } = factsOf(source);
    return {
      ...{ id: `${prefix}${subjectKey}-${shortHash(key)}`, source, facts },
      isPack: season !== null && episodes.length === 0,
      providerIds: from.map(({ providerId }) => providerId),
      trust: Math.max(...from.map(({ trust }) => trust)),
      foundAt: Math.max(...from.map(({ foundAt }) => foundAt)),
    };
  });
}
