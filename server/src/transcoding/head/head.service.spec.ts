import { chmod, copyFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInit } from '../cmaf/init-segment.js';
import { frameGrid, segmentCount } from '../timeline/segment-table.js';
import { SegmentStoreFull } from '../store/segment-store.port.js';
import { candidates, familyNames } from '../hardware/encoder-families.js';
import { softwareEncoder, type VideoEncoder } from './encoder.js';
import { HeadFailed, SegmentEnded, SegmentLate } from './head-errors.js';
import type { HeadService } from './head.service.js';
import { parameterSets } from './parameter-sets.js';
import { clip } from './testing/clips.js';
import { decode, samplesOf } from './testing/segments.js';
import { film, inputOf, MemoryStore, service } from './testing/service.js';

let folder: string;
const opened: HeadService[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hearth-heads-'))));
afterEach(async () => {
  for (const heads of opened.splice(0)) heads.close();
  await rm(folder, { recursive: true });
});

const open = (...how: Parameters<typeof service>): HeadService => {
  const heads = service(...how);
  opened.push(heads);
  return heads;
};

/** Waits for something that must come to be. */
async function until(what: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !(await what()); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > end) throw new Error(`never: ${what.toString()}`);
}

/** A program in ffmpeg's place; it notes its arguments, a line a start. */
async function pretender(body: string): Promise<string> {
  const path = join(folder, 'ffmpeg');
  await writeFile(path, `#!/bin/sh\necho "$*" >> ${folder}/starts\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}
const starts = async (): Promise<string[]> =>
  (await readFile(join(folder, 'starts'), 'utf8')).trim().split('\n');
const isAlive = async (pid: number): Promise<boolean> => {
  const state = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return state !== '' && !state.includes(') Z ');
};
const limits = (aheadSeconds: number) => ({ nice: 5, aheadSeconds, hardwareStartMs: 8000 });

test('one head serves a viewer from the first segment to the last, and everybody who comes after', async () => {
  const { input, video, videoTable } = await film('film-25.mp4');
  const store = new MemoryStore();
  const heads = open({ store });
  for (let index = 0; index < segmentCount(videoTable); index++) {
    await heads.segment(input, video, videoTable, index);
    expect(heads.pids.length).toBeLessThanOrEqual(1);
  }
  const again = await Promise.all([0, 3, 1].map((index) => heads.segment(input, video, videoTable, index)));
  expect(again).toHaveLength(3);
  expect(store.puts).toBe(segmentCount(videoTable));
});

test('it works ahead only so far, costs nothing while held back, and goes on when asked', async () => {
  const { input, video, videoTable } = await film('two-minutes.mkv');
  const store = new MemoryStore();
  const heads = open({ store, videoLimits: limits(10) });
  await heads.segment(input, video, videoTable, 0);
  await until(() => heads.activity(input.contentKey, video.id).state === 'throttled');
  const ahead = heads.activity(input.contentKey, video.id).aheadSeconds;
  expect(ahead).toBeGreaterThan(10);
  // What was read by then, a megabyte at most, is still cut: a part of the two minutes.
  expect(ahead).toBeLessThan(110);
  const [pid = 0] = heads.pids;
  const ticks = async (): Promise<string> =>
    (await readFile(`/proc/${pid}/stat`, 'latin1')).split(' ').slice(13, 15).join();
  const work = async (): Promise<string> => `${await ticks()} ${String(store.puts)}`;
  // Once its pipe is full and what was read is cut it rests; until then it may be waiting for a processor only.
  await until(async () => {
    const before = await work();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return before === (await work());
  });
  const made = store.puts;
  expect(made).toBeLessThan(segmentCount(videoTable));
  // The first that is not made yet.
  await heads.segment(input, video, videoTable, made);
  expect(store.puts).toBeGreaterThan(made);
  expect(heads.pids).toEqual([pid]);
});

test('a head held back gives its place to somebody who waits; what it made stays', async () => {
  const { input, video, videoTable } = await film('two-minutes.mkv');
  const other = { ...input, contentKey: 'another' };
  const heads = open({ videoLimits: limits(4) }, { videoEncodes: 1 });
  await heads.segment(input, video, videoTable, 0);
  await until(() => heads.activity(input.contentKey, video.id).state === 'throttled');
  await heads.segment(other, video, videoTable, 20);
  expect(heads.activity(input.contentKey, video.id)).toMatchObject({ state: 'idle', error: null });
  await heads.segment(input, video, videoTable, 1);
  expect(heads.running.video).toBe(1);
});

test('nobody asks: the head ends, the segments stay', async () => {
  const { input, video, videoTable } = await film('two-minutes.mkv');
  const store = new MemoryStore();
  const heads = open({ store }, { idleMs: 300, sweepMs: 50 });
  await heads.segment(input, video, videoTable, 0);
  const [pid = 0] = heads.pids;
  await until(async () => heads.running.video === 0 && !(await isAlive(pid)));
  expect(store.kept.size).toBeGreaterThan(0);
  await heads.segment(input, video, videoTable, 0);
  expect(heads.running.video).toBe(0);
});

test('who leaves is forgotten; who waits too long is told when to come back, and their place in the queue', async () => {
  const { input, video, videoTable } = await film('film-25.mp4');
  const heads = open({ ffmpeg: await pretender('exec sleep 600') }, { videoEncodes: 1 });
  const leaving = new AbortController();
  const gone = heads.segment(input, video, videoTable, 0, { signal: leaving.signal });
  const late = heads.segment(input, video, videoTable, 0, { deadlineMs: 400 });
  const queued = heads.segment({ ...input, contentKey: 'another' }, video, videoTable, 0, {
    deadlineMs: 300,
  });
  leaving.abort(new Error('left'));
  await expect(gone).rejects.toThrow('left');
  await expect(queued).rejects.toMatchObject({ name: 'SegmentLate', queuePosition: 1 });
  await expect(late).rejects.toEqual(new SegmentLate(2, null));
});

test('a storm of seeks starts a first head at once, and no head for what nobody waits for any more', async () => {
  const { input, video, videoTable } = await film('two-minutes.mkv');
  const heads = open({ ffmpeg: await pretender('exec sleep 600') }, { videoEncodes: 4 });
  const all = [5, 15, 25, 35, 45].map((index) => {
    const seek = new AbortController();
    const segment = heads.segment(input, video, videoTable, index, { signal: seek.signal, deadlineMs: 1500 });
    return { seek, segment: segment.catch((error: unknown) => error) };
  });
  // They are all asked for; the pause after which the second is begun is not over.
  await new Promise(setImmediate);
  all.slice(0, -1).forEach(({ seek }) => seek.abort(new Error('superseded')));
  await Promise.all(all.map(({ segment }) => segment));
  expect((await starts()).length).toBe(2);
});

test('an encoder that fails is tried once more, carefully; then the reason is told', async () => {
  const { input, video, videoTable } = await film('film-25.mp4');
  const heads = open({ ffmpeg: await pretender('echo it hurts >&2; exit 3') });
  const failed = heads.segment(input, video, videoTable, 1);
  await expect(failed).rejects.toMatchObject({ name: 'HeadFailed', reason: 'encoder-failed' });
  await expect(failed).rejects.toThrow(/it hurts/);
  const lines = await starts();
  expect(lines.map((line) => line.includes('-err_detect ignore_err'))).toEqual([false, true]);
  await expect(heads.segment(input, video, videoTable, 1)).rejects.toThrow(HeadFailed);
  expect(await starts()).toHaveLength(2);
  expect(heads.activity(input.contentKey, video.id)).toMatchObject({ state: 'failed' });
});

const nvenc: VideoEncoder = { ...softwareEncoder, name: 'h264_nvenc', hardware: true };

describe.each(familyNames)('%s without its device', (family) => {
  const [broken = nvenc] = candidates(family, ['/dev/dri/renderD199']);

  test('is replaced by software within the same request', async () => {
    const { input, video, videoTable } = await film('film-25.mp4');
    const failures: string[] = [];
    const heads = open({ encoder: () => broken, encoderFailed: (name) => failures.push(name) });
    const init = await heads.init(input, video, videoTable);
    const segments = [
      await heads.segment(input, video, videoTable, 0),
      await heads.segment(input, video, videoTable, 1),
    ];
    expect(heads.hardwareFailed(input.contentKey, video.id)).toBe(true);
    expect(failures).toContain(broken.name);
    expect(heads.activity(input.contentKey, video.id).encoder).toBe('libx264');
    expect(await decode('video', [init, ...segments])).toMatchObject({ frames: 25, errors: '' });
  });
});

test('hardware that goes away in mid-session is replaced, too, and the picture goes on', async () => {
  const [broken = nvenc] = candidates('vaapi', ['/dev/dri/renderD199']);
  const { input, video, videoTable } = await film('two-minutes.mkv');
  let isThere = true;
  // As hardware does while it is there: another header than software's.
  const working: VideoEncoder = {
    ...nvenc,
    outputArguments: (plan) => [...softwareEncoder.outputArguments(plan), '-profile:v', 'main'],
  };
  const heads = open({ encoder: () => (isThere ? working : broken), videoLimits: limits(4) });
  const init = await heads.init(input, video, videoTable);
  const first = await heads.segment(input, video, videoTable, 0);
  expect(heads.hardwareFailed(input.contentKey, video.id)).toBe(false);
  heads.release(input.contentKey);
  isThere = false;
  const later = await heads.segment(input, video, videoTable, 40);
  expect(heads.hardwareFailed(input.contentKey, video.id)).toBe(true);
  // Half a second of the opening, and a whole segment, at 24 frames a second.
  expect(await decode('video', [init, first, later])).toMatchObject({ frames: 60, errors: '' });
});

test('software that takes over in the middle carries its parameter sets, so the picture goes on', async () => {
  const { input, video, videoTable } = await film('film-25.mp4');
  // Baseline, with three reference frames: nothing that x264’s own header allows.
  const other: VideoEncoder = {
    ...nvenc,
    outputArguments: (plan) => [
      ...softwareEncoder.outputArguments(plan),
      '-profile:v',
      'baseline',
      '-refs',
      '3',
    ],
  };
  const heads = open({ encoder: () => other });
  const init = await heads.init(input, video, videoTable);
  const first = await heads.segment(input, video, videoTable, 0);
  heads.release(input.contentKey);
  const { input: same } = await film('film-25.mp4');
  const after = open({ store: (() => { const store = new MemoryStore(); void store.put({ contentKey: same.contentKey, renditionId: video.id, piece: 'init' }, init); return store; })() }); // prettier-ignore
  const second = await after.segment(same, video, videoTable, 1);
  const [key] = samplesOf(init, second);
  const announced = parameterSets(readInit(init).track);
  expect(Buffer.from(key?.bytes ?? []).readUInt8(4) & 31).toBe(7);
  expect(Buffer.from(key?.bytes ?? []).indexOf(announced)).toBe(-1);
  expect(await decode('video', [init, first, second])).toMatchObject({ frames: 25, errors: '' });
});

test('a full disk is a clear failure, and not tried again at once', async () => {
  const { input, video, videoTable } = await film('film-25.mp4');
  class Full extends MemoryStore {
    override put = (): Promise<void> => Promise.reject(new SegmentStoreFull());
  }
  const heads = open({ store: new Full() });
  await expect(heads.segment(input, video, videoTable, 0)).rejects.toMatchObject({ reason: 'store-full' });
  await until(() => heads.running.video === 0);
});

test('a file that is replaced or taken away while it plays', async () => {
  const path = join(folder, 'film.mp4');
  await copyFile(await clip('film-25.mp4'), path);
  const { video, videoTable } = await film('film-25.mp4');
  const input = await inputOf(path);
  const heads = open();
  await heads.segment(input, video, videoTable, 0);
  heads.release(input.contentKey);
  await copyFile(await clip('film-30.mp4'), path);
  expect((await stat(path)).size).not.toBe(input.media.size);
  const { input: fresh } = { input: { ...input, contentKey: 'fresh' } };
  await expect(open().segment(input, video, videoTable, 4)).rejects.toMatchObject({
    reason: 'source-changed',
  });
  await rm(path);
  await expect(heads.segment(fresh, video, videoTable, 4)).rejects.toMatchObject({
    reason: 'source-missing',
  });
});

test('a film shorter than its container says: what there is plays, the rest has ended', async () => {
  const { input, video } = await film('film-25.mp4');
  const table = frameGrid({ num: 25, den: 1 }, { startSeconds: 0, endSeconds: 40 }, 2);
  const heads = open();
  expect(
    samplesOf(await heads.init(input, video, table), await heads.segment(input, video, table, 9)),
  ).toHaveLength(50);
  await expect(heads.segment(input, video, table, 19)).rejects.toThrow(SegmentEnded);
  await expect(heads.segment(input, video, table, 24)).rejects.toThrow(SegmentEnded);
});

test('a file that seemed to end early is looked at again after a while, and where the same lies elsewhere', async () => {
  const { input, video, videoTable } = await film('two-minutes.mkv');
  const stutter = join(folder, 'stutter.mkv');
  let late = 0;
  const heads = open({ now: () => performance.now() + late });
  await copyFile(input.path, stutter);
  // Bytes that are not there, as behind a network that stutters: the size is right.
  await truncate(stutter, Math.floor(input.media.size / 3));
  await truncate(stutter, input.media.size);
  const stuttering = { ...input, path: stutter, contentKey: 'stutter' };
  await expect(heads.segment(stuttering, video, videoTable, 50)).rejects.toThrow();
  late = 11_000;
  const elsewhere = { ...stuttering, path: input.path };
  expect((await heads.segment(elsewhere, video, videoTable, 50)).length).toBeGreaterThan(0);
});

test('a head killed from outside in the middle of a segment: the viewer waits a little longer', async () => {
  const { input, video, videoTable } = await film('two-minutes.mkv');
  const heads = open({ videoLimits: limits(4) });
  await heads.segment(input, video, videoTable, 0);
  const waiting = heads.segment(input, video, videoTable, 4);
  for (const pid of heads.pids) process.kill(pid, 'SIGKILL');
  expect((await waiting).length).toBeGreaterThan(0);
});

test('a hundred seeks by three viewers: never more processes than places, none left over', async () => {
  const { input, video, videoTable } = await film('two-minutes.mkv');
  const contents = [input, input, { ...input, contentKey: 'another' }];
  const heads = open({ videoLimits: limits(6) }, { videoEncodes: 2, idleMs: 1500, sweepMs: 100 });
  const seen = new Set<number>();
  let most = 0;
  const watch = setInterval(() => {
    heads.pids.forEach((pid) => seen.add(pid));
    most = Math.max(most, heads.running.video);
    if (heads.pids.length > 2) most = Math.max(most, heads.pids.length);
  }, 5);
  let state = 42; // a linear congruential generator: the same seeks every time
  const random = (below: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % below;
  const viewer = async (content: typeof input): Promise<void> => {
    for (let seek = 0; seek < 33; seek++) {
      const leave = new AbortController();
      const impatient =
        random(3) === 0 ? setTimeout(() => leave.abort(new Error('seeked')), random(150)) : undefined;
      const asked = heads.segment(content, video, videoTable, random(segmentCount(videoTable)), {
        signal: leave.signal,
      });
      // On a machine with much else to do, being told to come again is an answer too.
      await asked.catch((error: unknown) => {
        if (!(error instanceof SegmentLate)) expect(error).toEqual(new Error('seeked'));
      });
      clearTimeout(impatient);
    }
  };
  await Promise.all(contents.map(viewer));
  clearInterval(watch);
  expect(most).toBeLessThanOrEqual(2);
  // More than one for each of the two contents: what lies before a head is made by another.
  expect(seen.size).toBeGreaterThan(2);
  await until(() => heads.running.video === 0);
  await until(async () => !(await Promise.all([...seen].map(isAlive))).includes(true));
});
