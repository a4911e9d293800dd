import type { AlbumCard, ArtistCard, FoundTrack, Track } from '@hearth/contract/music';
import { Injectable } from '@nestjs/common';
import { UrlSigner } from '../../common/url-signer.js';
import { isoTime } from '../catalogue/raw-row.js';
import { SignedImages } from '../images/signed-images.service.js';
import { browserAudio } from './browser-audio.js';
import type { AlbumFacts, ArtistFacts, TrackFacts } from './music-facts.js';

/** Seconds the address of a track lives: longer than any queue plays. */
const lifetimeSeconds = 24 * 3600;

/** Music as clients see it: with addresses signed for one account. */
@Injectable()
export class MusicCards {
  constructor(
    private readonly images: SignedImages,
    private readonly signer: UrlSigner,
  ) {}

  async albums(albums: readonly AlbumFacts[], accountId: string): Promise<AlbumCard[]> {
    const covers = await this.images.lookup(albums.map(({ coverId }) => coverId), accountId); // prettier-ignore
    return albums.map(({ id, name, artist, year, genres, coverId, ...facts }) => ({
      id,
      name,
      artist: artist && { ...artist },
      year,
      genres: [...genres],
      cover: covers(coverId),
      trackCount: facts.trackCount,
      durationSeconds: facts.durationSeconds,
      available: facts.available,
      addedAt: isoTime(facts.addedAt),
    }));
  }

  async artists(artists: readonly ArtistFacts[], accountId: string): Promise<ArtistCard[]> {
    const covers = await this.images.lookup(artists.map(({ coverId }) => coverId), accountId); // prettier-ignore
    return artists.map(({ id, name, albumCount, trackCount, coverId }) => ({
      id,
      name,
      albumCount,
      trackCount,
      image: covers(coverId),
    }));
  }

  track(facts: TrackFacts, accountId: string): Track {
    const audio = browserAudio(facts.format);
    const path =
      audio.kind === 'direct' ? `/api/media/files/${facts.id}` : `/api/media/tracks/${facts.id}/audio`;
    return {
      id: facts.id,
      albumId: facts.album.id,
      name: facts.name,
      artists: facts.artists.map((artist) => ({ ...artist })),
      discNumber: facts.discNumber,
      number: facts.number,
      durationSeconds: facts.durationSeconds,
      codec: facts.format.codec,
      bitrate: facts.format.bitrate,
      gain: facts.gain,
      available: facts.available,
      url: this.signer.sign(path, accountId, lifetimeSeconds),
      contentType: audio.contentType,
    };
  }

  async found(tracks: readonly TrackFacts[], accountId: string): Promise<FoundTrack[]> {
    const covers = await this.images.lookup(tracks.map(({ album }) => album.coverId), accountId); // prettier-ignore
    return tracks.map((facts) => ({
      ...this.track(facts, accountId),
      albumName: facts.album.name,
      cover: covers(facts.album.coverId),
    }));
  }
}
