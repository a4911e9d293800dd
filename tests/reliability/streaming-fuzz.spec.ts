import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readFragment } from '../interop/hls/fragment.js';
import { faultsOf, type RenditionUnderTest, patiently } from '../interop/hls/validator.js';
import type { Client } from '../support/client.js';
import { matrixClips } from '../support/matrix-clips.js';
import { headsOf } from './process-watch.js';
import { seededRandom } from '../support/seeded-random.js';
import { waitFor } from '../support/wait-for.js';
import { ask, encodesOnly, factsOfSegment, longFilm, problemOf, segmentsOnly, segmentUrl, StreamingStage } from './streaming-stage.js'; // prettier-ignore

const seeksEach = Number(process.env['HEARTH_SEEKS'] || 24);
const seed = Number(process.env['HEARTH_SEED'] || 20_260_721);
/** As the server chooses them: half the cores encode pictures, four processes do the rest. */
const mostVideo = Math.max(1, Math.floor(availableParallelism() / 2));
const mostOther = 4;

const films = ['hevc-10.mkv', 'h264.flv', 'h264-50.ts', 'mpeg2-interlaced.ts', 'h264-ac3-5.1.mkv'];
const titles = ['Alder', 'Birch', 'Cedar', 'Damson', 'Elder'];

interface Rendition {
  readonly kind: 'video' | 'audio';
  readonly rendition: RenditionUnderTest;
  readonly answers: { index: number; body: Buffer }[];
}

let stage: StreamingStage;
/** What was answered, by film and rendition, whichever client and session asked. */
const answered = new Map<string, Rendition>();

beforeAll(async () => {
  const paths = new Map([['Maple', await longFilm()]]);
  for (const [n, name] of films.entries()) {
    const clip = matrixClips.find((one) => one.name === name);
    if (!clip) throw new Error(`no clip is called ${name}`);
    paths.set(titles[n] ?? '', await clip.path());
  }
  stage = await StreamingStage.open(paths);
}, 600_000);
afterAll(() => stage.close());

/** Looks at the server's processes until it is told to stop. @returns the most of each sort that ran at once */
function watchHeads(): () => { video: number; other: number; looks: number } {
  const most = { video: 0, other: 0, looks: 0 };
  const timer = setInterval(() => {
    const { video, other } = headsOf(stage.hearth.pid);
    most.video = Math.max(most.video, video.length);
    most.other = Math.max(most.other, other.length);
    most.looks++;
  }, 15);
  return () => {
    clearInterval(timer);
    return most;
  };
}

/** Somebody with a remote control and no patience. */
class Fidget {
  private readonly random: () => number;

  constructor(
    private readonly client: Client,
    which: number,
  ) {
    this.random = seededRandom(seed + which);
  }

  async watch(): Promise<void> {
    for (let seeks = 0; seeks < seeksEach;) {
      const title = this.pick(['Maple', ...titles]);
      const client = this.random() < 0.5 ? segmentsOnly : encodesOnly;
      const played = await stage.play(this.client, title, { client });
      const known = (kind: 'video' | 'audio', rendition: RenditionUnderTest): Rendition => {
        const name = `${title} ${new URL(rendition.url).pathname.split('/').at(-2)}`;
        const made = answered.get(name) ?? { kind, rendition, answers: [] };
        answered.set(name, made);
        // Addresses of a session that is over give nothing: the last one’s are asked at the end.
        return { ...made, rendition };
      };
      const visit = Math.min(seeksEach - seeks, 3 + this.below(6));
      for (let n = 0; n < visit; n++, seeks++) {
        const target = this.random() < 0.7 ? known('video', played.video) : known('audio', played.audio);
        await this.seek(target);
      }
      await played.stop();
    }
  }

