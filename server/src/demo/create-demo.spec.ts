import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { run } from '../ffmpeg/process-runner.js';
import { createDemo } from './create-demo.js';
import { FILMS } from './films.js';
import { HARBOUR_NINE } from './harbour-nine.js';
import type { ClipSpec, Household } from './household.js';
import { OUTINGS } from './outings.js';
import { plan } from './plan.js';
import { RECORDS } from './records.js';
import { breakTitle } from './poster.js';

const small = { width: 320, height: 180, seconds: 3 };
const shrink = (clip: ClipSpec): ClipSpec => ({ ...clip, ...small });
const pick = (title: string) =>
  FILMS.filter((film) => film.title === title).map((film) => ({ ...film, clips: film.clips.map(shrink) }));

/** One film of each kind of file, and the file with two episodes. */
const reduced: Household = {
  films: [...pick('The Long Valley'), ...pick('Paper Balloons'), ...pick('Aurora Station')],
  series: [
    {
      ...HARBOUR_NINE,
      clip: shrink(HARBOUR_NINE.clip),
      seasonLooks: { 2: HARBOUR_NINE.look },
      episodes: HARBOUR_NINE.episodes.filter(({ episodes }) => episodes.length > 1),
    },
  ],
  records: RECORDS.slice(0, 1).map((record) => ({ ...record, tracks: record.tracks.slice(0, 1) })),
  outings: OUTINGS.slice(0, 1).map((outing) => ({ ...outing, photos: outing.photos.slice(0, 1) })),
};

interface Probe {
  streams: {
    codec_type: string;
    codec_name: string;
    color_transfer?: string;
    pix_fmt?: string;
    tags?: Record<string, string>;
  }[];
  chapters: { tags: { title: string } }[];
  format: { duration: string; tags?: Record<string, string> };
}

async function probe(path: string): Promise<Probe> {
  const args = ['-v', 'error', '-of', 'json', '-show_streams', '-show_chapters', '-show_format', path];
  const { stdout } = await run(process.env['FFPROBE_PATH'] ?? 'ffprobe', args, { timeoutMs: 20_000 });
  return JSON.parse(stdout.toString()) as Probe;
}

describe('createDemo', () => {
  let dir: string;
  const made: string[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hearth-demo-spec-'));
    await createDemo(dir, ({ file }) => made.push(file), { household: reduced });
  }, 120_000);

  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('makes what was planned and nothing else', async () => {
    const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1)).sort()).toEqual(
      plan(reduced)
        .map(({ path }) => path)
        .sort(),
    );
    expect(made.toSorted()).toEqual(
      plan(reduced)
        .map(({ path }) => path)
        .sort(),
    );
  });

  test('an MP4 that starts at once, with chapters', async () => {
    const path = join(dir, 'Movies/The Long Valley (2021)/The Long Valley (2021).mp4');
    const { streams, chapters, format } = await probe(path);
    expect(
      streams.filter(({ codec_type }) => codec_type !== 'data').map(({ codec_name }) => codec_name),
    ).toEqual(['h264', 'aac']);
    expect(chapters.map(({ tags }) => tags.title)).toEqual(['Opening', 'The road out', 'Weather', 'Home']);
    expect(Number(format.duration)).toBeCloseTo(3, 0);
    const head = (await readFile(path)).toString('latin1');
    expect(head.indexOf('moov')).toBeLessThan(head.indexOf('mdat'));
  });

  test('audio and subtitles in several languages inside Matroska', async () => {
    const { streams } = await probe(join(dir, 'Movies/Paper Balloons (2017)/Paper Balloons (2017).mkv'));
    const of = (type: string) =>
      streams
        .filter(({ codec_type }) => codec_type === type)
        .map(({ codec_name, tags }) => [codec_name, tags?.['language']]);
    expect(of('audio')).toEqual([
      ['aac', 'jpn'],
      ['aac', 'eng'],
    ]);
    expect(of('subtitle')).toEqual([
      ['ass', 'eng'],
      ['subrip', 'jpn'],
    ]);
  });

  test('a record has its tags and a square cover, a photo its time', async () => {
    const folder = join(dir, 'Music/The Lamplighters’ Union/Night Work (2018)');
    const { format, streams } = await probe(join(folder, '01 - First Shift.flac'));
    expect(streams.map(({ codec_name }) => codec_name)).toEqual(['flac']);
    expect(format.tags).toMatchObject({ title: 'First Shift', album: 'Night Work', track: '1/1' });
    expect(Number(format.duration)).toBeCloseTo(40, 1);
    expect(await sharp(join(folder, 'cover.jpg')).metadata()).toMatchObject({ width: 1000, height: 1000 });
    const { exif } = await sharp(join(dir, 'Photos/A week in the hills/First morning.jpg')).metadata();
    expect(exif?.toString('latin1')).toContain('2024:06:29 07:42:10');
  });

  test('HDR10 that says so', async () => {
    const { streams } = await probe(join(dir, 'Movies/Aurora Station (2024)/Aurora Station (2024).mkv'));
    expect(streams[0]).toMatchObject({
      codec_name: 'hevc',
      pix_fmt: 'yuv420p10le',
      color_transfer: 'smpte2084',
    });
  });

  test('a file with two episodes has two entries in its .nfo and twice the length', async () => {
    const base = join(
      dir,
      'Series/Harbour Nine/Season 02/Harbour Nine - S02E02-E03 - The Long Crossing & Landfall',
    );
    expect((await readFile(`${base}.nfo`, 'utf8')).match(/<episode>\d+<\/episode>/g)).toEqual([
      '<episode>2</episode>',
      '<episode>3</episode>',
    ]);
    expect(Number((await probe(`${base}.mkv`)).format.duration)).toBeCloseTo(6, 0);
  });

  test('posters of 1000 × 1500 that are not one colour', async () => {
    const poster = sharp(join(dir, 'Movies/Aurora Station (2024)/poster.jpg'));
    expect(await poster.metadata()).toMatchObject({ width: 1000, height: 1500 });
    const { channels } = await poster.stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(15);
  });

  test('a second call makes only what is missing', async () => {
    const again: string[] = [];
    const lost = 'Movies/The Long Valley (2021)/The Long Valley (2021).de.srt';
    await rm(join(dir, lost));
    await createDemo(dir, ({ file }) => again.push(file), { household: reduced });
    expect(again).toEqual([lost]);
  });

  test('an encoder that fails leaves no half file and says what it made', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'hearth-demo-spec-'));
    const attempt = createDemo(elsewhere, () => undefined, {
      household: { films: pick('The Long Valley'), series: [], records: [], outings: [] },
      ffmpeg: 'false',
    });
    await expect(attempt).rejects.toThrow('The Long Valley');
    const files = await readdir(join(elsewhere, 'Movies/The Long Valley (2021)'));
    expect(files.filter((name) => name.endsWith('.mp4'))).toEqual([]);
    await rm(elsewhere, { recursive: true, force: true });
  });
});

test.each([
  ['HARBOUR NINE', ['HARBOUR', 'NINE']],
  ['RINGS OF MERIDIAN', ['RINGS OF', 'MERIDIAN']],
  ['RAIN ON NINTH STREET', ['RAIN ON', 'NINTH', 'STREET']],
  ['SOLO', ['SOLO']],
])('%s is broken into lines of about equal length', (title, lines) => {
  expect(breakTitle(title)).toEqual(lines);
});
