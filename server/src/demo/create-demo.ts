import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { niceness } from '../common/niceness.js';
import { run } from '../ffmpeg/process-runner.js';
import { clipArgs, type ClipInputs, clipMetadata, layerWidth } from './clip.js';
import { FILMS } from './films.js';
import { HARBOUR_NINE } from './harbour-nine.js';
import type { ClipWork, Household } from './household.js';
import { nearTop } from './motifs.js';
import { makeTune } from './leisure.js';
import { OUTINGS } from './outings.js';
import { RECORDS } from './records.js';
import { plan } from './plan.js';
import type { PlannedFile } from './planned-file.js';
import { drawTitleCard, paintBackground, paintForeground } from './poster.js';
import { ass, SHORT_CODE, srt } from './subtitles.js';
import { composeWav } from './tune.js';

/** What has been made so far: for progress lines. */
export interface DemoProgress {
  done: number;
  total: number;
  /** The file that is finished, relative to the demo's folder. */
  file: string;
}

export interface DemoOptions {
  household?: Household;
  ffmpeg?: string;
  signal?: AbortSignal;
}

export interface DemoFolders {
  movies: string;
  series: string;
  music: string;
  photos: string;
}

const HOUSEHOLD: Household = { films: FILMS, series: [HARBOUR_NINE], records: RECORDS, outings: OUTINGS };
/** No clip takes longer on a slow single-board computer. */
const CLIP_TIMEOUT_MS = 20 * 60_000;

/**
 * Makes the demo household's files under `dir` (Movies/…, Series/…, Music/…, Photos/…). What is there already is kept, so a second call
 * returns at once and an interrupted one goes on where it stopped.
 * @param dir the demo's own folder; created when absent
 * @param report called after each file that was made
 * @returns the folders to add as libraries
 */
export async function createDemo(
  dir: string,
  report: (progress: DemoProgress) => void,
  { household = HOUSEHOLD, ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg', signal }: DemoOptions = {},
): Promise<DemoFolders> {
  const files = plan(household);
  const missing = files.filter(({ path }) => !existsSync(join(dir, path)));
  let done = files.length - missing.length;
  const workshop = await mkdtemp(join(tmpdir(), 'hearth-demo-'));
  const queue = [...missing];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      signal?.throwIfAborted();
      await makeFile(join(dir, next.path), next, { workshop, ffmpeg, signal });
      report({ done: ++done, total: files.length, file: next.path });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  const at = (name: string): string => join(dir, name);
  return { movies: at('Movies'), series: at('Series'), music: at('Music'), photos: at('Photos') };
}

interface Workshop {
  workshop: string;
  ffmpeg: string;
  signal: AbortSignal | undefined;
}

/** Written beside and renamed: a file that exists is whole. */
async function makeFile(path: string, file: PlannedFile, shop: Workshop): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = join(dirname(path), `.partial-${basename(path, extname(path))}${extname(path)}`);
  try {
    if (file.clip) await makeClip(partial, file.clip, shop);
    else if (file.tune) await makeTune(partial, file.tune, { ...shop, place: shop.workshop });
    else await writeFile(partial, await file.content());
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function makeClip(
  output: string,
  work: ClipWork,
  { workshop, ffmpeg, signal }: Workshop,
): Promise<void> {
  const place = await mkdtemp(join(workshop, 'clip-'));
  const { exitCode, stderr } = await run(ffmpeg, clipArgs(work.spec, await clipInputs(work, place), output), {
    timeoutMs: CLIP_TIMEOUT_MS,
    signal,
    nice: niceness.waitedFor,
  });
  if (exitCode !== 0 || (await stat(output)).size === 0)
    throw new Error(`ffmpeg could not make ${work.title}: ${stderr.trim()}`);
  await rm(place, { recursive: true, force: true });
}

/** Draws, composes and writes what a clip is put together from. */
async function clipInputs({ spec, look, title, small }: ClipWork, place: string): Promise<ClipInputs> {
  const put = async (name: string, content: Buffer | string): Promise<string> => {
    await writeFile(join(place, name), content);
    return join(place, name);
  };
  const tunes = spec.audio.map((language, index) =>
    put(`${language}.wav`, composeWav(look.seed, index % 2 ? 0.5 : 1)),
  );
  const subtitles = (spec.subtitles ?? []).map(({ language, format }) => {
    const code = SHORT_CODE[language] ?? language;
    return put(`${language}.${format}`, format === 'ass' ? ass(code, spec.seconds) : srt(code, spec.seconds));
  });
  const foregroundTop = Math.round((spec.height * nearTop(look.motif)) / 2) * 2;
  return {
    background: await put(
      'background.png',
      await paintBackground(look, layerWidth(spec, 'background'), spec.height),
    ),
    foreground: await put(
      'foreground.png',
      await paintForeground(look, layerWidth(spec, 'foreground'), spec.height, foregroundTop),
    ),
    foregroundTop,
    titleCard: await put('title.png', await drawTitleCard(look, title, small, spec.width, spec.height)),
    tunes: await Promise.all(tunes),
    subtitles: await Promise.all(subtitles),
    metadata: await put('chapters.txt', clipMetadata(title, spec)),
  };
}
