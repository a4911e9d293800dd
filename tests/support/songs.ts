import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';

let tone = 300;

export interface SongOptions {
  /** Default 0.5. */
  seconds?: number;
  /** A colour; the song then holds a picture of it. */
  cover?: string;
  codec?: string;
}

/** A tone of its own, so that no two files have equal contents; tags by ffmpeg's names. The ending chooses the format. */
export async function song(
  path: string,
  tags: Readonly<Record<string, string>> = {},
  { seconds = 0.5, cover, codec }: SongOptions = {},
): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const inside = `${path}.cover.jpg`;
  if (cover) await writeFile(inside, await jpeg(cover));
  const written = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
  const picture = ['-i', inside, '-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v', 'attached_pic'];
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-y', '-nostdin', '-f', 'lavfi', '-i', `sine=frequency=${tone++}:duration=${seconds}`],
    ...(cover ? picture : []),
    ...(codec ? ['-c:a', codec] : []),
    ...written,
    path,
  ]);
  if (cover) await rm(inside);
  return path;
}

export interface PhotoOptions {
  width?: number;
  height?: number;
  /** EXIF’s, 1–8. */
  orientation?: number;
  /** `2024:07:01 18:30:05` */
  takenAt?: string;
  camera?: readonly [make: string, model: string];
}

let shade = 0;

/** A photo with EXIF, of a colour of its own. */
export async function photo(path: string, options: PhotoOptions = {}): Promise<string> {
  const { width = 120, height = 80, orientation, takenAt, camera } = options;
  await mkdir(dirname(path), { recursive: true });
  const background = { r: shade++ % 256, g: (shade * 7) % 256, b: 120 };
  const [make, model] = camera ?? [];
  const picture = sharp({ create: { width, height, channels: 3, background } }).withExif({
    IFD0: { ...(make && { Make: make }), ...(model && { Model: model }) },
    IFD2: { ...(takenAt && { DateTimeOriginal: takenAt }) },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100', GPSLongitudeRef: 'W' },
  });
  const turned = orientation === undefined ? picture : picture.withMetadata({ orientation });
  await writeFile(path, await turned.toFormat(path.endsWith('.png') ? 'png' : 'jpeg').toBuffer());
  return path;
}

/** A square of one colour. */
export const jpeg = (color: string, side = 80): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
