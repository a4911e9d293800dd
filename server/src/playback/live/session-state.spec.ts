import type { RenditionActivity } from '@hearth/contract/session-activity';
import { type SessionFacts, sessionState } from './session-state.js';
import { ordinal } from './session-words.js';

const idle: RenditionActivity = {
  renditionId: 'v0-720p',
  state: 'idle',
  queuePosition: null,
  framesPerSecond: null,
  speed: null,
  encoder: 'libx264',
  cpu: null,
  aheadSeconds: 0,
  error: null,
};
const facts: SessionFacts = {
  method: 'transcode',
  ended: false,
  error: null,
  paused: false,
  playing: true,
  waitingMs: null,
  startingMs: 0,
  step: null,
  renditions: [idle],
};
const running: RenditionActivity = { ...idle, state: 'running', speed: 4.16, framesPerSecond: 100 };
const queued: RenditionActivity = { ...idle, state: 'queued', queuePosition: 2 };

test.each<[string, Partial<SessionFacts>, Partial<ReturnType<typeof sessionState>>]>([
  ['plays', {}, { state: 'ready', progress: null, etaSeconds: null, message: 'Playing.' }],
  ['plays as it is', { method: 'direct', playing: false }, { state: 'ready', message: 'Playing as it is.' }],
  ['has not begun', { playing: false, step: null }, { state: 'starting', progress: 5, etaSeconds: null }],
  [
    'waits for its turn',
    { playing: false, step: 'queue', waitingMs: 2000, renditions: [queued] },
    { state: 'starting', etaSeconds: 60, message: 'Waiting for another conversion to finish; you are 2nd.' },
  ],
  [
    'waits for its first picture',
    { playing: false, step: 'first-segment', waitingMs: 500, renditions: [{ ...running, speed: null }] },
    { state: 'starting', etaSeconds: 1, message: 'Making the first picture.' },
  ],
  [
    'converts',
    { renditions: [running] },
    { state: 'converting', message: 'Converting at 4.2 times the speed of playing.' },
  ],
  ['seeks', { waitingMs: 100 }, { state: 'converting', etaSeconds: 1.4, message: 'Converting.' }],
  [
    'is paused',
    { paused: true, renditions: [{ ...running, state: 'throttled' }] },
    { state: 'paused', message: 'Paused.' },
  ],
  [
    'failed',
    { error: 'The picture is damaged.', playing: false },
    { state: 'error', progress: null, message: 'The picture is damaged.' },
  ],
  ['is over', { ended: true, error: 'x' }, { state: 'ended', progress: null, message: 'Ended.' }],
])('a session that %s', (_, more, expected) => {
  expect(sessionState({ ...facts, ...more })).toMatchObject(expected);
});

test('the first picture comes nearer, over several requests, and is never promised before it is there', () => {
  const at = (startingMs: number): number =>
    sessionState({ ...facts, playing: false, step: 'encoder-start', waitingMs: 10, startingMs }).progress ??
    -1;
  expect(at(0)).toBe(40);
  expect(at(1000)).toBeGreaterThan(at(500));
  expect(at(600_000)).toBe(99);
});

test('what takes longer than expected is expected to take longer', () => {
  const eta = (waitingMs: number) => sessionState({ ...facts, waitingMs }).etaSeconds ?? -1;
  expect([eta(0), eta(1000), eta(10_000)]).toEqual([1.5, 0.5, 3]);
});

test('places in a queue are told as people do', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(ordinal)).toEqual(
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '101st', '111th'],
  ); // prettier-ignore
});
