import type { Image } from '@hearth/contract/image';
import { Injectable } from '@nestjs/common';
import { servedWidth, widestServed } from '../../common/pictures/served-width.js';
import { notFound } from '../../common/problem-error.js';
import { SealedText } from '../../common/sealed-text.js';
import { UrlSigner } from '../../common/url-signer.js';
import { pictureName, RemotePictures } from './remote-pictures.js';

/** What a picture is of: says its shape until somebody has looked at it. */
export type PictureKind = 'poster' | 'landscape' | 'square' | 'backdrop' | 'person' | 'still' | 'logo';

const usualSize: Record<PictureKind, readonly [width: number, height: number]> = {
  poster: [1000, 1500],
  landscape: [1280, 720],
  square: [1000, 1000],
  backdrop: [1920, 1080],
  person: [600, 900],
  still: [1920, 1080],
  logo: [800, 310],
};

/** Pictures by address, as one account may see them. */
export type RemoteImageLookup = (url: string | null | undefined, kind: PictureKind) => Image | null;

/** What addresses are sealed for. */
const purpose = 'remote-image';
/** Seconds a picture's URL lives, as those of the library's do. */
const lifetimeSeconds = 24 * 3600;

/**
 * Pictures of providers, through this server: browsers never meet another host, and never see an address, which may hold
 * a key.
 */
@Injectable()
export class RemoteImages {
  constructor(
    private readonly pictures: RemotePictures,
    private readonly sealed: SealedText,
    private readonly signer: UrlSigner,
  ) {}

  /** Nothing is fetched until a picture is shown; of those that were shown before, colours and sizes are known. */
  async lookup(urls: readonly (string | null | undefined)[], accountId: string): Promise<RemoteImageLookup> {
    const wanted = [...new Set(urls.filter((url) => typeof url === 'string'))];
    const facts = new Map(
      await Promise.all(wanted.map(async (url) => [url, await this.pictures.facts(url)] as const)),
    );
    return (url, kind) => {
      if (!url) return null;
      const known = facts.get(url);
      const [width, height] = usualSize[kind];
      const path = `/api/remote-images/${this.sealed.sealAlike(url, purpose)}`;
      return {
        url: this.signer.sign(path, accountId, lifetimeSeconds),
        ...(known ?? { width, height, blurhash: null, color: null }),
      };
    };
  }

  /** A picture to keep, as WebP. @throws ProblemError NOT_FOUND for what is no picture or cannot be fetched */
  picture(url: string): Promise<Buffer> {
    return this.pictures.webp(url, widestServed);
  }

  /**
   * @param picture as the path has it @param wanted pixels
   * @throws ProblemError NOT_FOUND, with the reason, for what is no picture or cannot be fetched
   */
  async serve(picture: string, wanted: number | undefined): Promise<{ data: Buffer; etag: string }> {
    const url = this.sealed.open(picture, purpose);
    if (url === null) throw notFound('picture');
    const width = servedWidth(wanted);
    return { data: await this.pictures.webp(url, width), etag: `"${pictureName(url)}-${width}"` };
  }
}
