import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { WorkLimit } from '../../common/work-limit.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { ImageService } from './image.service.js';
import { ImageStore } from '../../common/pictures/image-store.js';
import { SharedWork } from '../../common/pictures/shared-work.js';
import { loadSharp, pixelLimit } from '../../common/pictures/sharp-loader.js';

/** Where a picture has to fit in, pixels. */
export interface ArtBox {
  readonly width: number;
  readonly height: number;
}

const madeAtOnce = 2;
const quality = 85;
/** Bytes on disk: they are made again in milliseconds from the pictures the web is shown. */
const capacity = 256 * 1024 ** 2;

/** Pictures as JPEG for televisions, which know nothing newer. Baseline, without transparency, never enlarged. */
@Injectable()
export class JpegArtService {
  private readonly store: ImageStore;
  private readonly work = new SharedWork<Buffer>(new WorkLimit(madeAtOnce));

  constructor(
    private readonly images: ImageService,
    @InjectConfig() config: Config,
  ) {
    this.store = new ImageStore(join(config.dataDirectory, 'cache', 'art'), capacity, 'jpg');
  }

  /** @throws ProblemError NOT_FOUND for a picture that is gone or damaged */
  async jpeg(imageId: string, box: ArtBox): Promise<Buffer> {
    const { data, etag } = await this.images.serve(imageId, box.width);
    const name = `${etag.replaceAll('"', '')}-${box.width}x${box.height}`;
    return (await this.store.read(name)) ?? this.work.run(name, () => this.make(data, box, name));
  }

  private async make(picture: Buffer, { width, height }: ArtBox, name: string): Promise<Buffer> {
    const sharp = await loadSharp();
    const data = await sharp(picture, { limitInputPixels: pixelLimit })
      .resize({ width, height, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#000000' })
      .jpeg({ quality, progressive: false })
      .toBuffer();
    await this.store.write(name, data);
    return data;
  }
}
