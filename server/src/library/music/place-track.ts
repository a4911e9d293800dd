import { createHash } from 'node:crypto';
import { foldName, nameKeyOf, sortNameOf } from '../scan/sort-name.js';
import type { MusicTags } from '../tags/tag-reader.port.js';
import { meansVarious, readTrackPath, type TrackPath } from './track-path.js';

/** Somebody as the tags write them. */
export interface NamedArtist {
  readonly name: string;
  readonly sortName: string;
  /** Equal for equal names. */
  readonly identity: string;
}

/** Where a track belongs, and what it is. */
export interface TrackPlacement {
  readonly kind: 'track';
  readonly name: string;
  readonly sortName: string;
  /** At most one appearance each, the main one first. */
  readonly artists: readonly NamedArtist[];
  readonly artistText: string | null;
  readonly disc: number | null;
  readonly number: number | null;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly gain: number | null;
  readonly albumGain: number | null;
  readonly durationSeconds: number;
  readonly hasPicture: boolean;
  readonly album: {
    /** Equal for all tracks of an album, whatever else they say. */
    readonly identity: string;
    readonly name: string;
    /** Null: of many, or unknown until all tracks have been asked. */
    readonly artist: NamedArtist | null;
    /** Whether the tags say whose it is, or that it is of many. */
    readonly isTagged: boolean;
  };
}

export interface TrackContext {
  /** Below the library folder. */
  readonly path: string;
  readonly folderId: string;
  /** What tracks that lie in no folder are an album of. */
  readonly folderName: string;
  readonly durationSeconds: number;
  readonly hasPicture: boolean;
}

const longestName = 300;

/**
 * Decides what a music file is: its tags first, then folders and file name. Whose album it is, a tag says, or a
 * compilation's mark; else an album is what lies in one folder under one name, and all its tracks are asked.
 * Pure: the same arguments always give the same placement.
 */
export function placeTrack(tags: MusicTags | null, context: TrackContext): TrackPlacement {
  const path = readTrackPath(context.path);
  const artists = artistsOf(tags, path);
  const name = (tags?.title ?? titleOf(path, tags)).slice(0, longestName);
  return {
    kind: 'track',
    name,
    sortName: sortNameOf(name).slice(0, longestName),
    artists,
    artistText: tags?.artist ?? (artists.map((artist) => artist.name).join(', ') || null),
    disc: tags?.disc ?? path.disc,
    number: tags?.track ?? path.number,
    year: tags?.year ?? path.year,
    genres: genresOf(tags?.genres ?? []),
    gain: tags?.gain ?? null,
    albumGain: tags?.albumGain ?? null,
    durationSeconds: context.durationSeconds,
    hasPicture: context.hasPicture,
    album: albumOf(tags, path, context),
  };
}

/** `Artist - Title` is a title where no tag names the artist. */
function titleOf({ title }: TrackPath, tags: MusicTags | null): string {
  const split = /^(.+?)\s[-–]\s(.+)$/.exec(title);
  return tags?.artist == null && split?.[2] ? split[2] : title;
}

function artistsOf(tags: MusicTags | null, path: TrackPath): NamedArtist[] {
  const written = /^(.+?)\s[-–]\s(.+)$/.exec(path.title)?.[1] ?? null;
  const fallback = path.artist ?? written;
  const stated = tags && tags.artists.length > 1 ? tags.artists : splitArtists(tags?.artist ?? null);
  const names = stated.length > 0 ? stated : fallback === null ? [] : [fallback];
  const sort = names.length === 1 ? (tags?.artistSort ?? null) : null;
  const unique = new Map<string, NamedArtist>();
  for (const name of names.flatMap(splitArtists)) {
    const artist = named(name, sort);
    if (!unique.has(artist.identity)) unique.set(artist.identity, artist);
  }
  return [...unique.values()];
}

/** “A feat. B” and “A; B” are two; “AC/DC” and “Simon & Garfunkel” are one. */
export function splitArtists(text: string | null): string[] {
  if (text === null) return [];
  return text
    .split(/\s*;\s*|\s+\/\s+|\s+[([]?(?:feat|ft|featuring)\b\.?\s+/i)
    .map((part) => (part.includes('(') || part.includes('[') ? part : part.replace(/[)\]]+$/, '')).trim())
    .filter((part) => part !== '');
}

/** “Rock; Pop/Folk” are three; ID3's numbers are words by now. */
export function genresOf(tags: readonly string[]): string[] {
  const genres = new Map<string, string>();
  for (const part of tags.flatMap((tag) => tag.split(/\s*[;,|/\\]\s*/))) {
    const name = part.replace(/^[&\s]+/, '').trim().slice(0, 100); // prettier-ignore
    const key = foldName(name);
    if (key !== '' && !genres.has(key)) genres.set(key, name.charAt(0).toUpperCase() + name.slice(1));
  }
  return [...genres.values()].slice(0, 10);
}

function named(name: string, sort: string | null): NamedArtist {
  const text = name.slice(0, longestName);
  return { name: text, sortName: sortNameOf(sort ?? text).slice(0, longestName), identity: nameKeyOf(text) };
}

function albumOf(tags: MusicTags | null, path: TrackPath, context: TrackContext): TrackPlacement['album'] {
  const name = (tags?.album ?? path.album ?? context.folderName).slice(0, longestName);
  const key = nameKeyOf(name);
  const stated = tags?.albumArtist ?? null;
  const isVarious =
    tags?.compilation === true ||
    (stated !== null && meansVarious(foldName(stated))) ||
    (stated === null && path.various);
  if (isVarious) return { identity: `various|${key}`, name, artist: null, isTagged: true };
  // Without a single tag, the folder above is all there is to go by.
  const owner = stated ?? (tags?.artist == null && tags?.album == null ? path.artist : null);
  if (owner !== null) {
    const artist = named(owner, tags?.albumArtistSort ?? null);
    return { identity: `artist|${artist.identity}|${key}`, name, artist, isTagged: true };
  }
  const place = createHash('sha256').update(`${context.folderId}/${path.albumFolder}`).digest('hex');
  return { identity: `folder|${place.slice(0, 24)}|${key}`, name, artist: null, isTagged: false };
}

const unknownPlace = 9_999;

/** Order on the album; tracks without a number come last on their disc. */
export const positionOf = ({ disc, number }: Pick<TrackPlacement, 'disc' | 'number'>): number =>
  (disc ?? 1) * 100_000 + (number ?? unknownPlace * 10);
