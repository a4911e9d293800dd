import { pathParts, readFolder } from './folder-context.js';
import type { Folder } from './folder-context.js';
import { normalised } from './lone-number-patterns.js';
import { parseName } from './parse-name.js';
import type { ReadName } from './parse-name.js';
import type { NameHints, ParsedName } from './parsed-name.js';

/** Names longer than this are cut: no file system holds them, and no pattern should be asked to walk them. */
const LONGEST_NAME = 512;

/**
 * Reads film or episode from a path or a release name. The file name is read first; folders give what it lacks: the
 * series' title and year, the season, the quality. Pure, never throws.
 *
 * @param path relative to the library's folder, or a bare name; slashes or backslashes
 * @param hints what is known of the library
 */
export function parseMediaPath(path: string, hints: NameHints = {}): ParsedName {
  const parts = pathParts(path.slice(-4 * LONGEST_NAME)).map((part) => part.slice(0, LONGEST_NAME));
  const libraryKind = hints.libraryKind ?? 'mixed';
  const leaf = parts.pop() ?? '';
  const folders = parts.reverse().slice(0, 6).map(readFolder);
  const season = folders.find((folder) => folder.season !== null);
  const around = { folderSeason: null, inSeriesFolder: false, folderTitle: null, libraryKind };
  const above = nearestNamed(folders, around);
  const folderSeason =
    season?.season ?? (above?.kind === 'episode' && above.episodes.length === 0 ? above.season : null);
  const own = parseName(leaf, {
    folderSeason,
    inSeriesFolder: folderSeason !== null,
    folderTitle: above?.title ? normalised(above.title) : null,
    libraryKind,
  });
  return combined(own, above, folderSeason, folders);
}

/** The nearest folder that names a work; digests and placeholders name none. */
function nearestNamed(folders: Folder[], around: Parameters<typeof parseName>[1]): ReadName | null {
  for (const folder of folders) {
    const read = folder.kind === 'named' ? parseName(folder.name, around) : null;
    if (read && read.kind !== 'unknown') return read;
  }
  return null;
}

function combined(
  own: ReadName,
  above: ReadName | null,
  folderSeason: number | null,
  folders: Folder[],
): ParsedName {
  const fromFolder =
    above !== null && above.season !== null && above.episodes.length > 0 && own.season === null;
  const title = chooseTitle(own, above, folders);
  const episodes = fromFolder ? above.episodes : own.episodes;
  const season = fromFolder ? above.season : (own.season ?? folderSeason);
  const episodic = own.kind === 'episode' || fromFolder || folderSeason !== null;
  return {
    kind: episodic
      ? 'episode'
      : title === null
        ? 'unknown'
        : own.kind === 'unknown'
          ? (above?.kind ?? 'unknown')
          : own.kind,
    title,
    year: own.year ?? inheritedYear(own, above, title),
    season,
    episodes,
    absoluteEpisodes: fromFolder ? above.absoluteEpisodes : own.absoluteEpisodes,
    date: own.date ?? above?.date ?? null,
    resolution: own.resolution ?? above?.resolution ?? null,
    source: own.source ?? above?.source ?? null,
    videoCodec: own.videoCodec ?? above?.videoCodec ?? null,
    audioCodec: own.audioCodec ?? above?.audioCodec ?? null,
    releaseGroup: own.releaseGroup ?? above?.releaseGroup ?? null,
  };
}

/** A folder's year is the film's, and the series' where both mean the same series. */
function inheritedYear(own: ReadName, above: ReadName | null, title: string | null): number | null {
  if (above === null || title === null || above.title === null) return null;
  const same =
    normalised(title).startsWith(normalised(above.title)) ||
    normalised(above.title).startsWith(normalised(title));
  return same || own.kind === 'movie' ? above.year : null;
}

function chooseTitle(own: ReadName, above: ReadName | null, folders: Folder[]): string | null {
  const folderTitle = above?.title ?? null;
  if (folderTitle === null) return own.title;
  if (own.title === null || own.titleIsBehind) return folderTitle;
  // «grp-the.film.1999.mkv» in «The Film (1999)»: the folder is spelt out.
  const bare = normalised(own.title.replace(/^[a-z\d]{2,8}-/u, ''));
  if (bare === normalised(folderTitle) || normalised(own.title) === normalised(folderTitle))
    return folderTitle;
  const release = own.isBare && (above?.source ?? above?.videoCodec ?? above?.resolution ?? null) !== null;
  const inSeason = folders[0]?.kind === 'season';
  if (own.kind === 'episode') return own.title;
  if (own.kind === 'unknown' || inSeason || release || (own.year === null && above?.year != null))
    return folderTitle;
  return own.title;
}
