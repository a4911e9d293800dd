import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { WorkLimit } from '../../common/work-limit.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { Database } from '../../database/database.js';
import { Image } from '../entities/image.entity.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { firstLine, ImageAnalyzer, ImageUnreadable } from '../../common/pictures/image-analyzer.js';
import { resolveInside } from './image-path.js';
import { ImageStore } from '../../common/pictures/image-store.js';
import { SharedWork } from '../../common/pictures/shared-work.js';
import { servedWidth } from '../../common/pictures/served-width.js';
import { loadSharp, photoPixelLimit, pixelLimit } from '../../common/pictures/sharp-loader.js';
import { toWebp } from '../../common/pictures/to-webp.js';
import { ProbeFailed } from '../../ffmpeg/media-probe.js';
import { isHeic, isRawPhoto } from '../sidecar/file-kind.js';
import { TagReader } from '../tags/tag-reader.port.js';

/** Pictures decoded at once: libvips needs tens of megabytes for each. */
const decodedAtOnce = 2;

export interface ServedImage {
  data: Buffer;
  /** Changes when the picture or its width does. */
  etag: string;
}

const missing = (reason: string): ProblemError =>
  new ProblemError('NOT_FOUND', { detail: `There is no such picture: ${reason}.` });

/** Pictures as WebP at a handful of widths, kept on disk once made. */
@Injectable()
export class ImageService {
  private readonly store: ImageStore;
  private readonly work = new SharedWork<Buffer>(new WorkLimit(decodedAtOnce));
  /** Half a gigabyte for the largest. */
  private readonly heicTurns = new WorkLimit(1);
  private readonly logger: Logger;

  constructor(
    private readonly database: Database,
    private readonly analyzer: ImageAnalyzer,
    @InjectConfig() private readonly config: Config,
    logger: Logger,
    private readonly tags: TagReader,
  ) {
    this.store = new ImageStore(join(config.dataDirectory, 'cache', 'images'));
    this.logger = logger.scoped('images');
  }

  /**
   * A picture at the served width next to `wanted`; never enlarged.
   * @throws ProblemError NOT_FOUND, with the reason, also for one that is damaged
   */
  async serve(id: string, wanted: number | undefined): Promise<ServedImage> {
    const image = await this.database.read.findOneBy(Image, { id });
    if (!image) throw missing('nothing has this id');
    const width = servedWidth(wanted);
    // The size and time of the original are in the name: a replaced poster is a new picture.
    const name = `${image.id}-${image.modifiedMs}-${image.size}-${width}`;
    const data =
      (await this.store.read(name)) ?? (await this.work.run(name, () => this.make(image, width, name)));
    return { data, etag: `"${name}"` };
  }

  private async make(image: Image, width: number, name: string): Promise<Buffer> {
    const path = await this.locate(image);
    const isInside = image.kind === 'embedded' || isRawPhoto(path) || isHeic(path);
    const picture = isInside ? await this.embedded(path) : path;
    const { data, facts } = await this.decode(image, picture, width);
    await this.store.write(name, data);
    if (facts) await this.database.write((manager) => manager.update(Image, { id: image.id }, { ...facts }));
    return data;
  }

  /** The picture inside a track or a raw photo, or what an HEIC file holds. */
  private async embedded(path: string): Promise<Uint8Array> {
    const read = () => this.tags.picture(path);
    const data = await (isHeic(path) ? this.heicTurns.run(read) : read()).catch((error: unknown) => {
      if (error instanceof ProbeFailed) return null;
      throw error;
    });
    if (data === null) throw missing('the file holds none any more');
    return data;
  }

  private async decode(image: Image, picture: string | Uint8Array, width: number) {
    try {
      // Of a photo that was cut off, what is there is shown; half a poster is none.
      const isPhoto = image.kind === 'photo';
      const reading = {
        limitInputPixels: isPhoto ? await this.photoPixels(picture) : pixelLimit,
        failOn: isPhoto ? ('none' as const) : ('warning' as const),
      };
      const facts = image.blurhash === null ? await this.analyzer.analyze(picture, reading) : null;
      return { data: await toWebp(picture, width, reading), facts };
    } catch (error) {
      const reason = error instanceof ImageUnreadable ? error.reason : firstLine(error);
      this.logger.warn('A picture cannot be read', { imageId: image.id, reason });
      throw missing(`it cannot be read (${reason})`);
    }
  }

  private async photoPixels(picture: string | Uint8Array): Promise<number> {
    const sharp = await loadSharp();
    return photoPixelLimit((await sharp(picture).metadata()).format);
  }

  private async locate({ folderId, relativePath }: Image): Promise<string> {
    const folder = folderId && (await this.database.read.findOneBy(LibraryFolder, { id: folderId }));
    const root = folder ? folder.path : folderId ? undefined : this.config.dataDirectory;
    const path = root && (await resolveInside(root, relativePath));
    if (!path) throw missing('its file is gone');
    const facts = await stat(path);
    if (!facts.isFile()) throw missing('its file is gone');
    return path;
  }
}
