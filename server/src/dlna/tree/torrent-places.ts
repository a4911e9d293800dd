import { objectId } from './branch.js';

/** Key of the branch that torrents hang in. */
export const torrentsKey = 'torrents';

const parts = /^torrent-([0-9a-f]{40})(?:-(e[\d-]+))?$/;

/** Where a title or an episode of a torrent is at home; undefined for others. Ids are short there: an object's has an end. */
export function torrentPlace(id: string): string | undefined {
  const [, infoHash, episode] = parts.exec(id) ?? [];
  if (infoHash === undefined) return undefined;
  return objectId(torrentsKey, episode === undefined ? [infoHash] : [infoHash, episode]);
}

/** The id of a title, or of an episode, that is at home at a path. */
export const idOfPlace = ([infoHash = '', episode]: readonly string[]): string =>
  `torrent-${infoHash}${episode === undefined ? '' : `-${episode}`}`;
