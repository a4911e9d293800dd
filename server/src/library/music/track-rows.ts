import type { EntityManager } from 'typeorm';
import { mediaInfo } from '../../ffmpeg/media-info.js';
import { flag, parseList } from '../catalogue/raw-row.js';
import { inOrder } from '../lists/in-order.js';
import { inChunks } from '../store/chunks.js';
import { extensionOf } from '../sidecar/file-kind.js';
import type { ArtistName, AudioFormat, TrackFacts } from './music-facts.js';

interface TrackRow {
  id: string;
  libraryId: string;
  name: string;
  albumId: string;
  albumName: string;
  albumArtistId: string | null;
  albumArtistName: string | null;
  coverId: string | null;
  artistText: string | null;
  discNumber: number | null;
  number: number | null;
  durationSeconds: number;
  year: number | null;
  genres: string;
  gain: number | null;
  albumGain: number | null;
  size: number;
  path: string;
  media: string | null;
  available: boolean | number;
  addedAt: number;
}

/** Tracks with all that hangs on them, in the order of `ids`: two statements for four hundred. */
export async function readTracks(manager: EntityManager, ids: readonly string[]): Promise<TrackFacts[]> {
  const rows = await inChunks(
    ids,
    (slice) => manager.sql<TrackRow[]>`SELECT track.id,
    track.library_id AS "libraryId", track.name, track.album_id AS "albumId", album.name AS "albumName",
    album.artist_id AS "albumArtistId", artist.name AS "albumArtistName", album.cover_id AS "coverId",
    track.artist AS "artistText", track.disc_number AS "discNumber", track.number,
    track.duration_seconds AS "durationSeconds", track.year, track.genres, track.gain,
    track.album_gain AS "albumGain", media_file.size, media_file.relative_path AS path, media_file.media,
    track.available, track.added_at AS "addedAt"
    FROM track JOIN album ON album.id = track.album_id JOIN media_file ON media_file.id = track.id
    LEFT JOIN artist ON artist.id = album.artist_id WHERE track.id IN (${() => slice})`,
  );
  const artists = await artistsOf(manager, ids);
  return inOrder(ids, rows).map((row) => toFacts(row, artists.get(row.id) ?? []));
}

async function artistsOf(manager: EntityManager, ids: readonly string[]): Promise<Map<string, ArtistName[]>> {
  const rows = await inChunks(
    ids,
    (slice) => manager.sql<{ trackId: string; id: string; name: string }[]>`SELECT
    track_artist.track_id AS "trackId", artist.id, artist.name FROM track_artist
    JOIN artist ON artist.id = track_artist.artist_id WHERE track_artist.track_id IN (${() => slice})
    ORDER BY track_artist.track_id, track_artist.position`,
  );
  const result = new Map<string, ArtistName[]>();
  for (const { trackId, ...name } of rows) result.set(trackId, [...(result.get(trackId) ?? []), name]);
  return result;
}

function toFacts(row: TrackRow, artists: readonly ArtistName[]): TrackFacts {
  const { albumId, albumName, albumArtistId, albumArtistName, coverId, path, media, ...rest } = row;
  return {
    ...rest,
    album: {
      id: albumId,
      name: albumName,
      artist:
        albumArtistId !== null && albumArtistName !== null
          ? { id: albumArtistId, name: albumArtistName }
          : null,
      coverId,
    },
    artists,
    genres: parseList(row.genres),
    format: formatOf(media, path),
    available: flag(row.available),
  };
}

/** Containers that ffmpeg's names for films leave out. */
const containers: Readonly<Record<string, string>> = {
  aif: 'aiff',
  aifc: 'aiff',
  aiff: 'aiff',
  ape: 'ape',
  wv: 'wavpack',
  dsf: 'dsf',
  dff: 'dsdiff',
  mpc: 'musepack',
  tta: 'tta',
  ac3: 'ac3',
  eac3: 'eac3',
  dts: 'dts',
};

function formatOf(json: string | null, path: string): AudioFormat {
  const info = json === null ? undefined : mediaInfo.safeParse(JSON.parse(json)).data;
  const sound = info?.streams.find((stream) => stream.kind === 'audio');
  const container = info?.container ?? 'other';
  return {
    container: container === 'other' ? (containers[extensionOf(path)] ?? 'other') : container,
    codec: sound?.codec ?? 'unknown',
    bitrate: sound?.bitrate ?? info?.bitrate ?? null,
    sampleRate: sound?.sampleRate || null,
    channels: sound?.channels || null,
    bitDepth: sound?.bitDepth ?? null,
  };
}
