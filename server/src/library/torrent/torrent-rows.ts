import type { TorrentMetadata } from '@hearth/contract/torrent';
import { fileKindOf } from '../sidecar/file-kind.js';
import { readSubtitleName } from '../sidecar/subtitle-name.js';
import type { Episode } from '../entities/episode.entity.js';
import type { EpisodeFile } from '../entities/episode-file.entity.js';
import type { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import type { MediaFile } from '../entities/media-file.entity.js';
import type { Season } from '../entities/season.entity.js';
import type { Title } from '../entities/title.entity.js';
import { newTitle } from '../store/title-fields.js';
import type { ContentFile, TorrentContents } from './torrent-contents.js';
import {
  torrentEpisodeId,
  torrentFileId,
  torrentFolderId,
  torrentLibraryId,
  torrentSeasonId,
  torrentSubtitleId,
  torrentTitleId,
} from './torrent-ids.js';

export interface TorrentRows {
  title: Title;
  seasons: Season[];
  episodes: Episode[];
  files: MediaFile[];
  links: EpisodeFile[];
  subtitles: ExternalSubtitle[];
}

/** Below the folder that is none; its last part is what people and media types are told. */
const pathOf = (infoHash: string, index: number, name: string): string =>
  `${infoHash}/${index}/${name.replaceAll(/[/\\\0]/g, '_').slice(-200) || 'file'}`;

/** Which file of its torrent a path speaks of. */
export const torrentFileIndexOf = (relativePath: string): number => Number(relativePath.split('/')[1]);

/** @param now ms since the epoch */
export function torrentRows(metadata: TorrentMetadata, contents: TorrentContents, now: number): TorrentRows {
  const { infoHash } = metadata;
  const titleId = torrentTitleId(infoHash);
  const named = { type: contents.type, name: contents.name, year: contents.year };
  const title = Object.assign(newTitle(torrentLibraryId, named, now), {
    id: titleId,
    type: contents.type === 'series' ? 'torrent-series' : 'torrent-movie',
    identity: infoHash,
  } satisfies Partial<Title>);
  const { episodes, links } = episodesOf(infoHash, contents.files, now);
  const numbers = [...new Set(episodes.map(({ seasonNumber }) => seasonNumber))];
  return {
    title,
    seasons: numbers.map((number) => ({
      id: torrentSeasonId(infoHash, number),
      ...{ titleId, number, name: null, overview: null, posterId: null },
    })),
    episodes,
    files: contents.files.map((file) => fileRow(infoHash, file, now)),
    links,
    subtitles: contents.files.flatMap((file) => subtitleRows(infoHash, file)),
  };
}

/** Each number once; files of the same one are versions of it. */
function episodesOf(infoHash: string, files: readonly ContentFile[], now: number) {
  const episodes = new Map<string, Episode>();
  const links: EpisodeFile[] = [];
  for (const { info, episodes: own } of files)
    for (const { season, number, place, name } of own) {
      const key = `${season} ${number}`;
      const episode = episodes.get(key) ?? {
        id: torrentEpisodeId(infoHash, info.index, place),
        titleId: torrentTitleId(infoHash),
        seasonId: torrentSeasonId(infoHash, season),
        seasonNumber: season,
        ...{ number, name, absoluteNumber: null, overview: null, airDate: null, runtimeSeconds: null },
        ...{ stillId: null, available: true, addedAt: now },
      };
      episodes.set(key, episode);
      links.push({ episodeId: episode.id, fileId: torrentFileId(infoHash, info.index) });
    }
  return { episodes: [...episodes.values()], links };
}

const fileRow = (infoHash: string, { info, extraKind }: ContentFile, now: number): MediaFile => ({
  id: torrentFileId(infoHash, info.index),
  libraryId: torrentLibraryId,
  folderId: torrentFolderId,
  relativePath: pathOf(infoHash, info.index, info.name),
  size: info.size,
  // What an infohash stands for never changes.
  modifiedMs: 0,
  fingerprint: null,
  state: 'matched',
  ...{ reason: null, parsed: null, manualMatch: null, media: null },
  titleId: torrentTitleId(infoHash),
  extraKind,
  ...{ versionLabel: null, available: true, missingSince: null, addedAt: now, scannedAt: now },
});

function subtitleRows(infoHash: string, { info, subtitles }: ContentFile): ExternalSubtitle[] {
  const base = info.name.replace(/\.[^.]*$/, '');
  return subtitles.flatMap(({ index, name, size }) => {
    // Two files that belong together cannot be read from one address.
    if (fileKindOf(name) !== 'subtitle' || /\.idx$/i.test(name)) return [];
    const said = readSubtitleName(name, base) ?? readSubtitleName(name, null);
    if (!said) return [];
    const { format, language, label, forced, hearingImpaired } = said;
    return {
      id: torrentSubtitleId(infoHash, index, info.index),
      fileId: torrentFileId(infoHash, info.index),
      relativePath: pathOf(infoHash, index, name),
      ...{ size, modifiedMs: 0, format, streamIndex: null, language, label, forced, hearingImpaired },
    };
  });
}
