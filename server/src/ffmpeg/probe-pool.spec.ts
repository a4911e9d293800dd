import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { typescriptWorker } from '../../../tests/support/typescript-worker.js';
import { waitFor } from '../../../tests/support/wait-for.js';
import { Clips } from './media-probe.contract.js';
import { ProbeFailed, type Inspector, type MediaProbe } from './media-probe.js';
import { ProbePool, type ProbePoolOptions } from './probe-pool.js';
import { Prober } from './prober.js';
import { InProcessProbe } from './in-process-probe.js';
import { SubtitleExtractor } from './subtitle-extractor.js';

const startWorker = () => typescriptWorker(new URL('./probe-worker.ts', import.meta.url));
/** A thread that never answers, like one that reads from a dead mount; and one that dies. */
const stuck = (): Worker =>
  new Worker('require("worker_threads").parentPort.on("message", () => {})', { eval: true });
const dying = (): Worker =>
  new Worker('require("worker_threads").parentPort.on("message", () => process.exit(3))', { eval: true });

const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof ProbeFailed ? error.code : String(error)),
  );

describe('probe pool', () => {
  const clips = new Clips();
  const pools: ProbePool[] = [];
  const pool = (options: ProbePoolOptions = {}): ProbePool => {
    const made = new ProbePool({ startWorker, ...options });
    pools.push(made);
    return made;
  };
  let film = '';
  beforeAll(() => {
    film = clips.film();
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((made) => made.close()));
  });
  afterAll(() => clips.remove());

  test('answers as the probe in this thread does, for many files at once', async () => {
    const many = pool({ size: 2 });
    const expected = await new InProcessProbe().inspect(film);
    const answers = await Promise.all(Array.from({ length: 50 }, () => many.inspect(film)));
    for (const answer of answers) expect(answer).toEqual(expected);
    expect(many.threads).toBe(2);
  });

  test('passes failures on with their code', async () => {
    const one = pool({ size: 1 });
    expect(await code(one.inspect(clips.path('absent')))).toBe('not-found');
    const { media } = await one.inspect(clips.write('letter.mp4', 'dear all'));
    expect(media).toMatchObject({ ok: false, failure: { code: 'not-media' } });
  });

  test('gives up on a stuck file and serves the next from a new thread', async () => {
    const threads = [stuck, startWorker];
    // Long enough for the second thread to compile its source, which a stuck one never does.
    const one = pool({ size: 1, timeoutMs: 8_000, startWorker: () => (threads.shift() ?? startWorker)() });
    const first = code(one.inspect(film));
    const second = one.inspect(film);
    expect(await first).toBe('timeout');
    expect((await second).media.ok).toBe(true);
  }, 30_000);

  test('replaces a thread that dies', async () => {
    const threads = [dying, startWorker];
    const one = pool({ size: 1, startWorker: () => (threads.shift() ?? startWorker)() });
    expect(await code(one.inspect(film))).toBe('probe-crashed');
    expect((await one.inspect(film)).media.ok).toBe(true);
  });

  test('refuses more than its queue holds, and forgets what is cancelled', async () => {
    const one = pool({ size: 1, queueLimit: 2, startWorker: stuck });
    const abort = new AbortController();
    const sent = Array.from({ length: 4 }, () => code(one.inspect(film))); // with the thread
    const waiting = [code(one.inspect(film, { signal: abort.signal })), code(one.inspect(film))];
    expect(await code(one.inspect(film))).toBe('busy');
    abort.abort();
    expect(await waiting[0]).toBe('cancelled');
    const more = code(one.inspect(film));
    await one.close();
    expect(await Promise.all([...sent, waiting[1], more])).toEqual(
      Array.from({ length: 6 }, () => 'cancelled'),
    );
  });

  test('ends its threads when there is nothing to do', async () => {
    const started: Worker[] = [];
    const remember = (): Worker => {
      const worker = startWorker();
      started.push(worker);
      return worker;
    };
    const one = pool({ size: 1, idleMs: 1, startWorker: remember });
    await one.inspect(film);
    const [worker] = started;
    if (worker !== undefined && one.threads > 0) await once(worker, 'exit');
    expect(one.threads).toBe(0);
    expect((await one.inspect(film)).media.ok).toBe(true);
  });

  test('reads embedded text by the index, the same as ffmpeg does', async () => {
    const one = pool({ size: 1 });
    const media = await new InProcessProbe().probe(film);
    const withoutFfmpeg = new SubtitleExtractor(one, null);
    const byFfmpeg = new SubtitleExtractor({ subtitles: () => Promise.resolve(null) }, 'ffmpeg');
    const srt = await withoutFfmpeg.subtitles(film, 3, media);
    expect(srt).toMatch(
      /^WEBVTT\n\n00:00:00\.2\d\d --> 00:00:00\.4\d\d\nHello <i>world<\/i> &amp; all\n\n00:00:00\.5/,
    );
    expect(await byFfmpeg.subtitles(film, 3, media)).toBe(srt);
    expect(await withoutFfmpeg.subtitles(film, 4, media)).toMatch(
      /<i>Sloped<\/i>, with a comma\nand a line\n$/,
    );
    await expect(withoutFfmpeg.subtitles(film, 0, media)).rejects.toMatchObject({ code: 'no-such-stream' });
    const mp4 = clips.make(
      'film.mp4',
      '-i',
      film,
      '-map',
      '0:v',
      '-map',
      '0:s:0',
      '-c:v',
      'copy',
      '-c:s',
      'mov_text',
    );
    const text = await withoutFfmpeg.subtitles(mp4, 1, await new InProcessProbe().probe(mp4));
    expect(text).toMatch(/^WEBVTT\n\n00:00:00\.2\d\d --> 00:00:00\.4\d\d\nHello world &amp; all\n/);
  });

  test('gives tracks as files of their own, and says where attached files lie', async () => {
    const one = pool({ size: 1 });
    const { streams } = await new InProcessProbe().probe(film);
    const ass = await one.original(film, 4, null);
    expect(Buffer.from(ass ?? []).toString()).toMatch(/\[Events\]\nFormat: .*\nDialogue: /);
    expect(await one.original(film, 3, null)).toBeNull();
    const font = streams.find(({ kind }) => kind === 'attachment');
    const span = await one.attachment(film, font?.index ?? -1);
    expect(readFileSync(film).subarray(span?.start, (span?.start ?? 0) + (span?.size ?? 0))).toEqual(
      Buffer.alloc(3000, 7),
    );
    expect(await one.attachment(film, 0)).toBeNull();
  });

  test('falls back to ffmpeg where the file has no index', async () => {
    const bytes = execFileSync('ffmpeg', [
      '-v',
      'error',
      '-i',
      film,
      '-map',
      '0:v',
      '-map',
      '0:s:0',
      '-c',
      'copy',
      '-f',
      'matroska',
      '-',
    ]);
    const live = clips.write('live.mkv', bytes); // a pipe cannot be rewound: no cues
    const one = pool({ size: 1 });
    expect(await one.subtitles(live, 1)).toBeNull();
    const text = await new SubtitleExtractor(one, 'ffmpeg').subtitles(
      live,
      1,
      await new InProcessProbe().probe(live),
    );
    expect(text).toContain('Hello <i>world</i>');
  });
});

