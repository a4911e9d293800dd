import type { SkipMarker } from '@hearth/contract/playback';
import { creditsStart, markerAt } from './skip-marker';

const markers: SkipMarker[] = [
  { kind: 'recap', startSeconds: 0, endSeconds: 30 },
  { kind: 'intro', startSeconds: 60, endSeconds: 90 },
  { kind: 'credits', startSeconds: 1500, endSeconds: 1600 },
];

test('a part is offered while it runs, and not for its last moments', () => {
  expect(markerAt(markers, 59, false)).toBeUndefined();
  expect(markerAt(markers, 60, false)?.kind).toBe('intro');
  expect(markerAt(markers, 89, false)).toBeUndefined();
});

test('credits are skipped where nothing follows; else the next episode is offered', () => {
  expect(markerAt(markers, 1510, false)?.kind).toBe('credits');
  expect(markerAt(markers, 1510, true)).toBeUndefined();
  expect(creditsStart(markers)).toBe(1500);
  expect(creditsStart([])).toBeUndefined();
});
