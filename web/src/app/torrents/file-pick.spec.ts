import { namedPick, sizeOf, usualPick } from './file-pick';

const files = [
  { index: 0, kind: 'video', playable: true, size: 700 },
  { index: 1, kind: 'subtitle', playable: false, size: 2 },
  { index: 2, kind: 'other', playable: false, size: 1 },
  { index: 4, kind: 'audio', playable: true, size: 30 },
] as const;

test('what plays and its subtitles are usual', () => {
  expect([...usualPick(files)]).toEqual([0, 1, 4]);
});

test('only what differs is named, in order', () => {
  expect(namedPick(files, new Set([4, 0, 1]))).toBeUndefined();
  expect(namedPick(files, new Set([4, 0]))).toEqual([0, 4]);
  expect(namedPick(files, new Set([0, 1, 2]))).toEqual([0, 1, 2]);
});

test('the chosen ones’ bytes', () => {
  expect(sizeOf(files, new Set([0, 4, 9]))).toBe(730);
});
