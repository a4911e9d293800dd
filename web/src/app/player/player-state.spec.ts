import {
  bufferAhead,
  clampPosition,
  initialState,
  type PlayerEvent,
  type PlayerState,
  reduce,
} from './player-state';

const after = (...events: PlayerEvent[]): PlayerState => events.reduce(reduce, initialState);
const opened: PlayerEvent = { type: 'opened', position: 20, duration: 100 };

test('opens at the place to resume from and waits for the first picture', () => {
  expect(after(opened)).toMatchObject({
    phase: 'ready',
    position: 20,
    duration: 100,
    waiting: true,
    paused: true,
  });
});

test('runs when the picture does', () => {
  expect(after(opened, { type: 'played' })).toMatchObject({ paused: false, waiting: true });
  expect(after(opened, { type: 'played' }, { type: 'playing' })).toMatchObject({
    paused: false,
    waiting: false,
  });
});

test('waits only while it should run', () => {
  expect(after(opened, { type: 'playing' }, { type: 'waiting' }).waiting).toBe(true);
  expect(after(opened, { type: 'playing' }, { type: 'paused' }, { type: 'waiting' }).waiting).toBe(false);
});

test('shows where you are going while the element still tells where it was', () => {
  const seeking = after(opened, { type: 'seeking', position: 60 }, { type: 'time', position: 21 });
  expect(seeking).toMatchObject({ position: 60, seekingTo: 60 });
  expect(reduce(seeking, { type: 'seeked', position: 60.2 })).toMatchObject({
    position: 60.2,
    seekingTo: null,
  });
});

test('a film that ended stands at its end, and goes on when sought or played', () => {
  const ended = after(opened, { type: 'playing' }, { type: 'time', position: 99.8 }, { type: 'ended' });
  expect(ended).toMatchObject({ phase: 'ended', paused: true, position: 100 });
  expect(reduce(ended, { type: 'seeking', position: 10 }).phase).toBe('ready');
  expect(reduce(ended, { type: 'played' }).phase).toBe('ready');
});

test('keeps volume and speed from one film to the next, and nothing else', () => {
  const state = after(
    opened,
    { type: 'volume', volume: 0.4, muted: true },
    { type: 'rate', rate: 1.5 },
    { type: 'buffered', ranges: [{ start: 0, end: 30 }] },
    { type: 'opening' },
  );
  expect(state).toEqual({ ...initialState, volume: 0.4, muted: true, rate: 1.5 });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 0])(
  'keeps the measured length when the element says %s',
  (duration) => {
    expect(after(opened, { type: 'duration', duration }).duration).toBe(100);
  },
);

test('a failure stops everything', () => {
  expect(after(opened, { type: 'playing' }, { type: 'failed' })).toMatchObject({
    phase: 'failed',
    paused: true,
    waiting: false,
  });
});

test.each([
  [-5, 100, 0],
  [50, 100, 50],
  [100, 100, 99.75],
  [5, 0, 0],
])('%d s of %d s is kept at %d s', (position, duration, kept) =>
  expect(clampPosition(position, duration)).toBe(kept),
);

test('counts what is loaded from here on, not what lies behind a gap', () => {
  const buffered = [
    { start: 0, end: 10 },
    { start: 20.3, end: 35 },
  ];
  expect(bufferAhead({ position: 4, buffered })).toBe(6);
  expect(bufferAhead({ position: 20, buffered })).toBe(15);
  expect(bufferAhead({ position: 15, buffered })).toBe(0);
});