describe('prober', () => {
  const clips = new Clips();
  const pool: Inspector = new InProcessProbe();
  let asked = 0;
  const fallback: MediaProbe = {
    probe: (path) => {
      asked += 1;
      return path.endsWith('.avi')
        ? pool
            .inspect(clips.path('a.mkv'))
            .then(({ media }) => (media.ok ? media.info : Promise.reject(media.failure)))
        : Promise.reject(new ProbeFailed('not-media', 'No.'));
    },
  };
  const prober = new Prober(pool, fallback);
  beforeAll(() => {
    clips.make(
      'a.mkv',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=d=1:s=64x64',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
    );
  });
  beforeEach(() => (asked = 0));
  afterAll(() => clips.remove());

  test('asks the second probe only where the first falls short', async () => {
    expect((await prober.probe(clips.path('a.mkv'))).container).toBe('matroska');
    expect(asked).toBe(0);
    expect((await prober.probe(clips.write('a.avi', 'RIFF....AVI '))).streams).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('keeps the reason that tells more, and does not ask about an empty file', async () => {
    const cut = clips.write('cut.mp4', Buffer.from('\0\0\0\x10ftypisom\0\0\0\0\0\0\x10\0mdat'));
    expect(await code(prober.probe(cut))).toBe('damaged');
    expect(asked).toBe(1);
    expect(await code(prober.probe(clips.write('zero', '')))).toBe('empty');
    expect(asked).toBe(1);
  });

  test('runs two second probes at once, and a caller may leave the line', async () => {
    const path = clips.write('b.avi', 'RIFF....AVI ');
    const info = await prober.probe(clips.path('a.mkv'));
    const answers: (() => void)[] = [];
    const slow: MediaProbe = { probe: () => new Promise((done) => answers.push(() => done(info))) };
    const busy = new Prober(pool, slow);
    const abort = new AbortController();
    const first = [busy.probe(path), busy.probe(path)];
    await waitFor(() => answers.length === 2, 'two second probes');
    const left = busy.probe(path, { signal: abort.signal });
    const last = busy.probe(path);
    await new Promise((resolve) => setTimeout(resolve, 50));
    abort.abort();
    expect(await code(left)).toBe('cancelled');
    expect(answers).toHaveLength(2);
    for (const answer of answers) answer();
    await waitFor(() => answers.length === 3, 'the last in line');
    answers[2]?.();
    expect(await Promise.all([...first, last])).toEqual([info, info, info]);
    expect(answers).toHaveLength(3);
  });
});
