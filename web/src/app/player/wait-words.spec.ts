import type { RenditionActivity } from '@hearth/contract/session-activity';
import { waitWords } from './wait-words';

type Waiting = NonNullable<Parameters<typeof waitWords>[0]>;

const idle: Waiting = { state: 'ready', progress: null, etaSeconds: null, renditions: [], timeline: [] };
const rendition = (change: Partial<RenditionActivity>): RenditionActivity => ({
  renditionId: 'v0-720p', state: 'running', queuePosition: null, framesPerSecond: null, speed: null, encoder: null,
  cpu: null, aheadSeconds: 0, error: null, ...change,
}); // prettier-ignore

test('the place in line comes first, the last of several', () => {
  const renditions = [
    rendition({ state: 'queued', queuePosition: 1 }),
    rendition({ renditionId: 'a1-aac2', state: 'queued', queuePosition: 2 }),
  ];
  expect(waitWords({ ...idle, state: 'converting', progress: 40, renditions: [...renditions] })).toEqual({
    key: 'waitQueue',
    values: { position: 2 },
  });
});

test('what is under way', () => {
  expect(waitWords({ ...idle, timeline: [{ step: 'index', startMs: 3, endMs: null }] })?.key).toBe(
    'waitReading',
  );
  expect(waitWords({ ...idle, state: 'converting', etaSeconds: 4.4 })).toEqual({
    key: 'waitSeconds',
    values: { count: 4 },
  });
  expect(waitWords({ ...idle, state: 'converting', progress: 41.7 })?.values).toEqual({ percent: 42 });
  // After a seek, a moment before the piece is there; and nothing where nobody waits for it.
  expect(waitWords({ ...idle, state: 'converting', etaSeconds: 0.5 })?.key).toBe('waitPiece');
  expect(waitWords({ ...idle, state: 'converting' })).toBeUndefined();
  expect(waitWords({ ...idle, state: 'starting' })?.key).toBe('waitStarting');
});

test.each([
  ['peers', 'waitPeers'],
  ['metadata', 'waitMetadata'],
  ['head-piece', 'waitHeadPiece'],
] as const)('a torrent’s %s', (step, key) => {
  const timeline = [
    { step: 'decision' as const, startMs: 0, endMs: 2 },
    { step, startMs: 2, endMs: null },
  ];
  expect(waitWords({ ...idle, state: 'starting', timeline })).toEqual({ key, values: {} });
  expect(waitWords({ ...idle, timeline: timeline.map((one) => ({ ...one, endMs: 9 })) })).toBeUndefined();
});

test('nothing to say is said by nothing', () => {
  expect(waitWords(undefined)).toBeUndefined();
  expect(waitWords({ ...idle, timeline: [{ step: 'decision', startMs: 0, endMs: 3 }] })).toBeUndefined();
});
