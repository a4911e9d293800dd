import { execFile } from 'node:child_process';
import { copyFile, open, rename, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached, srt } from './clips.js';

const run = promisify(execFile);

/** A file of a sort found on people's disks, and what is true of it. */
export interface MatrixClip {
  readonly name: string;
  readonly seconds: number;
  /** Frames a second of the picture as shown; the grid rate of a variable one. */
  readonly frameRate: number;
  /** Whether its picture stays as it is for a browser that decodes everything it may (H.264, VP9, AV1). */
  readonly copied: boolean;
  /** Bytes in the middle are rubbish: it has to play, not to be complete. */
  readonly damaged?: boolean;
  readonly path: () => Promise<string>;
}

const picture = (seconds: number, size = '320x180', rate = '24000/1001'): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=${size}:r=${rate}`],
];
const stereo = (seconds: number): string[] => [...['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}:r=48000`]];
const surround = (seconds: number): string[] => [
  ...['-f', 'lavfi', '-i', `aevalsrc=exprs=${[220, 330, 440, 90, 550, 660].map((f) => `0.2*sin(2*PI*${f}*t)`).join('|')}:c=5.1:d=${seconds}:s=48000`],
]; // prettier-ignore
const x264 = (...more: string[]): string[] => ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-tune', 'animation', ...more]; // prettier-ignore
const bframes = ['-bf', '3', '-b_strategy', '0', '-g', '60'];
const stereoAac = ['-c:a', 'aac', '-ac', '2'];

interface Recipe {
  readonly name: string;
  readonly seconds?: number;
  readonly frameRate?: number;
  readonly copied?: boolean;
  readonly damaged?: boolean;
  readonly args: (seconds: number, folder: string) => string[] | Promise<string[]>;
}

const recipes: readonly Recipe[] = [
  { name: 'h264.mp4', copied: true, args: (s) => [...picture(s), ...stereo(s), ...x264(...bframes), ...stereoAac] },
  {
    name: 'h264-ac3-5.1.mkv', copied: true,
    args: async (s, folder) => {
      await writeFile(join(folder, 'lines.srt'), srt(s, (second) => `Line at ${second}`));
      return [
        ...picture(s), ...surround(s), ...stereo(s), '-i', join(folder, 'lines.srt'), '-i', join(folder, 'lines.srt'),
        '-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-map', '4:s', ...x264(...bframes),
        '-c:a:0', 'ac3', '-c:a:1', 'aac', '-c:s:0', 'srt', '-c:s:1', 'ass',
        '-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu',
      ];
    },
  },
  { name: 'hevc-8.mkv', args: (s) => [...picture(s), ...stereo(s), '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:keyint=48', ...stereoAac] },
  { name: 'hevc-10.mkv', args: (s) => [...picture(s), ...stereo(s), '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-preset', 'ultrafast', '-x265-params', 'log-level=none:keyint=72', ...stereoAac] },
  { name: 'vp9-opus.webm', copied: true, args: (s) => [...picture(s), ...stereo(s), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '48', '-c:a', 'libopus', '-ac', '2'] },
  { name: 'av1.mp4', copied: true, args: (s) => [...picture(s), ...stereo(s), '-c:v', 'libsvtav1', '-preset', '12', '-g', '48', ...stereoAac] },
  {
    name: 'mpeg2-interlaced.ts', frameRate: 25,
    args: (s) => [...picture(s, '352x288', '50'), ...stereo(s), '-vf', 'interlace', '-c:v', 'mpeg2video', '-flags', '+ilme+ildct', '-b:v', '2M', '-g', '12', '-c:a', 'mp2', '-muxdelay', '0.7'],
  },
  { name: 'xvid-mp3.avi', frameRate: 25, args: (s) => [...picture(s, '320x180', '25'), ...stereo(s), '-c:v', 'mpeg4', '-vtag', 'XVID', '-bf', '2', '-g', '100', '-c:a', 'libmp3lame'] },
  {
    name: 'uhd-hdr10.mkv', seconds: 8, frameRate: 24,
    args: (s) => [
      ...picture(s, '3840x2160', '24'), ...stereo(s), '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-preset', 'ultrafast',
      '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc',
      '-x265-params', 'log-level=none:keyint=48:hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400', ...stereoAac,
    ],
  },
  { name: 'one-keyframe.mkv', frameRate: 25, args: (s) => [...picture(s, '320x180', '25'), ...stereo(s), ...x264('-g', '100000', '-sc_threshold', '0', '-bf', '2'), ...stereoAac] },
  { name: 'open-gop.mp4', copied: true, frameRate: 25, args: (s) => [...picture(s, '320x180', '25'), ...stereo(s), ...x264('-bf', '3', '-b_strategy', '0', '-g', '50', '-x264-params', 'open-gop=1'), ...stereoAac] },
  {
    name: 'variable-rate.mp4', copied: true, frameRate: 30,
    args: (s) => [...picture(s, '320x180', '30'), ...stereo(s), '-vf', "select='not(mod(n\\,3))+gt(mod(n\\,90)\\,45)'", '-fps_mode', 'vfr', ...x264('-g', '60'), ...stereoAac],
  },
  { name: 'h264-dts.mkv', copied: true, args: (s) => [...picture(s), ...surround(s), ...x264(...bframes), '-c:a', 'dca', '-strict', '-2'] },
  { name: 'h264-flac.mkv', copied: true, args: (s) => [...picture(s), ...stereo(s), ...x264(...bframes), '-c:a', 'flac'] },
  { name: 'h264-50.ts', copied: true, frameRate: 50, args: (s) => [...picture(s, '320x180', '50'), ...stereo(s), ...x264(...bframes), ...stereoAac] },
  { name: 'h264.flv', copied: true, frameRate: 25, args: (s) => [...picture(s, '320x180', '25'), ...stereo(s), ...x264(...bframes), ...stereoAac] },
  { name: 'anamorphic.mkv', copied: true, frameRate: 25, args: (s) => [...picture(s, '352x288', '25'), ...stereo(s), '-vf', 'setsar=16/11', ...x264(...bframes), ...stereoAac] },
  { name: 'hevc-ten-bit-late-sound.mkv', args: (s) => [...picture(s), '-itsoffset', '1.5', ...stereo(s - 3), '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-preset', 'ultrafast', '-x265-params', 'log-level=none:keyint=72', ...stereoAac] },
]; // prettier-ignore

