import type { Stats } from 'node:fs';
import { FileBytes } from '../../ffmpeg/file-bytes.js';
import { fingerprintOf } from '../../ffmpeg/fingerprint.js';
import { InProcessProbe } from '../../ffmpeg/in-process-probe.js';
import { ProbeFailed } from '../../ffmpeg/media-probe.js';
import { openAccess } from '../../ffmpeg/open-access.js';
import { asProbeFailed } from '../../ffmpeg/probe-failure.js';
import type { RandomAccess } from '../../ffmpeg/random-access.js';
import { readMusicPicture, readMusicTags } from './music-tags.js';
import { loadSharp } from '../../common/pictures/sharp-loader.js';
import { extensionOf, isHeic, isRawPhoto } from '../sidecar/file-kind.js';
import { heicAsJpeg } from './heic-picture.js';
import { exifWithin, readExif } from './photo-tags.js';
import { type PictureSize, readPictureSize } from './picture-size.js';
import { readRawPreview } from './raw-preview.js';
import { type MusicReading, type PhotoReading, TagReader } from './tag-reader.port.js';

/** Bytes read for tags at most; see `FileBytes`. */
const budget = 64 * 1024 * 1024;
const block = 64 * 1024;

/** Reads on the spot, synchronously: a worker thread runs it (`tag-pool.ts`). */
export class InProcessTags extends TagReader {
  private readonly probe = new InProcessProbe();

  override async music(path: string): Promise<MusicReading> {
    const inspection = await this.probe.inspect(path);
    return { inspection, tags: await withBytes(path, (file) => readMusicTags(file, path)) };
  }

  override photo(path: string): Promise<PhotoReading> {
    return withBytes(path, async (file, stats) => {
      const identity = {
        size: stats.size,
        modifiedMs: stats.mtimeMs,
        inode: String(stats.ino),
        device: String(stats.dev),
        fingerprint: fingerprintOf(file),
      };
      const size = file.size === 0 ? { failure: 'The file is empty.' } : await sizeOf(path, file);
      if ('failure' in size) return { identity, photo: size };
      return { identity, photo: { ...size, ...(await readExif(file.read(0, exifWithin))) } };
    });
  }

  override picture(path: string): Promise<Uint8Array | null> {
    return withBytes(path, async (file) => {
      if (isRawPhoto(path)) return readRawPreview(file)?.jpeg ?? null;
      return isHeic(path) ? heifPicture(file.read(0, file.size)) : readMusicPicture(file, path);
    });
  }
}

/** As it is where sharp decodes it: AVIF, or another picture under this name. */
async function heifPicture(bytes: Uint8Array): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const { compression } = await sharp(bytes).metadata();
  return compression === 'hevc' ? heicAsJpeg(bytes) : bytes;
}

/** A raw photo is shown as the picture that its camera put into it. */
async function sizeOf(path: string, file: FileBytes): Promise<PictureSize> {
  if (!isRawPhoto(path)) return readPictureSize(path);
  const preview = readRawPreview(file);
  return preview
    ? { width: preview.width, height: preview.height }
    : {
        failure: `In this raw photo (${extensionOf(path).toUpperCase()}) is no picture to show; export it as JPEG.`,
      };
}

async function withBytes<T>(path: string, use: (file: FileBytes, stats: Stats) => Promise<T>): Promise<T> {
  let access: RandomAccess | undefined;
  try {
    access = openAccess(path);
    if (!access.stats) throw new ProbeFailed('unreadable', 'Tags are read of files only.');
    return await use(new FileBytes(access, block, budget), access.stats);
  } catch (error) {
    throw asProbeFailed(error);
  } finally {
    access?.close();
  }
}
