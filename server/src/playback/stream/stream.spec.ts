import { jest } from '@jest/globals';
import { streamProblem } from './stream-problems.js';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import type { Ticket } from '../../common/ticket-signer.js';
import { ProblemError } from '../../common/problem-error.js';
import {
  HeadFailed,
  type MediaInput,
  NoDuration,
  RemuxFailed,
  SegmentEnded,
  SegmentLate,
  SegmentStoreFull,
} from '../../transcoding/transcoding.service.js';
import { LiveSession } from '../live/live-session.js';
import { StatusAnnouncer } from '../live/status-announcer.js';
import { StreamMetrics } from './stream-metrics.service.js';
import { StreamService } from './stream.service.js';

const ticket: Ticket = {
  sessionId: 'session',
  fileId: 'file',
  accountId: 'ada',
  contentKey: 'content',
  expires: 0,
  renditions: ['v0-720p', 'a1-aac2'],
};
const input: MediaInput = {
  path: '/film.mkv',
  contentKey: 'content',
  media: {
    container: 'matroska', durationSeconds: 100, startSeconds: 0, bitrate: null, size: 1, faststart: null,
    streams: [], chapters: [], tags: {},
  },
}; // prettier-ignore
const activity: RenditionActivity = {
  renditionId: 'v0-720p', state: 'running', queuePosition: null, framesPerSecond: null, speed: null,
  encoder: 'libx264', cpu: null, aheadSeconds: 0, error: null,
}; // prettier-ignore
const plan = {
  method: 'transcode' as const,
  reasons: [],
  streams: { video: null, audio: [], subtitle: null },
  quality: '720p',
  renditions: ticket.renditions.slice(),
  failureKey: '',
};

const english = {
  id: 's2',
  name: 'English',
  language: 'en',
  forced: false,
  hearingImpaired: false,
  isDefault: false,
};

/** A service whose segments are what `make` gives, over a source that may fail. */
function service(make: (signal?: AbortSignal) => Promise<Uint8Array>) {
  const session = new LiveSession({
    id: 'session',
    accountId: 'ada',
    fileId: 'file',
    startedAt: 0,
    plan,
    contentKey: 'content',
  });
  const told: { message: string; state: string }[] = [];
  const state = { activity, source: () => Promise.resolve(input) };
  const unused = () => Promise.reject(new Error('not asked for'));
  const transcoding = {
    rendition: () => {
      throw new Error('not asked for');
    },
    table: unused,
    presentation: unused,
    init: unused,
    segment: (_: MediaInput, __: string, ___: number, signal?: AbortSignal) => make(signal),
    activity: () => state.activity,
  };
  const events = {
    publish: (_: string, payload: unknown) => void told.push(payload as { message: string; state: string }),
  };
  const announcer = new StatusAnnouncer(events, transcoding);
  const metrics = new StreamMetrics();
  const streams = new StreamService(
    { of: () => state.source() },
    { take: () => Promise.resolve(session) },
    transcoding,
    { of: () => Promise.resolve([english]), playlist: () => '#EXTM3U', text: unused },
    announcer,
    metrics,
  );
  return { streams, session, told, metrics, state, announcer };
}
const never = new AbortController().signal;

test('the first segment of the picture ends the start; sound alone does not', async () => {
  const { streams, session, metrics } = service(() => Promise.resolve(new Uint8Array(10)));
  await streams.segment(ticket, 'a1-aac2', 0, never);
  expect(session.playing).toBe(false);
  await streams.segment(ticket, 'v0-720p', 0, never);
  expect(session.playing).toBe(true);
  expect(session.timeline.steps.at(-1)).toMatchObject({ step: 'first-segment', endMs: expect.any(Number) });
  expect([metrics.firstSegment.transcode.count, metrics.segment.count, metrics.bytesSent]).toEqual([
    1, 2, 20,
  ]);
});

test('the steps of a start follow what its encoder does', async () => {
  let finish: (bytes: Uint8Array) => void = () => undefined;
  const made = new Promise<Uint8Array>((resolve) => (finish = resolve));
  const { streams, session, state } = service(() => made);
  state.activity = { ...activity, state: 'queued', queuePosition: 1 };
  const segment = streams.segment(ticket, 'v0-720p', 0, never);
  const steps = () => session.timeline.steps.map(({ step }) => step);
  const reach = async (step: string): Promise<void> => {
    while (!steps().some((one) => one === step)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await reach('queue');
  expect(session.waiting).toMatchObject([{ renditionId: 'v0-720p' }]);
  state.activity = activity;
  await reach('encoder-start');
  state.activity = { ...activity, framesPerSecond: 20 };
  await reach('first-segment');
  finish(new Uint8Array(1));
  await segment;
  expect(steps()).toEqual(['queue', 'encoder-start', 'first-segment']);
  expect(session.waiting).toEqual([]);
});

test('a viewer who leaves ends the wait, and nothing is wrong with the session', async () => {
  const { streams, session, metrics } = service(
    (signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('left')))),
  );
  const leaving = new AbortController();
  const segment = streams.segment(ticket, 'v0-720p', 3, leaving.signal);
  setTimeout(() => leaving.abort(), 20);
  await expect(segment).rejects.toThrow('left');
  expect([session.waiting, session.error, metrics.problems.size]).toEqual([[], null, 0]);
});

