import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/test-clips');

/** Length of {@link filmClip} in seconds. */
export const filmSeconds = 80;
/** Length of {@link episodeClip} in seconds. */
export const episodeSeconds = 40;
/** What the embedded subtitles of {@link filmClip} say at `second`; a new line every two seconds. */
export const embeddedLine = (second: number): string => `Embedded line at ${Math.floor(second / 2) * 2}`;
/** What {@link srt} says at `second` in `language`. */
export const externalLine = (language: string, second: number): string =>
  `External ${language} line at ${Math.floor(second / 2) * 2}`;

/** SubRip text with a line every two seconds. */
export function srt(seconds: number, line: (second: number) => string): string {
  const clock = (second: number): string => new Date(second * 1000).toISOString().slice(11, 19);
  const starts = Array.from({ length: Math.floor(seconds / 2) }, (_, index) => index * 2);
  return starts
    .map((from, index) => `${index + 1}\n${clock(from)},000 --> ${clock(from + 2)},000\n${line(from)}\n`)
    .join('\n');
}

/**
 * A film a browser plays as it is: H.264 with a burnt-in running clock, two AAC tracks, embedded text subtitles and four
 * chapters, in MP4. Made once a machine. @returns its path
 */
export function filmClip(): Promise<string> {
  return cached('film.mp4', filmSeconds, async (folder) => {
    await writeFile(join(folder, 'lines.srt'), srt(filmSeconds, embeddedLine));
    await writeFile(join(folder, 'chapters.txt'), chapters(filmSeconds, 4));
    const texts = ['-i', join(folder, 'lines.srt'), '-i', join(folder, 'chapters.txt')];
    const maps = ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-map_metadata', '4'];
    const names = ['eng', 'deu'].flatMap((language, index) => [
      `-metadata:s:a:${index}`,
      `language=${language}`,
    ]);
    return [
      ...picture(filmSeconds, '640x360'),
      ...tone(filmSeconds, 440),
      ...tone(filmSeconds, 660),
      ...texts,
      ...maps,
      ...h264,
      ...names,
      ...['-c:s', 'mov_text', '-metadata:s:s:0', 'language=eng', '-movflags', '+faststart'],
    ];
  });
}

/** An episode a browser plays as it is. Made once a machine. @returns its path */
export function episodeClip(): Promise<string> {
  return cached('episode.mp4', episodeSeconds, () =>
    Promise.resolve([
      ...picture(episodeSeconds, '480x270'),
      ...tone(episodeSeconds, 330),
      ...h264,
      ...['-movflags', '+faststart'],
    ]),
  );
}

/** A second of film, a few kilobytes: for libraries of thousands. Matroska, so bytes behind its end do no harm. */
export function tinyClip(): Promise<string> {
  return cached('tiny.mkv', 1, () => Promise.resolve([...picture(1, '64x36'), ...h264]));
}

/** A poster (2:3) or backdrop (16:9) as JPEG in two colours. @returns its path */
export function artwork(size: string, colors: readonly [string, string]): Promise<string> {
  const source = `gradients=s=${size}:c0=${colors[0]}:c1=${colors[1]}:x0=0:y0=0:n=2:d=1`;
  return cached(`${size}-${colors.join('-')}.jpg`, 0, () =>
    Promise.resolve(['-f', 'lavfi', '-i', source, '-frames:v', '1', '-q:v', '4']),
  );
}

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '48', '-c:a', 'aac'];
const picture = (seconds: number, size: string): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=${size}:r=24`],
];
const tone = (seconds: number, hertz: number): string[] => [
  ...['-f', 'lavfi', '-i', `sine=frequency=${hertz}:duration=${seconds}:sample_rate=48000`],
];

function chapters(seconds: number, count: number): string {
  const length = seconds / count;
  const each = Array.from(
    { length: count },
    (_, index) =>
      `[CHAPTER]\nTIMEBASE=1/1\nSTART=${index * length}\nEND=${(index + 1) * length}\ntitle=Part ${index + 1}\n`,
  );
  return `;FFMETADATA1\n${each.join('')}`;
}

/** Runs ffmpeg unless the same recipe has run before; several test processes may want it at once. */
export async function cached(
  name: string,
  seconds: number,
  recipe: (folder: string) => Promise<string[]>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-clip-'));
  try {
    const args = await recipe(folder);
    const key = [name, seconds, ...args].join('\n').replaceAll(folder, '');
    const digest = createHash('sha256').update(key).digest('hex').slice(0, 12);
    const path = join(cache, `${digest}-${name}`);
    if (existsSync(path)) return path;
    await run(ffmpeg, ['-v', 'error', '-y', '-nostdin', ...args, join(folder, name)]);
    await mkdir(cache, { recursive: true });
    const own = `${path}.${process.pid}`;
    await run('cp', [join(folder, name), own]);
    await rename(own, path);
    return path;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
