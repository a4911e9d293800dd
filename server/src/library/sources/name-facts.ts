import type { SourceFacts } from '@hearth/contract/source';
import { RecentMap } from '../../common/recent-map.js';
import { parseMediaPath } from '../naming/parse-media-path.js';
import type { NamedSource } from '../naming/parsed-name.js';
import { spokenAndShown } from '../naming/torrent-title.js';
import { resolutionOf } from './resolution.js';

/** What a release's name says. */
export interface NameFacts {
  readonly facts: SourceFacts;
  readonly season: number | null;
  /** Empty for a film, and for a pack of a season. */
  readonly episodes: readonly number[];
}

/** As they are told apart where sources are compared. */
const origins: Partial<Record<NamedSource, string>> = {
  'BluRay REMUX': 'remux', BluRay: 'bluray', BDRip: 'bluray', BRRip: 'bluray', 'HD-DVD': 'bluray', 'WEB-DL': 'web-dl', WEBRip: 'webrip',
  HDRip: 'webrip', HDTV: 'hdtv', PDTV: 'hdtv', SATRip: 'hdtv', TVRip: 'hdtv', DVD: 'dvd', DVDRip: 'dvd', VHSRip: 'vhs',
  SCR: 'screener', PPV: 'screener', WORKPRINT: 'workprint', TC: 'tc', TS: 'ts', CAM: 'cam',
}; // prettier-ignore

/** Names come again and again: a list is asked for while it grows. */
const mostRemembered = 2000;
const remembered = new RecentMap<string, NameFacts>(mostRemembered);

function read(name: string): NameFacts {
  // A slash in a release's name is no folder.
  const leaf = name.replaceAll(/[/\\]/g, ' ').slice(0, 300);
  const parsed = parseMediaPath(leaf);
  const { languages, hdr } = spokenAndShown(leaf);
  const facts: SourceFacts = {
    resolution: resolutionOf(parseInt(parsed.resolution ?? '0', 10)),
    origin: parsed.source === null ? null : (origins[parsed.source] ?? null),
    videoCodec: parsed.videoCodec,
    audioCodec: parsed.audioCodec,
    hdr,
    languages,
    releaseGroup: parsed.releaseGroup,
  };
  return { facts, season: parsed.season, episodes: parsed.episodes };
}

/** What a release's or a file's name says, by the parser that the library itself is read with. */
export function nameFacts(name: string): NameFacts {
  const known = remembered.get(name) ?? read(name);
  remembered.set(name, known);
  return known;
}