  private async seek(target: Rendition): Promise<void> {
    const count = target.rendition.playlist.segments.length;
    const how = this.random();
    if (how < 0.25) return this.leave(target, this.below(count), this.below(400));
    if (how < 0.5) {
      // A finger on the seek bar: only the last place is meant.
      const places = Array.from({ length: 8 }, () => this.below(count));
      await Promise.all(places.map((index, n) => this.leave(target, index, n * 8)));
    }
    const index = this.below(count);
    const next = Math.min(index + 1, count - 1);
    await Promise.all([this.get(target, index), this.get(target, next)]);
  }

  private async leave({ rendition, answers }: Rendition, index: number, afterMs: number): Promise<void> {
    try {
      const { status, body } = await ask(segmentUrl(rendition, index), AbortSignal.timeout(afterMs));
      if (status === 200) answers.push({ index, body });
    } catch (error) {
      if (!/Timeout|Abort|terminated/i.test(String(error))) throw error;
    }
  }

  /** Patient where it is told to be; a refusal must say when to come back. */
  private async get({ rendition, answers }: Rendition, index: number): Promise<void> {
    const url = segmentUrl(rendition, index);
    const answer = await ask(url);
    if (answer.status === 503) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(problemOf(answer).code).toBe('UNAVAILABLE');
      answers.push({ index, body: await patiently(url) });
      return;
    }
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.toString()}`);
    answers.push({ index, body: answer.body });
  }

  private pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}

test(`3 clients × ${seeksEach} seeks: no process too many, no answer wrong (HEARTH_SEEKS, HEARTH_SEED)`, async () => {
  const done = watchHeads();
  const devices = [await stage.device(), await stage.device(), await stage.device()];
  await Promise.all(devices.map((client, n) => new Fidget(client, n).watch()));
  const most = done();
  expect(most.looks).toBeGreaterThan(50);
  expect(most.video).toBeGreaterThan(0);
  expect(most.other).toBeGreaterThan(0);
  expect([most.video <= mostVideo, most.other <= mostOther, most]).toEqual([true, true, most]);
  // All sessions were ended: what worked for them has nobody left.
  await waitFor(
    () => Object.values(headsOf(stage.hearth.pid)).flat().length === 0,
    'the last encoder to end',
  );
}, 480_000);

test('what was answered in the turmoil is what is answered in peace', async () => {
  // Nothing of it is kept: every segment is made again, by encoders that begin elsewhere.
  await stage.hearth.stop();
  await rm(join(stage.hearth.dataDirectory, 'segments'), { recursive: true });
  await stage.hearth.boot();
  const ada = await stage.device();
  let compared = 0;
  for (const [name, { kind, answers }] of answered) {
    const [title = '', id = ''] = name.split(' ');
    const client = id.endsWith('copy') || kind === 'audio' ? segmentsOnly : encodesOnly;
    const played = await stage.play(ada, title, { client });
    const rendition = kind === 'video' ? played.video : played.audio;
    expect(rendition.url).toContain(`/${id}/`);
    const wanted = [...new Set(answers.map(({ index }) => index))].sort((a, b) => a - b);
    const segments = new Map<number, Buffer>();
    for (const index of wanted) segments.set(index, await patiently(segmentUrl(rendition, index)));
    for (const { index, body } of answers) {
      const peaceful = segments.get(index);
      if (!peaceful) throw new Error('not fetched');
      const [stormy, calm] = [factsOfSegment(body), factsOfSegment(peaceful)];
      expect([name, index, stormy]).toEqual([name, index, calm]);
      const [first] = readFragment(body).samples;
      if (kind === 'video') expect([name, index, first?.key]).toEqual([name, index, true]);
      compared++;
    }
    if (rendition.playlist.segments.length <= 15) {
      const all: Buffer[] = [];
      for (const [index] of rendition.playlist.segments.entries())
        all.push(segments.get(index) ?? (await patiently(segmentUrl(rendition, index))));
      expect([name, faultsOf(rendition, all, kind)]).toEqual([name, []]);
    }
    await played.stop();
  }
  expect(compared).toBeGreaterThan(seeksEach * 2);
}, 300_000);
