import type { TorrentFileInfo } from '@hearth/contract/torrent';

/** Folders of what comes with a film (names of Kodi, Plex and Jellyfin for extras). */
const EXTRA_FOLDER =
  /^(?:samples?|trailers?|extras?|featurettes?|bonus(?:es)?|behind the scenes|deleted scenes|interviews?|scenes?|shorts?|specials?|proofs?|screens?|nc(?:op|ed)s?|menus?)$/iu;
const EXTRA_NAME =
  /(?:^|[\s._[(-])(?:sample|trailer|teaser|featurette|bonus|behind[\s._-]the[\s._-]scenes|deleted[\s._-]scenes?|interview|proof|nc(?:op|ed)\d{0,2}|creditless|extras?)(?:[\s._\])-]|$)/iu;
/** A film may be called “The Trailer”: a name alone counts for files much smaller than the largest. */
const SMALL_SHARE = 0.35;
/** Episodes of a pack are of about one size. */
const PACK_SHARE = 0.3;

/**
 * The file to play first: of the videos that are no sample or extra the largest; where that is an episode of several, the
 * earliest of them; without videos the first audio file by its path. null: nothing can be played.
 */
export function bestFile(files: readonly TorrentFileInfo[]): number | null {
  const playable = files.filter((file) => file.playable);
  const videos = playable.filter(({ kind }) => kind === 'video');
  if (videos.length === 0) {
    const audio = playable.filter(({ kind }) => kind === 'audio');
    return audio.sort((a, b) => byText(a.path, b.path))[0]?.index ?? null;
  }
  const largest = Math.max(...videos.map(({ size }) => size));
  const main = videos.filter((file) => !isExtra(file, largest));
  const candidates = main.length > 0 ? main : videos;
  const best = candidates.reduce((a, b) => (b.size > a.size ? b : a));
  return (firstOfPack(candidates, best) ?? best).index;
}

const isExtra = ({ path, name, size }: TorrentFileInfo, largest: number): boolean =>
  liesAmongExtras(path) || (isCalledExtra(name) && size < largest * SMALL_SHARE);

export function liesAmongExtras(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some((folder) => EXTRA_FOLDER.test(folder.replaceAll(/[._-]+/gu, ' ').trim()));
}

export const isCalledExtra = (name: string): boolean => EXTRA_NAME.test(name);

function firstOfPack(files: readonly TorrentFileInfo[], largest: TorrentFileInfo): TorrentFileInfo | null {
  if (largest.guess.episodes.length === 0) return null;
  const pack = files.filter(
    ({ guess, size }) => guess.episodes.length > 0 && size >= largest.size * PACK_SHARE && guess.season !== 0,
  );
  return [...pack].sort((a, b) => place(a) - place(b) || byText(a.path, b.path))[0] ?? null;
}

const place = ({ guess }: TorrentFileInfo): number =>
  (guess.season ?? 0) * 100_000 + Math.min(...guess.episodes, 99_999);

const byText = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
