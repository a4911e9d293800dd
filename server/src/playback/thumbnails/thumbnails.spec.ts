import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { runBatch } from '../../ffmpeg/batch-command.js';
import { FfprobeProbe } from '../../ffmpeg/ffprobe-probe.js';
import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import {
  planThumbnails,
  spriteCount,
  spriteName,
  thumbnailArguments,
  type ThumbnailPlan,
} from './thumbnail-plan.js';
import { ThumbnailStore } from './thumbnail-store.js';
import { thumbnailTrack } from './thumbnail-track.js';

const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const signal = new AbortController().signal;

describe('seek thumbnails', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'hearth-thumbs-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A picture that brightens from black to white, so that a tile's light tells its time. */
  function ramp(name: string, seconds: number, ...more: string[]): string {
    const path = join(folder, name);
    const light = `nullsrc=s=320x180:r=25:d=${seconds},geq=lum='16+200*T/${seconds}':cb=128:cr=128`;
    execFileSync(ffmpeg, [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      light,
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      ...more,
      path,
    ]);
    return path;
  }

  async function probe(path: string): Promise<MediaInfo> {
    return new FfprobeProbe(process.env['FFPROBE_PATH'] ?? 'ffprobe').probe(path);
  }

  async function lights(path: string, sparse: boolean): Promise<{ plan: ThumbnailPlan; light: number[] }> {
    const media = await probe(path);
    const [video] = streamsOf(media, 'video');
    const plan = video && planThumbnails(media, video);
    if (!plan) throw new Error('no plan');
    const out = await mkdtemp(join(folder, 'out-'));
    const { durationSeconds } = media;
    const output = join(out, '%03d.jpg');
    await runBatch(
      { ffmpeg, input: path, ...thumbnailArguments(plan, video, sparse), output, durationSeconds },
      { signal },
    );
    expect((await readdir(out)).sort()).toEqual(
      Array.from({ length: spriteCount(plan) }, (_, index) => spriteName(index)),
    );
    const light: number[] = [];
    for (let index = 0; index < plan.count; index++) {
      const place = index % (plan.columns * plan.rows);
      const sprite = sharp(join(out, spriteName(Math.floor(index / (plan.columns * plan.rows)))));
      const tile = sprite.extract({
        left: (place % plan.columns) * plan.width,
        top: Math.floor(place / plan.columns) * plan.height,
        width: plan.width,
        height: plan.height,
      });
      light.push((await sharp(await tile.png().toBuffer()).stats()).channels[0]?.mean ?? NaN);
    }
    return { plan, light };
  }

  /** Each tile shows the picture of its time, up to `slack` seconds off. */
  function expectRamp(
    { plan, light }: { plan: ThumbnailPlan; light: number[] },
    seconds: number,
    slack: number,
  ): void {
    const off = light.map((value, index) => {
      // Limited range: 16–216 comes out as 0–233.
      const shown = (value / 233) * seconds;
      return Math.abs(shown - Math.min(index * plan.intervalSeconds, seconds));
    });
    expect(Math.max(...off)).toBeLessThan(slack + 0.5);
  }

  test.each([
    ['ramp.mkv', ['-g', '25'], 1],
    ['ramp.mp4', ['-g', '50', '-bf', '3'], 2],
    ['ramp.ts', ['-g', '25'], 1],
  ])('%s: each tile shows its time, from key frames alone', async (name, options, gap) => {
    expectRamp(await lights(ramp(name, 60, ...options), false), 60, gap);
  });

  test('a film with a single key frame still gets pictures that differ', async () => {
    expectRamp(await lights(ramp('one.mkv', 40, '-g', '10000', '-sc_threshold', '0'), true), 40, 1);
  });

  test('the track names every tile once, in time and in place', async () => {
    const media = await probe(ramp('track.mp4', 60));
    const [video] = streamsOf(media, 'video');
    const plan = video && planThumbnails(media, video);
    if (!plan) throw new Error('no plan');
    const text = thumbnailTrack(plan, 60, (sprite) => `/thumbs/${sprite}?user=ada`);
    expect(
      text.startsWith('WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n/thumbs/000.jpg?user=ada#xywh=0,0,240,136\n'),
    ).toBe(true);
    expect(text.match(/-->/g)).toHaveLength(plan.count);
    expect(text).toContain('00:00:25.000 --> 00:00:26.000\n/thumbs/001.jpg?user=ada#xywh=0,0,240,136');
  });

  test('music and stills get none', async () => {
    const media = await probe(ramp('short.mp4', 1));
    const [video] = streamsOf(media, 'video');
    expect(video && planThumbnails(media, video)).toBeUndefined();
  });

  describe('on disk', () => {
    const plan: ThumbnailPlan = { intervalSeconds: 1, width: 2, height: 2, columns: 1, rows: 1, count: 1 };
    const fill = (bytes: number) => (target: string) =>
      writeFile(join(target, '000.jpg'), Buffer.alloc(bytes));

    test('what fails half-way leaves nothing, and what a crash left is swept', async () => {
      const directory = await mkdtemp(join(folder, 'store-'));
      const store = new ThumbnailStore(directory);
      await expect(store.add('a', plan, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
      expect(await readdir(directory)).toEqual([]);
      await mkdtemp(join(directory, '.making-'));
      await store.sweep();
      expect(await readdir(directory)).toEqual([]);
      expect(await store.plan('a')).toBeUndefined();
    });

    test('stays within its bounds: what was looked at longest ago goes', async () => {
      const store = new ThumbnailStore(await mkdtemp(join(folder, 'store-')), 2500);
      for (const key of ['a', 'b']) await store.add(key, plan, fill(1000));
      expect(await store.plan('a')).toEqual(plan);
      await store.add('c', plan, fill(1000));
      expect(
        await Promise.all(['a', 'b', 'c'].map(async (key) => (await store.plan(key)) !== undefined)),
      ).toEqual([true, false, true]);
    });
  });
});
