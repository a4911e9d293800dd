import { afterFailure, closedBreaker, isOnTrial, isResting } from './breaker.js';
import { healthNumbers, type Sample, trustIn, withSample } from './health.js';
import { fullBucket, takeToken } from './token-bucket.js';

const minute = 60_000;
const samples = (...oks: boolean[]): Sample[] => oks.map((ok, at) => ({ at, ms: (at + 1) * 10, ok }));

describe('the breaker', () => {
  test('rests by the ladder of ADR 23, and no longer than a day', () => {
    let breaker = closedBreaker;
    let now = 0;
    const rested: number[] = [];
    for (let n = 0; n < 16; n++) {
      breaker = afterFailure(breaker, now);
      rested.push(Math.max(0, breaker.restsUntil - now) / minute);
      now = Math.max(now, breaker.restsUntil);
    }
    expect(rested).toEqual([0, 0, 0, 0, 1, 5, 15, 30, 60, 180, 360, 720, 1440, 1440, 1440, 1440]);
  });

  test.each([
    ['a wish counts from the first failure', 0, 30, 30_000],
    ['the longer of both', 4, 30, minute],
    ['the longer of both, the other way', 4, 300, 5 * minute],
    ['no wish is longer than a day', 0, 1e9, 1440 * minute],
  ])('%s', (_, failures, wish, rest) => {
    expect(afterFailure({ failures, restsUntil: 0 }, 0, wish).restsUntil).toBe(rest);
  });

  test('what was on its way when the rest began does not lengthen it', () => {
    const resting = afterFailure({ failures: 4, restsUntil: 0 }, 0);
    expect(afterFailure(resting, 10)).toEqual(resting);
    expect([isResting(resting, minute - 1), isResting(resting, minute)]).toEqual([true, false]);
    expect([isOnTrial(closedBreaker), isOnTrial(resting)]).toEqual([false, true]);
  });
});

describe('the bucket', () => {
  test('lets through what a second allows at once, then at its rate', () => {
    let bucket = fullBucket(4, 0);
    const waits: number[] = [];
    for (let n = 0; n < 6; n++) {
      const taken = takeToken(bucket, 4, 0);
      bucket = taken.bucket;
      waits.push(taken.waitMs);
    }
    expect(waits).toEqual([0, 0, 0, 0, 250, 500]);
    expect(takeToken(bucket, 4, 10_000).waitMs).toBe(0);
    expect(takeToken(bucket, 4, 10_000).bucket.tokens).toBe(3);
  });

  test('a slow one still lets two through at once, and a clock that went back takes nothing', () => {
    const { bucket } = takeToken(fullBucket(0.5, 1000), 0.5, 1000);
    expect(takeToken(bucket, 0.5, 0).waitMs).toBe(0);
    expect(takeToken(takeToken(bucket, 0.5, 0).bucket, 0.5, 0).waitMs).toBe(2000);
  });
});

describe('health', () => {
  test.each([
    ['nobody asked yet', [], 0.5],
    ['one answer', [true], 2 / 3],
    ['one failure', [false], 1 / 3],
    ['nine of ten', [...Array.from({ length: 9 }, () => true), false], 10 / 12],
  ])('trust: %s', (_, oks, trust) => expect(trustIn(samples(...oks))).toBeCloseTo(trust));

  test('counts the last hundred, plots sixty, and times only what answered', () => {
    let all: readonly Sample[] = [];
    for (let n = 0; n < 150; n++) all = withSample(all, { at: n * minute, ms: n, ok: n % 2 === 0 });
    const numbers = healthNumbers(all, 150 * minute);
    expect(numbers).toMatchObject({ successRate: 0.5, medianMs: 98, p95Ms: 144, requests: 59 });
    expect(numbers.recent).toHaveLength(60);
    expect(healthNumbers([], 0)).toMatchObject({
      successRate: null,
      medianMs: null,
      p95Ms: null,
      trust: 0.5,
    });
  });
});
