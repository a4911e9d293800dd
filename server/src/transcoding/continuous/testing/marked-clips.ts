import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const cache = resolve(import.meta.dirname, '../../../../../node_modules/.cache/continuous-clips');

/** Frames per second of every clip, and their length, s. */
export const rate = 25;
export const seconds = 40;
const bits = 12;
const [width, height] = [384, 216];

/** Every frame carries its own number, a bit a column, and each second begins with a beep. */
const marks = Array.from(
  { length: bits },
  (_, bit) =>
    `drawbox=x=${bit * 32}:y=0:w=32:h=${height}:c=white:t=fill:enable='gte(mod(n\\,${2 ** (bit + 1)})\\,${2 ** bit})'`,
).join(',');
const picture = (length: number): string[] => [
  ...['-f', 'lavfi', '-i', `color=c=black:s=${width}x${height}:r=${rate}:d=${length},${marks}`],
];
const beeps = (layout = 'mono', length = seconds): string[] => {
  const one = '0.5*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1)';
  const channels = layout === '5.1' ? Array.from({ length: 6 }, () => one).join('|') : one;
  return ['-f', 'lavfi', '-i', `aevalsrc=${channels}:c=${layout}:s=48000:d=${length}`];
};
const h264 = (group: number): string[] => ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '2', '-g', String(group), '-keyint_min', String(group), '-sc_threshold', '0']; // prettier-ignore
const hdr = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
const both = (layout?: string): string[] => [...picture(seconds), ...beeps(layout)];

const recipes = {
  'dense.mkv': [...both('5.1'), ...h264(50), '-c:a', 'ac3', '-b:a', '384k'],
  'dense.mp4': [...both(), ...h264(50), '-c:a', 'aac'],
  'sparse.mkv': [...both(), ...h264(300), '-c:a', 'flac'],
  'xvid.avi': [...both(), '-c:v', 'mpeg4', '-vtag', 'XVID', '-bf', '2', '-g', '100', '-c:a', 'libmp3lame'],
  'broadcast.ts': [
    ...both(), '-vf', 'setfield=tff', '-c:v', 'mpeg2video', '-flags', '+ilme+ildct', '-b:v', '3M', '-g', '12', '-bf', '2', '-c:a', 'mp2', '-output_ts_offset', '1234.5',
  ],
  'h264.ts': [...both(), ...h264(25), '-c:a', 'aac', '-output_ts_offset', '77'],
  'hdr.mkv': [
    ...both(), '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-preset', 'ultrafast', ...hdr, '-x265-params', 'log-level=none:keyint=50', '-c:a', 'aac',
  ],
  'ten-minutes.mkv': [...picture(600), ...beeps('mono', 600), ...h264(250), '-c:a', 'ac3'],
  'music.flac': [...beeps('mono', seconds), '-c:a', 'flac'],
} satisfies Record<string, readonly string[]>; // prettier-ignore
export type MarkedClip = keyof typeof recipes | 'captions.mkv';

/** A clip, made once a machine. @returns its path */
export async function markedClip(name: MarkedClip): Promise<string> {
  const args = name === 'captions.mkv' ? await captioned() : recipes[name];
  const digest = createHash('sha256').update(args.join('\n')).digest('hex').slice(0, 10);
  const path = join(cache, `${digest}-${name}`);
  if (existsSync(path)) return path;
  await mkdir(cache, { recursive: true });
  const own = join(cache, `${process.pid}-${name}`);
  await run(ffmpeg, ['-v', 'error', '-y', '-nostdin', ...args, own]);
  await rename(own, path);
  return path;
}

/** White blocks over the whole lower half, drawn as text, from second 20 to 30. */
async function captioned(): Promise<string[]> {
  const ass = `data:text/plain;base64,${Buffer.from(script).toString('base64')}`;
  return [
    '-i',
    await markedClip('dense.mkv'),
    '-f',
    'ass',
    '-i',
    ass,
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
  ];
}

const script = `[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 216

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV
Style: Default,Sans,20,&H00FFFFFF,&H00FFFFFF,1,0,0,7,0,0,0

[Events]
Format: Layer, Start, End, Style, Text
Dialogue: 0,0:00:20.00,0:00:30.00,Default,{\\p1\\pos(0,108)}m 0 0 l 384 0 384 108 0 108{\\p0}
`;

/** What a stream shows and when: numbers of its frames in order, and beeps, all in seconds of the stream. */
export interface Seen {
  readonly frames: readonly number[];
  readonly firstPicture: number;
  /** Brightness of the lower half of each frame where it should be black, 0–255. */
  readonly low: readonly number[];
  readonly beeps: readonly number[];
  readonly streams: string;
  readonly errors: string;
}

/** Decodes a stream that was written to a file. */
export async function see(path: string): Promise<Seen> {
  const size = `scale=${width}:${height},format=gray`;
  const raw = await bytes(['-i', path, '-map', '0:v', '-vf', size, '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1']); // prettier-ignore
  const sound = await bytes(['-i', path, '-map', '0:a', '-ac', '1', '-ar', '48000', '-f', 'f32le', 'pipe:1']);
  const times = await packets(path);
  const frames: number[] = [];
  const low: number[] = [];
  for (let at = 0; at + width * height <= raw.out.length; at += width * height) {
    const pixel = (x: number, y: number): number => raw.out[at + y * width + x] ?? 0;
    let number = 0;
    for (let bit = 0; bit < bits; bit++) if (pixel(bit * 32 + 16, 40) > 128) number += 2 ** bit;
    frames.push(number);
    // The column of the highest bit is black in all clips.
    low.push(pixel((bits - 1) * 32 + 16, 160));
  }
  return {
    frames,
    low,
    firstPicture: times.video,
    beeps: onsets(sound.out).map((at) => times.audio + at),
    streams: times.streams,
    errors: raw.errors + sound.errors,
  };
}

async function bytes(args: readonly string[]): Promise<{ out: Buffer; errors: string }> {
  const child = spawn(ffmpeg, ['-v', 'error', '-nostdin', ...args]);
  const out: Buffer[] = [];
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await once(child, 'close');
  return { out: Buffer.concat(out), errors };
}

/** The first times that are shown and heard, and codecs. */
async function packets(path: string): Promise<{ video: number; audio: number; streams: string }> {
  const entries = ['-show_entries', 'packet=codec_type,pts_time:stream=codec_name', '-of', 'csv=p=0', path];
  const { stdout } = await run(process.env['FFPROBE_PATH'] ?? 'ffprobe', ['-v', 'error', ...entries], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const first = (kind: string): number =>
    Math.min(...[...stdout.matchAll(new RegExp(`^${kind},([\\d.-]+)`, 'gm'))].map(([, at]) => Number(at)));
  const codecs = [...new Set([...stdout.matchAll(/^([a-z0-9_]+)$/gm)].map(([, name]) => name))];
  return { video: first('video'), audio: first('audio'), streams: codecs.join(' ') };
}

/** s at which a beep begins after silence */
function onsets(sound: Buffer): number[] {
  const found: number[] = [];
  let quiet = 0;
  for (let at = 0; at + 4 <= sound.length; at += 4) {
    const loud = Math.abs(sound.readFloatLE(at)) > 0.1;
    if (loud && quiet > 0.4 * 48_000) found.push(at / 4 / 48_000);
    quiet = loud ? 0 : quiet + 1;
  }
  return found;
}
