import type { ImageKind } from '../entities/image.entity.js';
import { baseOf, fileKindOf, isRawPhoto } from './file-kind.js';

export interface ArtworkName {
  kind: ImageKind;
  /** Lower-case name of the media file it belongs to; null for the whole folder. */
  base: string | null;
  /** Season number of `season01-poster.jpg`; -1 for “all”. */
  season: number | null;
  /** Lower wins where several pictures are of one kind. */
  rank: number;
}

/** By the usual conventions of Kodi, Jellyfin and Plex, in order of preference. https://kodi.wiki/view/Movie_artwork */
const names: readonly (readonly [ImageKind, readonly string[]])[] = [
  ['poster', ['poster', 'folder', 'cover', 'movie', 'show', 'default', 'jacket']],
  ['backdrop', ['fanart', 'backdrop', 'background', 'art']],
  ['logo', ['clearlogo', 'logo']],
];
const suffixes: readonly (readonly [string, ImageKind])[] = [
  ['poster', 'poster'],
  ['cover', 'poster'],
  ['fanart', 'backdrop'],
  ['backdrop', 'backdrop'],
  ['background', 'backdrop'],
  ['clearlogo', 'logo'],
  ['logo', 'logo'],
  ['thumb', 'still'],
];

/** What a picture beside media is, by its name; null for one that is no artwork. */
export function readArtworkName(name: string): ArtworkName | null {
  if (fileKindOf(name) !== 'image' || isRawPhoto(name)) return null;
  const base = baseOf(name).toLowerCase();
  const season = /^season[ ._-]*(\d{1,4}|-specials|all)(?:[-_.]?(poster|cover))?$/.exec(
    base.replace(/^season-specials/, 'season0'),
  );
  if (season)
    return { kind: 'poster', base: null, season: season[1] === 'all' ? -1 : Number(season[1]), rank: 0 };
  for (const [kind, known] of names) {
    const rank = known.indexOf(base);
    if (rank >= 0) return { kind, base: null, season: null, rank };
  }
  for (const [suffix, kind] of suffixes) {
    const cut = base.length - suffix.length;
    if (cut > 1 && base.endsWith(suffix) && /[-_.]/.test(base[cut - 1] ?? '')) {
      return { kind, base: base.slice(0, cut - 1), season: null, rank: 0 };
    }
  }
  // `Film.jpg` beside `Film.mkv`: a poster for a film, a still for an episode.
  return { kind: 'poster', base, season: null, rank: 9 };
}