/** Bytes between a half and 55 % of a copy, overwritten. */
async function damagedCopy(original: string): Promise<string> {
  const path = original.replace(/([^/]+)$/, 'damaged-$1');
  if (existsSync(path)) return path;
  const own = `${path}.${process.pid}`;
  await copyFile(original, own);
  const { size } = await stat(own);
  const file = await open(own, 'r+');
  await file.write(Buffer.alloc(Math.floor(size * 0.05), 0x5a), 0, undefined, Math.floor(size / 2));
  await file.close();
  await rename(own, path);
  return path;
}

/** The same film lying on its side, as phones write it. */
async function rotatedCopy(original: string): Promise<string> {
  const path = original.replace(/([^/]+)$/, 'rotated-$1');
  if (existsSync(path)) return path;
  const own = `${path}.${process.pid}.mp4`;
  const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
  await run(ffmpeg, ['-v', 'error', '-y', '-i', original, '-c', 'copy', '-metadata:s:v', 'rotate=90', own]);
  await rename(own, path);
  return path;
}

const made = ({
  name,
  seconds = 24,
  frameRate = 24_000 / 1001,
  copied = false,
  args,
}: Recipe): MatrixClip => ({
  name,
  seconds,
  frameRate,
  copied,
  path: () => cached(name, seconds, async (folder) => [...(await args(seconds, folder)), '-shortest']),
});

function derived(
  from: string,
  name: string,
  make: (original: string) => Promise<string>,
  damaged = false,
): MatrixClip {
  const source = base.find((clip) => clip.name === from);
  if (!source) throw new Error(`no clip is called ${from}`);
  return { ...source, name, damaged, path: async () => make(await source.path()) };
}

const base = recipes.map(made);

/** One of each sort, 24 s long but for the largest. Made once a machine. */
export const matrixClips: readonly MatrixClip[] = [
  ...base,
  derived('h264.mp4', 'rotated.mp4', rotatedCopy),
  derived('h264-ac3-5.1.mkv', 'damaged.mkv', damagedCopy, true),
];

/** A title of letters alone for each clip, in which no name parser finds a year or a codec. */
export function clipTitle(clip: MatrixClip): string {
  const letter = String.fromCharCode(65 + (matrixClips.indexOf(clip) % 26));
  return `Test Reel ${letter}`;
}
