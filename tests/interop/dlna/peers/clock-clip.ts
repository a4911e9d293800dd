import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** Bars across the picture, the lowest bit at the left. */
export const CLOCK_BITS = 8;

/** As large as real films are, by filler: a few kilobytes a second would be in a player's buffer at once. */
const CONSTANT = [
  '-b:v',
  '6M',
  '-minrate',
  '6M',
  '-maxrate',
  '6M',
  '-bufsize',
  '2M',
  '-x264-params',
  'nal-hrd=cbr:filler=1',
];

/** A film whose picture tells its second: white bars for ones, black for noughts. */
export async function clockClip(
  path: string,
  seconds: number,
  videoCodec: 'libx264' | 'mpeg4',
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const bars = Array.from(
    { length: CLOCK_BITS },
    (_, bit) =>
      `drawbox=x=iw*${bit}/${CLOCK_BITS}:y=0:w=iw/${CLOCK_BITS}:h=ih:color=white:t=fill:enable='gt(bitand(floor(t)\\,${2 ** bit})\\,0)'`,
  );
  const encoder =
    videoCodec === 'libx264'
      ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', ...CONSTANT]
      : ['-c:v', 'mpeg4', '-b:v', '1M', '-g', '50'];
  await promisify(execFile)(process.env['FFMPEG_PATH'] || 'ffmpeg', [
    ...['-v', 'error', '-y', '-nostdin'],
    ...['-f', 'lavfi', '-i', `color=black:s=640x360:r=25:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=330:duration=${seconds}`],
    ...['-vf', bars.join(','), ...encoder, '-c:a', 'aac', '-shortest', path],
  ]);
}

/** Reads a picture that was scaled to one column a bit: the middle row of `CLOCK_BITS` by nine grey pixels. */
export function clockSecond(pixels: Buffer): number {
  const row = pixels.subarray(4 * CLOCK_BITS, 5 * CLOCK_BITS);
  if (row.length < CLOCK_BITS) throw new Error(`A picture of ${pixels.length} pixels`);
  return row.reduce((second, light, bit) => second + (light > 127 ? 2 ** bit : 0), 0);
}
