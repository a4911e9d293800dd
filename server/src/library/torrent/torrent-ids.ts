/**
 * Rows of torrents have ids that say so. Files keep theirs when they are kept in a library, titles and episodes do not:
 * such an id of a title always means a torrent that is in no library.
 */
const prefix = 'torrent-';

/** The library that files of torrents hang in, and its one folder: no list shows it. */
export const torrentLibraryId = 'torrents';
export const torrentFolderId = 'torrents';

export const torrentTitleId = (infoHash: string): string => `${prefix}${infoHash}`;
export const torrentFileId = (infoHash: string, index: number): string => `${prefix}${infoHash}-${index}`;
/** @param place 0 for the first of the episodes that a file holds */
export const torrentEpisodeId = (infoHash: string, index: number, place = 0): string =>
  `${prefix}${infoHash}-e${index}${place === 0 ? '' : `-${place}`}`;
export const torrentSeasonId = (infoHash: string, number: number): string =>
  `${prefix}${infoHash}-s${number}`;
/** @param index of the subtitle's file @param besideIndex of the film's */
export const torrentSubtitleId = (infoHash: string, index: number, besideIndex: number): string =>
  `${prefix}${infoHash}-t${index}-${besideIndex}`;

/** Of what lies at an address that a provider found. */
export const remoteFileId = (name: string): string => `remote-${name}`;
export const isRemoteFileId = (id: string): boolean => id.startsWith('remote-');

export const isTorrentId = (id: string): boolean => id.startsWith(prefix);

/** Which torrent an id of any of its rows speaks of. */
export const infoHashOf = (id: string): string | undefined => /^torrent-([0-9a-f]{40})(?:-|$)/.exec(id)?.[1];

/** Which file of which torrent a file's id speaks of. */
export function torrentFileOf(id: string): { infoHash: string; index: number } | undefined {
  const [, infoHash, index] = /^torrent-([0-9a-f]{40})-(\d{1,6})$/.exec(id) ?? [];
  return infoHash === undefined ? undefined : { infoHash, index: Number(index) };
}

/** SQL: whether a column with a title's id speaks of none. No index is used, and every index with the column suffices. */
export const isNoTorrent = (column: string): string =>
  `substr(${column}, 1, ${prefix.length}) <> '${prefix}'`;
