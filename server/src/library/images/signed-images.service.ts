import type { Image } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UrlSigner } from '../../common/url-signer.js';
import { Database } from '../../database/database.js';
import { Image as ImageEntity, type ImageKind } from '../entities/image.entity.js';

/** Seconds a picture's URL lives; the signer keeps it the same for half of that, so browsers can cache it. */
const lifetimeSeconds = 24 * 3600;

/** What a picture of each kind measures as a rule: said of those that nobody has looked at yet. */
const usualSize: Record<ImageKind, readonly [width: number, height: number]> = {
  poster: [1000, 1500],
  backdrop: [1920, 1080],
  still: [1920, 1080],
  logo: [800, 310],
  person: [600, 900],
  cover: [1000, 1000],
  embedded: [1000, 1000],
  photo: [4000, 3000],
};

/** Pictures by id, as one account may see them. */
export type ImageLookup = (id: string | null) => Image | null;

/** Pictures as clients see them: where they lie on disk never leaves the server. */
@Injectable()
export class SignedImages {
  constructor(
    private readonly database: Database,
    private readonly signer: UrlSigner,
  ) {}

  /** A picture's URL for one account, good for a day; add `&width=`. */
  url(imageId: string, accountId: string): string {
    return this.signer.sign(`/api/images/${imageId}`, accountId, lifetimeSeconds);
  }

  /**
   * Loads pictures in one statement. Until a picture was served for the first time, its size is the usual one of its
   * kind, and blurhash and colour are null.
   */
  async lookup(ids: readonly (string | null)[], accountId: string): Promise<ImageLookup> {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    const found = wanted.length === 0 ? [] : await this.database.read.findBy(ImageEntity, { id: In(wanted) });
    const byId = new Map(found.map((image) => [image.id, image]));
    return (id) => {
      const image = id === null ? undefined : byId.get(id);
      if (!image) return null;
      const { blurhash, color } = image;
      const [width, height] = image.width > 0 ? [image.width, image.height] : usualSize[image.kind];
      return { url: this.url(image.id, accountId), width, height, blurhash, color };
    };
  }
}
