import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { niceness } from '../common/niceness.js';
import { run } from '../ffmpeg/process-runner.js';
import type { OutingSpec, RecordSpec, TuneWork } from './household.js';
import type { PlannedFile } from './planned-file.js';
import { drawBackdrop, drawCover } from './poster.js';
import { composeWav } from './tune.js';

const seconds = 40;
const fadeSeconds = 3;
/** ms; a loop of sixteen seconds is soon encoded. */
const longestWork = 120_000;

/** Records of the house: a cover, and tunes with their tags. */
export function recordFiles({ artist, title, year, genres, look, tracks }: RecordSpec): PlannedFile[] {
  const at = (file: string): string => `Music/${artist}/${title} (${year})/${file}`;
  return [
    { path: at('cover.jpg'), content: () => drawCover(look, title, artist) },
    ...tracks.map((name, index): PlannedFile => ({
      path: at(`${String(index + 1).padStart(2, '0')} - ${name}.flac`),
      tune: {
        seed: look.seed * 10 + index,
        tags: {
          title: name,
          artist,
          album_artist: artist,
          album: title,
          date: String(year),
          genre: genres.join('; '),
          track: `${index + 1}/${tracks.length}`,
        },
      },
    })),
  ];
}

/** Photos of the house, with the camera's word on when they were taken. */
export const outingFiles = ({ name, camera, photos }: OutingSpec): PlannedFile[] =>
  photos.map((photo) => ({
    path: `Photos/${name}/${photo.name}.jpg`,
    content: async () => {
      const [make, model] = camera;
      const taken = photo.takenAt.replace('T', ' ').replaceAll('-', ':');
      const exif = { IFD0: { Make: make, Model: model }, IFD2: { DateTimeOriginal: taken } };
      const picture = await drawBackdrop(photo.look, 1800, 1200);
      return sharp(picture).withExif(exif).jpeg({ quality: 88 }).toBuffer();
    },
  }));

/** A tune as FLAC that ends softly. @param place a folder for what it is made of */
export async function makeTune(
  output: string,
  { seed, tags }: TuneWork,
  { place, ffmpeg, signal }: { place: string; ffmpeg: string; signal: AbortSignal | undefined },
): Promise<void> {
  const loop = join(place, `tune-${seed}.wav`);
  await writeFile(loop, composeWav(seed));
  const written = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
  const fade = `afade=t=out:st=${seconds - fadeSeconds}:d=${fadeSeconds}`;
  const { exitCode, stderr } = await run(
    ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-y', '-stream_loop', '-1', '-i', loop, '-t', String(seconds)],
      ...['-af', fade, '-c:a', 'flac', ...written, output],
    ],
    { timeoutMs: longestWork, signal, nice: niceness.waitedFor },
  );
  if (exitCode !== 0) throw new Error(`ffmpeg could not make ${tags['title'] ?? 'a tune'}: ${stderr.trim()}`);
}
