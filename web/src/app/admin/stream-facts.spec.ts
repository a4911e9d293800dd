import type { StreamDecision } from '@hearth/contract/playback';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import { currentStep, decisionsOf, encodersOf, placePercent, queuePlace } from './stream-facts';

const activity = (renditionId: string, change: Partial<RenditionActivity> = {}): RenditionActivity => ({
  renditionId,
  state: 'idle',
  queuePosition: null,
  framesPerSecond: null,
  speed: null,
  encoder: null,
  cpu: null,
  aheadSeconds: 0,
  error: null,
  ...change,
});

test('encoders are those that do something; copies and qualities nobody plays are none', () => {
  const rows = encodersOf({
    renditions: [
      activity('v0-copy', { state: 'running' }),
      activity('v0-720p-b3', { state: 'running', aheadSeconds: 15 }),
      activity('v0-480p'),
      activity('v0-360p', { aheadSeconds: 600 }),
      activity('a1-aac2', { state: 'failed', aheadSeconds: 60 }),
    ],
  });
  expect(rows.map(({ kind, size, aheadPercent }) => [kind, size, aheadPercent])).toEqual([
    ['picture', '720p', 50],
    ['picture', '360p', 100],
    ['sound', '', 25],
  ]);
});

test('the place in the line is the worst of its encoders', () => {
  const renditions = [
    activity('a', { queuePosition: 1 }),
    activity('b', { queuePosition: 3 }),
    activity('c'),
  ];
  expect([queuePlace({ renditions }), queuePlace({ renditions: [] })]).toEqual([3, null]);
});

test('the step that lasts is the last without an end', () => {
  const done = { step: 'decision', startMs: 0, endMs: 3 } as const;
  expect(currentStep({ timeline: [done, { step: 'queue', startMs: 3, endMs: null }] })).toBe('queue');
  expect(currentStep({ timeline: [done] })).toBeNull();
});

test('a place beyond the end, or in something of unknown length, stays inside the bar', () => {
  expect(placePercent({ positionSeconds: 30, durationSeconds: 120 })).toBe(25);
  expect(placePercent({ positionSeconds: 130, durationSeconds: 120 })).toBe(100);
  expect(placePercent({ positionSeconds: 130, durationSeconds: 0 })).toBe(0);
});

test('decisions come picture first, and only those there are', () => {
  const decision = (index: number): StreamDecision => ({
    index,
    action: 'copy',
    from: 'a',
    to: 'a',
    reasons: [],
  });
  const streams = { video: decision(0), audio: [decision(1), decision(2)], subtitle: null };
  expect(decisionsOf({ ...streams, audio: [...streams.audio] }).map(({ index }) => index)).toEqual([0, 1, 2]);
});
