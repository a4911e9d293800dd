import { type ICommonTagsResult, parseFromTokenizer, selectCover } from 'music-metadata';
import type { FileBytes } from '../../ffmpeg/file-bytes.js';
import { FileTokenizer } from './file-tokenizer.js';
import type { MusicTags } from './tag-reader.port.js';

/** Longer names are noise, and would not fit into an index. */
const longestText = 300;
const mostArtists = 20;
const mostGenres = 10;
/** Bytes; larger ones are no cover. */
const largestPicture = 20 * 1024 * 1024;

/** The one place that knows music-metadata. @returns null where it finds no tags it understands */
export async function readMusicTags(file: FileBytes, path: string): Promise<MusicTags | null> {
  try {
    const { common } = await parseFromTokenizer(new FileTokenizer(file, path), { skipCovers: true });
    return tagsOf(common);
  } catch {
    // Whatever a file may hold: what cannot be read is as if it were not there.
    return null;
  }
}

/** The front cover, as it is stored. */
export async function readMusicPicture(file: FileBytes, path: string): Promise<Uint8Array | null> {
  try {
    const { common } = await parseFromTokenizer(new FileTokenizer(file, path));
    const data = selectCover(common.picture)?.data;
    return data && data.length > 0 && data.length <= largestPicture ? data : null;
  } catch {
    return null;
  }
}

function tagsOf(common: ICommonTagsResult): MusicTags {
  return {
    title: textOf(common.title),
    album: textOf(common.album),
    artist: textOf(common.artist),
    artists: textsOf(common.artists, mostArtists),
    artistSort: textOf(common.artistsort),
    albumArtist: textOf(common.albumartist),
    albumArtistSort: textOf(common.albumartistsort),
    compilation: common.compilation === true,
    track: numberOf(common.track.no, 99_999),
    disc: numberOf(common.disk.no, 999),
    year: yearOf(common),
    genres: textsOf(common.genre, mostGenres),
    gain: gainOf(common.replaygain_track_gain?.dB),
    albumGain: gainOf(common.replaygain_album_gain?.dB),
  };
}

/** Control characters go; PostgreSQL takes no zero bytes, and nobody can see the others. */
function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/\p{Cs}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text === '' ? null : text.slice(0, longestText).replace(/\p{Cs}$/u, '');
}

const textsOf = (values: readonly string[] | undefined, most: number): string[] =>
  (values ?? []).slice(0, most * 2).flatMap((value) => textOf(value) ?? []).slice(0, most); // prettier-ignore

const numberOf = (value: number | null | undefined, most: number): number | null =>
  Number.isInteger(value) && (value ?? 0) > 0 && (value ?? 0) <= most ? (value ?? null) : null;

/** Of the first release, where a tag tells: what the music is from, not the disc. */
function yearOf({ year, originalyear, date, originaldate }: ICommonTagsResult): number | null {
  const written = Number(/^\d{4}/.exec(originaldate ?? date ?? '')?.[0] ?? NaN);
  const stated = originalyear ?? year ?? written;
  return Number.isInteger(stated) && stated >= 1000 && stated <= 2200 ? stated : null;
}

const gainOf = (dB: number | undefined): number | null =>
  dB !== undefined && Number.isFinite(dB) && Math.abs(dB) <= 60 ? dB : null;
