import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger, LogSink } from '../../common/log/logger.js';
import type { RendererReport } from './opened-renderer-media.js';
import { Positions } from './positions.service.js';

const film = {
  device: { id: 'tv', name: 'Bedroom' },
  accountId: 'ann',
  fileId: 'film',
  durationSeconds: 6000,
};

let now: number;
let saved: RendererReport[];
let fail: boolean;
let positions: Positions;

beforeEach(() => {
  now = 1_000_000;
  saved = [];
  fail = false;
  const save = (report: RendererReport): Promise<void> => {
    saved.push(report);
    return fail ? Promise.reject(new Error('the database is away')) : Promise.resolve();
  };
  positions = new Positions(save, new Logger(new LogSink('error', () => undefined), 'test'), () => now);
});

/** Plays for so many seconds, a second sent each second. */
function play(seconds: number, { from = 0, transferId = 1 } = {}): void {
  for (let second = 1; second <= seconds; second++) {
    now += 1000;
    positions.note(film, { transferId, from, to: from + second, ended: second === seconds });
  }
}

test('what plays is there, and saved when it ends and when the server does', async () => {
  play(60, { from: 600 });
  expect(positions.of('tv')).toBeUndefined();
  await positions.stop();
  expect(saved.map(({ state }) => state)).toEqual(['paused', 'stopped']);
  expect(saved[1]).toMatchObject({ accountId: 'ann', device: film.device, fileId: 'film' });
  expect(saved[1]?.positionSeconds).toBeGreaterThan(655);
  expect(saved[1]?.positionSeconds).toBeLessThanOrEqual(660);
});

test('while it is sent it is playing', () => {
  for (let second = 1; second <= 30; second++) {
    now += 1000;
    positions.note(film, { transferId: 1, from: 0, to: second, ended: false });
  }
  expect(positions.of('tv')?.fileId).toBe('film');
  expect(positions.of('other')).toBeUndefined();
});

test('a look inside saves nothing', async () => {
  positions.note(film, { transferId: 1, from: 0, to: 60, ended: true });
  positions.note(film, { transferId: 2, from: 5990, to: 6000, ended: true });
  await positions.stop();
  expect(saved).toEqual([]);
});

test('a film fetched in pieces is not saved with each of them', async () => {
  for (let piece = 0; piece < 60; piece++) play(1, { from: piece, transferId: piece });
  await positions.stop();
  expect(saved.length).toBeLessThanOrEqual(30);
  expect(saved.length).toBeGreaterThan(5);
});

test('a position that cannot be saved is not the television’s trouble', async () => {
  fail = true;
  play(30);
  await positions.stop();
  expect(saved.length).toBeGreaterThan(0);
});

test('a device that says it has stopped is believed at once, and not overruled later', async () => {
  positions.note(film, { transferId: 1, from: 0, to: 100, ended: true });
  now += 50_000;
  positions.stopped('other', 'film');
  positions.stopped('tv', 'another');
  positions.stopped('tv', 'film');
  await positions.stop();
  expect(saved).toMatchObject([{ fileId: 'film', positionSeconds: 50, state: 'stopped' }]);
});

/** What was saved so far does not matter. */
async function forgetSaved(): Promise<void> {
  await nextTurn();
  saved.length = 0;
}

/** Sends up to `to`, a second of film each `everyMs`, on a connection that stays open. */
function send(from: number, to: number, everyMs = 1000): void {
  for (let second = from + 1; second <= to; second++) {
    now += everyMs;
    positions.note(film, { transferId: 1, from: 0, to: second, ended: false });
  }
}

test.each([
  ['further back than what was fetched suggests', 300],
  ['further on than what was fetched suggests', 390],
])('where a device says it is, %s, is not overruled by what it fetches into its buffer', async (_, told) => {
  send(0, 100, 10);
  send(100, 400);
  positions.told('tv', 'film', told);
  await forgetSaved();
  // It is stopped; its buffer fills, the connection is closed, and the server ends much later.
  send(400, 420, 100);
  now += 60_000;
  positions.note(film, { transferId: 1, from: 0, to: 421, ended: true });
  now += 600_000;
  await positions.stop();
  for (const { positionSeconds } of saved) expect(positionSeconds).toBeCloseTo(told, 0);
});

test('what plays on from there is followed again', async () => {
  send(0, 100, 10);
  send(100, 400);
  positions.told('tv', 'film', 300);
  send(400, 460);
  await positions.stop();
  expect(saved.at(-1)).toMatchObject({ state: 'stopped' });
  expect(saved.at(-1)?.positionSeconds).toBeCloseTo(360, 0);
});

test('the end of a file that was fetched whole is not played where the device says it has stopped', async () => {
  send(5000, 5900, 10);
  for (let second = 1; second <= 100; second++) {
    now += 1000;
    positions.note(film, { transferId: 1, from: 0, to: 5900 + second, ended: second === 100 });
  }
  positions.told('tv', 'film', 5200);
  await forgetSaved();
  now += 600_000;
  await positions.stop();
  for (const { positionSeconds } of saved) expect(positionSeconds).toBe(5200);
});

test('a device that is done with a file is believed', async () => {
  play(60);
  positions.forget('tv', 'film');
  positions.note(film, { transferId: 1, from: 0, to: 70, ended: true });
  await positions.stop();
  expect(saved.filter(({ state }) => state === 'stopped')).toEqual([]);
});
