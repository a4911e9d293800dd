import type { LibraryKind } from '@hearth/contract/library';
import { parseMediaPath } from './naming/parse-media-path.js';
import { joinPath } from './scan/directory-tree.js';
import { systemErrorCode } from '../common/system-error.js';
import { walk } from './scan/walk.js';

/** So many names are enough to tell. */
const enough = 300;
/** A folder is of one kind when so much of it is. */
const clearShare = 0.9;

/** The kind of library a folder looks like, by the names in it; `mixed` where they do not agree. */
export async function guessKind(path: string): Promise<LibraryKind> {
  const counts = { video: 0, episode: 0, audio: 0, image: 0 };
  const stop = new Error('seen enough');
  try {
    const tree = await walk(path, { isMedia: (kind) => ['video', 'audio', 'image'].includes(kind) });
    for (const directory of tree.directories.values()) {
      for (const { kind, name } of directory.media) {
        if (kind === 'audio') counts.audio++;
        else if (kind === 'image') counts.image++;
        else count(joinPath(directory.path, name), counts);
        if (counts.video > enough) throw stop;
      }
    }
  } catch (error) {
    if (error !== stop && systemErrorCode(error) === undefined) throw error;
  }
  if (counts.video === 0) return ofTags(counts);
  // Music among the films: a library of films would pass it over.
  if (counts.audio > counts.video * (1 - clearShare)) return 'mixed';
  const share = counts.episode / counts.video;
  return share >= clearShare ? 'series' : share <= 1 - clearShare ? 'movies' : 'mixed';
}

/** Without a film: music with its covers, or photos; a folder of both is neither. */
function ofTags({ audio, image }: { audio: number; image: number }): LibraryKind {
  if (audio > 0 && image <= audio) return 'music';
  return audio === 0 && image > 0 ? 'photos' : 'mixed';
}

function count(path: string, counts: { video: number; episode: number }): void {
  counts.video++;
  if (parseMediaPath(path).kind === 'episode') counts.episode++;
}
