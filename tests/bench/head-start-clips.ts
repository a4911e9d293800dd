import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const cache = resolve(import.meta.dirname, '../../node_modules/.cache/bench-clips');
/** Noise, so that decoding costs what a film's does: 8 Mb/s and more. */
const picture = (size: string, rate = '24000/1001'): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=10,noise=alls=14:allf=t`],
];
const hd = picture('1920x1080');
const uhd = picture('3840x2160', '24');
const x264 = (...more: string[]): string[] => ['-c:v', 'libx264', '-preset', 'superfast', '-pix_fmt', 'yuv420p', '-b:v', '8M', '-bf', '3', '-g', '96', ...more]; // prettier-ignore
const x265 = (params: string): string[] => ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-b:v', '8M', '-x265-params', `log-level=none:keyint=96:${params}`]; // prettier-ignore

const recipes: Readonly<Record<string, readonly string[]>> = {
  'h264.mkv': [...hd, ...x264()],
  'hevc-10-bit.mkv': [...hd, ...x265('open-gop=0')],
  'vp9.webm': [...hd, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1', '-b:v', '8M', '-g', '96'],
  'av1.mp4': [...hd, '-c:v', 'libsvtav1', '-preset', '12', '-b:v', '6M', '-g', '96'],
  'mpeg2.ts': [...picture('1280x720', '25'), '-c:v', 'mpeg2video', '-b:v', '8M', '-g', '15', '-bf', '2'],
  'xvid.avi': [...picture('1280x720', '25'), '-c:v', 'mpeg4', '-vtag', 'XVID', '-b:v', '5M', '-g', '100', '-bf', '2'],
  'one-keyframe.mkv': [...hd, ...x264('-g', '100000', '-sc_threshold', '0')],
  'open-group.mp4': [...hd, ...x264('-x264-params', 'open-gop=1')],
  'uhd-h264.mkv': [...uhd, ...x264('-b:v', '25M')],
  'uhd-hdr10.mkv': [...uhd, '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', ...x265('open-gop=0')],
}; // prettier-ignore

export const benchClips = Object.keys(recipes);

/** Ten seconds of a codec, made once a machine. @returns its path */
export function benchClip(name: string): string {
  const path = join(cache, name);
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  const own = join(cache, `${process.pid}-${name}`);
  const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
  execFileSync(ffmpeg, ['-v', 'error', '-y', '-nostdin', ...(recipes[name] ?? []), own]);
  renameSync(own, path);
  return path;
}