test('what a ticket does not name is not there', async () => {
  const { streams } = service(() => Promise.resolve(new Uint8Array(1)));
  await expect(streams.segment(ticket, 'v0-1080p', 0, never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('an encoder that failed because the file went away is not blamed', async () => {
  const { streams, session, state } = service(() => {
    state.source = () => Promise.reject(new ProblemError('SOURCE_CHANGED', { detail: 'It was replaced.' }));
    return Promise.reject(new HeadFailed('encoder-failed'));
  });
  await expect(streams.segment(ticket, 'v0-720p', 0, never)).rejects.toMatchObject({
    code: 'SOURCE_CHANGED',
  });
  expect(session.error).toBe('It was replaced.');
  expect(session.waiting).toEqual([]);
});

test('only those who wait for a second hear of it, and that it is over', () => {
  jest.useFakeTimers();
  try {
    const { session, told, announcer, state } = service(() => Promise.reject(new Error('not asked for')));
    const short = session.wait('v0-720p');
    announcer.watch(session);
    short();
    jest.advanceTimersByTime(3000);
    expect(told).toEqual([]);
    state.activity = { ...activity, state: 'queued', queuePosition: 2 };
    const long = session.wait('v0-720p');
    announcer.watch(session);
    jest.advanceTimersByTime(2500);
    expect(told.map(({ message }) => message)).toEqual(
      Array<string>(2).fill('Waiting for another conversion to finish; you are 2nd.'),
    );
    long();
    state.activity = { ...activity, state: 'idle' };
    session.playing = true;
    jest.advanceTimersByTime(5000);
    expect(told).toHaveLength(3);
    expect(told[2]?.state).toBe('ready');
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test.each<[string, unknown, unknown]>([
  [
    'late',
    new SegmentLate(4, 2),
    {
      code: 'UNAVAILABLE',
      extras: { retryAfter: 4, detail: 'Waiting for another conversion to finish; you are 2nd.' },
    },
  ],
  ['late without a queue', new SegmentLate(0.2, null), { code: 'UNAVAILABLE', extras: { retryAfter: 1 } }],
  [
    'a failed encoder',
    new HeadFailed('encoder-failed'),
    { code: 'TRANSCODE_FAILED', message: 'The encoder gave up.' },
  ],
  [
    'no ffmpeg',
    new HeadFailed('ffmpeg-missing'),
    { code: 'TRANSCODE_FAILED', message: expect.stringMatching(/ffmpeg/) },
  ],
  ['a missing source', new HeadFailed('source-missing'), { code: 'SOURCE_UNAVAILABLE' }],
  ['another source', new HeadFailed('source-changed'), { code: 'SOURCE_CHANGED' }],
  ['a full store', new HeadFailed('store-full'), { code: 'STORAGE_FULL' }],
  ['a store that holds no more', new SegmentStoreFull(), { code: 'STORAGE_FULL' }],
  ['a full disk', Object.assign(new Error('x'), { code: 'ENOSPC' }), { code: 'STORAGE_FULL' }],
  ['a disk that is away', Object.assign(new Error('x'), { code: 'ENOENT' }), { code: 'SOURCE_UNAVAILABLE' }],
  ['a file shorter than it says', new SegmentEnded(7), { code: 'NOT_FOUND' }],
  ['no duration', new NoDuration('The file does not say how long it is.'), { code: 'TRANSCODE_FAILED' }],
  ['a copy that cannot be read', new RemuxFailed('unreadable', 'Gone.'), { code: 'SOURCE_UNAVAILABLE' }],
  ['too many copies', new RemuxFailed('busy', 'Busy.'), { code: 'UNAVAILABLE', extras: { retryAfter: 2 } }],
  ['a damaged copy', new RemuxFailed('damaged', 'Broken.'), { code: 'TRANSCODE_FAILED', message: 'Broken.' }],
  ['our own bug', new TypeError('x'), { name: 'TypeError' }],
])('%s is told as what it is', (_, error, problem) => {
  expect(streamProblem(error)).toMatchObject(problem as object);
});

test.each([
  ["ENOENT: no such file, open '/srv/my data/segments/x'", 'ENOENT: no such file, open …'],
  ['/srv/films/Film.mkv: Invalid data found', '… Invalid data found'],
  ['no picture and/or sound at 1/2', 'no picture and/or sound at 1/2'],
])('where files lie on the server is not told: %s', (words, told) => {
  const problem = streamProblem(new HeadFailed('encoder-failed', words));
  expect(problem instanceof ProblemError && problem.message.endsWith(told) && problem.message).toBeTruthy();
});

test('a subtitle that the session does not have has no playlist', async () => {
  const { streams } = service(() => Promise.resolve(new Uint8Array(10)));
  expect(await streams.subtitlePlaylist(ticket, 's2', never)).toBe('#EXTM3U');
  await expect(streams.subtitlePlaylist(ticket, 's7', never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a player that changes the quality by itself shows what it was sent last', async () => {
  const { streams, session } = service(() => Promise.resolve(new Uint8Array(10)));
  const wide = { ...ticket, renditions: [...ticket.renditions, 'v0-480p'] };
  await streams.segment(wide, 'v0-720p', 0, never);
  await streams.segment(wide, 'v0-480p', 1, never);
  await streams.segment(wide, 'a1-aac2', 1, never);
  expect(session.shown).toBe('v0-480p');
});
