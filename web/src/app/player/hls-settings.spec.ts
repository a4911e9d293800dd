import { askAgain, askedPause, hlsSettings } from './hls-settings';

const answer = (code: number) => ({ url: '/', code, data: undefined });
const again = (code: number | undefined, count: number, timeout = false) =>
  askAgain(null, count, timeout, code === undefined ? undefined : answer(code), false);

test('“not yet” is asked again for as long as it takes', () => {
  expect(again(503, 0)).toBe(true);
  expect(again(503, 150)).toBe(true);
  expect(again(503, 1000)).toBe(false);
});

test('a broken answer is asked for a few times, a refusal never', () => {
  expect(again(500, 0)).toBe(true);
  expect(again(500, 4)).toBe(false);
  expect(again(404, 0)).toBe(false);
  expect(again(403, 0)).toBe(false);
});

test('no answer and a time-out are tried again', () => {
  expect(again(0, 0)).toBe(true);
  expect(again(undefined, 1, true)).toBe(true);
  expect(again(undefined, 9, true)).toBe(false);
});

test('the server’s pause is kept within reason', () => {
  expect(askedPause('2')).toBe(2000);
  expect(askedPause('0')).toBe(250);
  expect(askedPause('3600')).toBe(30_000);
  expect(askedPause(null)).toBeUndefined();
  expect(askedPause('Wed, 21 Oct 2026 07:28:00 GMT')).toBeUndefined();
});

test('loading waits until the quality is pinned, and leaves no holes', () => {
  expect(hlsSettings(12)).toMatchObject({
    autoStartLoad: false,
    startPosition: 12,
    maxFragLookUpTolerance: 0,
    lowLatencyMode: false,
  });
});
