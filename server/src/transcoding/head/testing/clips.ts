import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const cache = resolve(import.meta.dirname, '../../../../../node_modules/.cache/head-clips');

const seconds = 11;
const picture = (rate = '24000/1001', size = '320x180', length = seconds): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=r=${rate}:s=${size}:d=${length}`],
];
const tone = (length = seconds, rate = 48_000): string[] => [
  ...['-f', 'lavfi', '-i', `sine=f=440:r=${rate}:d=${length}`],
];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '2', '-g', '60', '-sc_threshold', '0']; // prettier-ignore
const aac = ['-c:a', 'aac', '-ac', '2'];
const h264At = (rate: string): string[] => [...picture(rate), ...tone(), ...h264, ...aac];
const surround =
  'aevalsrc=0.1*sin(880*t)|0.1*sin(660*t)|0.3*sin(440*t)|0|0.1*sin(550*t)|0.1*sin(770*t):c=5.1:s=48000:d=11';

/** Recipes: how ffmpeg makes a film of a sort that people have. */
const recipes = {
  'film-23.976.mkv': h264At('24000/1001'),
  'film-25.mp4': h264At('25'),
  'film-30.mp4': h264At('30'),
  'film-60.mkv': h264At('60'),
  // Starts half a frame late: rounded to ms, its frames lie on both sides of the middle of the grid.
  'half-frame-late.mkv': ['-itsoffset', '0.021', ...picture(), ...tone(), ...h264, ...aac, '-avoid_negative_ts', 'disabled'],
  'variable-rate.mp4': [
    ...picture('30'), ...tone(), '-vf', "select='not(mod(n\\,3))+gt(mod(n\\,90)\\,45)'", '-fps_mode', 'vfr', ...h264, ...aac,
  ],
  'hevc-10-bit.mkv': [
    ...picture(), ...tone(), '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-preset', 'ultrafast', '-x265-params', 'log-level=none:keyint=72', ...aac,
  ],
  'interlaced.ts': [
    ...picture('50', '352x288'), ...tone(), '-vf', 'interlace', '-c:v', 'mpeg2video', '-flags', '+ilme+ildct', '-b:v', '2M', '-g', '12', '-bf', '2', '-c:a', 'mp2', '-muxdelay', '0.7',
  ],
  'long-groups.ts': [...picture('25'), ...tone(), ...h264, '-g', '175', ...aac],
  'one-keyframe.mkv': [...picture('25'), ...tone(), ...h264, '-g', '100000', ...aac],
  'open-group.mp4': [...picture('25'), ...tone(), ...h264, '-bf', '3', '-b_strategy', '0', '-g', '50', '-x264-params', 'open-gop=1', ...aac],
  'anamorphic.mkv': [...picture('25', '352x288'), ...tone(), '-vf', 'setsar=16/11', ...h264, ...aac],
  'surround.mkv': [...picture('25'), '-f', 'lavfi', '-i', surround, ...h264, '-c:a', 'ac3', '-b:a', '384k'],
  'late-sound.mkv': [...picture('25'), '-itsoffset', '1.5', ...tone(9, 44_100), ...h264, ...aac],
  'short-picture.mkv': [...picture('25', '320x180', 9), ...tone(), ...h264, ...aac],
  'xvid.avi': [...picture('25'), ...tone(), '-c:v', 'mpeg4', '-vtag', 'XVID', '-bf', '2', '-g', '100', '-c:a', 'libmp3lame'],
  'h264.avi': [...picture('25'), ...tone(), ...h264, '-bf', '0', '-g', '50', '-c:a', 'ac3'],
  'h264.flv': [...picture('25'), ...tone(), ...h264, ...aac],
  'hdr.mkv': [
    ...picture('24', '640x360'), ...tone(), '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-preset', 'ultrafast', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', '-x265-params', 'log-level=none:keyint=48', ...aac,
  ],
} satisfies Record<string, readonly string[]>; // prettier-ignore

/** For seeking about in. */
const long = {
  'two-minutes.mkv': [...picture('24', '160x90', 120), ...tone(120), ...h264, ...aac],
};

export type ClipName = keyof typeof recipes | keyof typeof long | 'rotated.mp4';
export const clipNames = [...Object.keys(recipes), 'rotated.mp4'] as ClipName[];

/** A clip of eleven seconds, made once a machine. @returns its path */
export async function clip(name: ClipName): Promise<string> {
  if (name === 'rotated.mp4')
    return made(name, ['-i', await clip('film-25.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90']);
  return made(name, { ...recipes, ...long }[name]);
}

async function made(name: string, args: readonly string[]): Promise<string> {
  const digest = createHash('sha256').update(args.join('\n')).digest('hex').slice(0, 10);
  const path = join(cache, `${digest}-${name}`);
  if (existsSync(path)) return path;
  await mkdir(cache, { recursive: true });
  const own = join(cache, `${process.pid}-${name}`);
  await run(ffmpeg, ['-v', 'error', '-y', '-nostdin', ...args, own]);
  await rename(own, path);
  return path;
}
