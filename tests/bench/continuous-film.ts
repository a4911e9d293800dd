import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const cache = resolve(import.meta.dirname, '../../node_modules/.cache/bench-clips');

/** Ten minutes of 1080p with 5.1 sound: half a minute with noise in it, over and over, key frames four seconds apart. */
export function tenMinutes(): string {
  const path = join(cache, 'ten-minutes-1080p.mkv');
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  const part = join(cache, `${process.pid}-part.mkv`);
  const own = join(cache, `${process.pid}-whole.mkv`);
  const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
  const picture = 'testsrc2=s=1920x1080:r=24:d=30,noise=alls=14:allf=t';
  const sound =
    'aevalsrc=0.1*sin(880*t)|0.1*sin(660*t)|0.3*sin(440*t)|0|0.1*sin(550*t)|0.1*sin(770*t):c=5.1:s=48000:d=30';
  const h264 = [
    '-c:v',
    'libx264',
    '-preset',
    'superfast',
    '-pix_fmt',
    'yuv420p',
    '-b:v',
    '8M',
    '-bf',
    '3',
    '-g',
    '96',
  ];
  const quiet = ['-v', 'error', '-y', '-nostdin'];
  execFileSync(ffmpeg, [
    ...quiet,
    '-f',
    'lavfi',
    '-i',
    picture,
    '-f',
    'lavfi',
    '-i',
    sound,
    ...h264,
    '-c:a',
    'flac',
    part,
  ]);
  execFileSync(ffmpeg, [...quiet, '-stream_loop', '19', '-i', part, '-map', '0', '-c', 'copy', own]);
  renameSync(own, path);
  return path;
}
