import { Readable } from 'node:stream';
import type { Clock } from '../clock.port.js';
import { constantStream, exactly } from './constant-stream.js';
import { ParkedRuns, SteadyRun } from './steady-run.js';

/** Time that stands still until it is told. */
class HandClock implements Clock {
  #now = 0;
  readonly #due = new Set<{ at: number; work: () => void }>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, work: () => void): () => void {
    const one = { at: this.#now + milliseconds, work };
    this.#due.add(one);
    return () => void this.#due.delete(one);
  }

  turn(milliseconds: number): void {
    this.#now += milliseconds;
    for (const one of [...this.#due]) if (one.at <= this.#now && this.#due.delete(one)) one.work();
  }
}

const CHUNK = 64 * 1024;
/** The byte at a place tells the place. */
const pattern = (from: number, length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => ((from + index) * 31 + ((from + index) >> 8)) & 255));

/** Bytes from a place on; `end` included. */
function encoder(from: number, end = Infinity) {
  let at = from;
  return new Readable({
    highWaterMark: 1,
    read() {
      const length = Math.min(CHUNK, end - at);
      this.push(length > 0 ? pattern(at, length) : null);
      at += length;
    },
  });
}

async function some(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let left = length;
  for await (const chunk of chunks) {
    parts.push(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return Buffer.concat(parts);
}

describe('a conversion that is read by place', () => {
  test('can be read again from any place that was read lately, and goes on', async () => {
    const run = new SteadyRun(encoder(1000), 1000);
    expect((await some(run.read(1000), 300_000)).equals(pattern(1000, 300_000))).toBe(true);
    for (const from of [1000, 1001, 150_000, 301_000, 500_000]) {
      expect(run.has(from)).toBe(true);
      expect((await some(run.read(from), 200_000)).equals(pattern(from, 200_000))).toBe(true);
    }
    expect([run.has(999), run.has(2_000_000)]).toEqual([false, false]);
  });

  test('keeps a few megabytes, however long it is', async () => {
    const run = new SteadyRun(encoder(0), 0);
    await some(run.read(0), 10_000_000);
    expect([run.has(0), run.has(5_700_000), run.has(6_000_000)]).toEqual([false, false, true]);
    await expect(some(run.read(0), 1)).rejects.toThrow('too far');
  });

  test('its end is everybody’s', async () => {
    const run = new SteadyRun(encoder(0, 100_000), 0);
    expect(await some(run.read(0), Infinity)).toHaveLength(100_000);
    expect(run.isSound).toBe(true);
    expect(await some(run.read(99_000), Infinity)).toHaveLength(1000);
  });

  test('who has left waits no longer; the next gets what they waited for', async () => {
    const slow = new Readable({ read: () => undefined });
    const run = new SteadyRun(slow, 0);
    const waiting = run.read(0).next();
    run.release();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const next = some(run.read(0), 10);
    slow.push(pattern(0, 10));
    expect((await next).equals(pattern(0, 10))).toBe(true);
  });

  test('a failure is told to who reads, then or later', async () => {
    const failing = new Readable({ read: () => undefined });
    const run = new SteadyRun(failing, 0);
    const reading = some(run.read(0), 1);
    failing.destroy(new Error('no encoder'));
    await expect(reading).rejects.toThrow('no encoder');
    await expect(some(run.read(0), 1)).rejects.toThrow('no encoder');
    expect(run.isSound).toBe(false);
  });
});

describe('conversions that were left', () => {
  const clock = new HandClock();
  const runs = new ParkedRuns(clock);
  const parked = (from: number, key = 'film') => {
    const stream = encoder(from);
    runs.park(key, new SteadyRun(stream, from));
    return stream;
  };

  test('are taken on by the same device, film and place alone, once', async () => {
    parked(1000);
    expect(await runs.take('other', 1000)).toBeUndefined();
    expect(await runs.take('film', 999)).toBeUndefined();
    const run = await runs.take('film', 2000);
    expect(run).toBeDefined();
    expect(await runs.take('film', 2000)).toBeUndefined();
    run?.destroy();
  });

  test('end after ten seconds, but not under a new reader', async () => {
    const [left, taken] = [parked(0), parked(50_000_000)];
    await runs.take('film', 50_000_000);
    clock.turn(9_999);
    expect(left.destroyed).toBe(false);
    clock.turn(1);
    expect([left.destroyed, taken.destroyed]).toEqual([true, false]);
    taken.destroy();
  });

  test('are waited for while their reader hangs up, but not long', async () => {
    const run = new SteadyRun(encoder(0), 0);
    runs.read('film', run);
    const taken = runs.take('film', 0);
    runs.park('film', run);
    expect(await taken).toBe(run);
    runs.read('film', run);
    const busy = runs.take('film', 0);
    clock.turn(200);
    expect(await busy).toBeUndefined();
    runs.park('film', run);
    clock.turn(10_000);
  });

  test('are four at most', () => {
    const streams = [0, 1, 2, 3, 4].map((place) => parked(place * 50_000_000));
    expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, false, false, false, false]);
    clock.turn(10_000);
    expect(streams.every(({ destroyed }) => destroyed)).toBe(true);
  });

  test('are nothing to anybody once somebody ended them', async () => {
    const stream = parked(0);
    stream.destroy();
    expect(await runs.take('film', 0)).toBeUndefined();
    clock.turn(10_000);
  });
});

test.each([
  ['the beginning', 0, 0],
  ['a whole second', 60 * 100_000, 60],
  ['between two', 60 * 100_000 + 99_999, 60],
  ['the last bytes', 100 * 100_000 - 1, 98],
])('%s is in a conversion that begins at a whole second, with a whole packet', (_, byte, second) => {
  const stream = constantStream(800_000, 100);
  const start = stream.startFor(byte);
  expect(start.byte % 188).toBe(0);
  expect(start.byte).toBeLessThanOrEqual(byte);
  expect(Math.abs(start.seconds - second)).toBeLessThan(0.002);
  expect(start.seconds).toBe(stream.secondsAt(start.byte));
});

test('what ends too early is filled with packets that mean nothing', async () => {
  const packets = Buffer.alloc(188 * 3, 1);
  const filled = await some(exactly(Readable.from([packets.subarray(100)]), 100, 188 * 5 - 100), Infinity);
  expect(filled).toHaveLength(188 * 5 - 100);
  expect(filled.subarray(188 * 3 - 100, 188 * 3 - 96).toString('hex')).toBe('471fff10');
});
