import type { Photo, PhotoAlbumCard } from '@hearth/contract/photo';
import { Injectable } from '@nestjs/common';
import { UrlSigner } from '../../common/url-signer.js';
import { SignedImages } from '../images/signed-images.service.js';
import type { PhotoAlbumFacts, PhotoFacts } from './photo-facts.js';

/** Seconds the address of an original lives. */
const lifetimeSeconds = 24 * 3600;

/** Photos as clients see them: with addresses signed for one account. */
@Injectable()
export class PhotoCards {
  constructor(
    private readonly images: SignedImages,
    private readonly signer: UrlSigner,
  ) {}

  async albums(albums: readonly PhotoAlbumFacts[], accountId: string): Promise<PhotoAlbumCard[]> {
    const covers = await this.images.lookup(albums.map(({ coverId }) => coverId), accountId); // prettier-ignore
    return albums.map(({ id, name, kind, photoCount, coverId, firstAt, lastAt }) => ({
      id,
      name,
      kind,
      photoCount,
      cover: covers(coverId),
      from: firstAt,
      to: lastAt,
    }));
  }

  async photos(photos: readonly PhotoFacts[], accountId: string): Promise<Photo[]> {
    const pictures = await this.images.lookup(photos.map(({ id }) => id), accountId); // prettier-ignore
    return photos.map(({ id, name, takenAt, camera, width, height, available }) => {
      const known = pictures(id);
      const url = known?.url ?? this.images.url(id, accountId);
      return {
        id,
        name,
        takenAt,
        camera,
        image: { url, width, height, blurhash: known?.blurhash ?? null, color: known?.color ?? null },
        originalUrl: this.signer.sign(`/api/media/files/${id}`, accountId, lifetimeSeconds),
        available,
      };
    });
  }
}
