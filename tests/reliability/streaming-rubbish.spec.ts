import { Agent, get } from 'node:http';
import { accountRoutes } from '../../contract/src/account.js';
import { patiently } from '../interop/hls/validator.js';
import type { Client } from '../support/client.js';
import { waitFor } from '../support/wait-for.js';
import { headsOf, residentMb } from './process-watch.js';
import { ask, longFilm, type Played, problemOf, segmentUrl, StreamingStage } from './streaming-stage.js'; // prettier-ignore

const crowd = Number(process.env['HEARTH_CROWD'] || 1500);
let stage: StreamingStage;
let played: Played;
let other: Played;

beforeAll(async () => {
  const films = new Map([
    ['Maple', await longFilm()],
    ['Linden', await longFilm('other.mkv', 550)],
  ]);
  stage = await StreamingStage.open(films);
  played = await stage.play(await stage.device(), 'Maple', { quality: '360p' });
  other = await stage.play(await stage.device(), 'Linden', { quality: '480p' });
  // What begins when a session opens has begun.
  for (const one of [played, other])
    await Promise.all([one.video, one.audio].map((rendition) => patiently(segmentUrl(rendition, 0))));
}, 300_000);
afterAll(() => stage.close());

const ticketOf = (url: string): string => /hls\/([^/]+)\//.exec(url)?.[1] ?? '';
const base = (one: Played): string =>
  new URL(one.session.url, one.who.baseUrl).href.replace('master.m3u8', '');

/** A refusal with a problem; a success or a bare 500 throws. */
async function refusal(url: string, options: RequestInit = {}): Promise<number> {
  const response = await fetch(url, options);
  const answer = { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  if (answer.status < 400 || answer.status >= 500) throw new Error(`${answer.status} for ${url}`);
  expect(problemOf(answer).code).toMatch(/^[A-Z_]+$/);
  return answer.status;
} // prettier-ignore

test('a ticket that is not ours opens nothing', async () => {
  const [ticket, foreign] = [ticketOf(base(played)), ticketOf(base(other))];
  const cut = ticket.lastIndexOf('.');
  const mangled = [
    ...[0, 5, Math.floor(ticket.length / 2), cut - 1, cut + 3].map(
      (at) => ticket.slice(0, at) + (ticket[at] === 'A' ? 'B' : 'A') + ticket.slice(at + 1),
    ),
    ticket.slice(0, -1),
    ticket.slice(1),
    `${ticket}${ticket}`,
    `${ticket}=`,
    ticket.toUpperCase(),
    ticket.slice(0, cut),
    ticket.slice(cut),
    // One ticket’s words with another’s seal.
    ticket.slice(0, cut) + foreign.slice(foreign.lastIndexOf('.')),
    'A'.repeat(480),
    'x',
    '%00',
    '..%2f..%2fetc%2fpasswd',
    encodeURIComponent('{"sessionId":"x"}'),
  ];
  for (const one of mangled)
    for (const piece of ['master.m3u8', 'manifest.mpd', 'v0-360p/index.m3u8', 'v0-360p/0.m4s'])
      expect([one, piece, await refusal(`${played.who.baseUrl}/api/hls/${one}/${piece}`)]).toEqual([
        one,
        piece,
        expect.any(Number),
      ]);
}, 60_000);

test('numbers, names and pieces that do not exist are refused as that, and start nothing', async () => {
  const before = headsOf(stage.hearth.pid).video;
  const [, rendition = ''] = /hls\/[^/]+\/([^/]+)\//.exec(played.video.url) ?? [];
  const count = played.video.playlist.segments.length;
  const [, foreign = ''] = /hls\/[^/]+\/([^/]+)\//.exec(other.video.url) ?? [];
  const pieces = [
    ...[count, 999_999].map((index) => `${rendition}/${index}.m4s`),
    ...['1000000.m4s', '-1.m4s', '1.5.m4s', '0x1.m4s', '1e1.m4s', ' 1.m4s', '.m4s', 'NaN.m4s', '1.m4s.', '1.M4S'].map(
      (name) => `${rendition}/${encodeURIComponent(name)}`,
    ),
    ...['init.mp5', 'index.m3u', 'subtitles.vtt', '..%2finit.mp4', '%2e%2e/master.m3u8x', '1.m4s%00.mp4'].map(
      (name) => `${rendition}/${name}`,
    ),
    ...['v0-4320p', 'v0-1p', 'v0-359p', 'v9-360p', 'v1-copy', 'a0-aac2', 'a1-aac9', 'a1-aac2-day', 'v0-360p-b3', 'v0-360p-360p'].map(
      (name) => `${name}/0.m4s`,
    ),
    ...['s99/subtitles.vtt', 'x0-360p/0.m4s', `${'v'.repeat(200)}/0.m4s`],
    'v0-360p',
    '',
  ]; // prettier-ignore
  expect(foreign).not.toBe('');
  for (const piece of pieces)
    expect([piece, [400, 404].includes(await refusal(base(played) + piece))]).toEqual([piece, true]);
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
    expect([404, 405]).toContain(await refusal(segmentUrl(played.video, 0), { method }));
  expect(headsOf(stage.hearth.pid).video.filter((pid) => !before.includes(pid))).toEqual([]);
}, 60_000);

test('HEAD tells what GET would send; a range is sent as one, or the whole is', async () => {
  const url = segmentUrl(played.video, 2);
  const body = await patiently(url);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(body.length)]);
  for (const range of [
    'bytes=0-9',
    'bytes=5-',
    'bytes=-7',
    'bytes=9-1',
    `bytes=${body.length}-`,
    'lines=1-2',
  ]) {
    const response = await fetch(url, { headers: { range } });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status === 206) expect(body.includes(bytes)).toBe(true);
    else if (response.status === 200) expect(bytes.equals(body)).toBe(true);
    else expect(response.status).toBe(416);
  }
}, 60_000);

test(`${crowd} ask for one segment at once: one encoder, the same bytes for all, and no heap of copies`, async () => {
  const url = segmentUrl(played.video, 40);
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const idle = residentMb(stage.hearth.pid);
  const seen = new Set(headsOf(stage.hearth.pid).video);
  const known = seen.size;
  let [encoders, most] = [0, 0];
  const timer = setInterval(() => {
    const { video } = headsOf(stage.hearth.pid);
    for (const pid of video) if (!seen.has(pid)) encoders = seen.add(pid).size - known;
    most = Math.max(most, residentMb(stage.hearth.pid));
  }, 20);
  const one = (): Promise<{ status: number; length: number }> =>
    new Promise((resolve, reject) => {
      const request = get(url, { agent }, (response) => {
        let length = 0;
        response.on('data', (chunk: Buffer) => (length += chunk.length));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, length }));
        response.once('error', reject);
      });
      request.once('error', reject);
    });
  const answers: { status: number; length: number }[] = [];
  const peaks: number[] = [];
  // First it is made, then it lies there and is read.
  for (let round = 0; round < 3; round++) {
    most = 0;
    answers.push(...(await Promise.all(Array.from({ length: crowd }, one))));
    peaks.push(most - idle);
  }
  clearInterval(timer);
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
  expect(new Set(answers.map(({ length }) => length)).size).toBe(1);
  expect(encoders).toBeLessThanOrEqual(1);
  // A connection costs some 60 KiB; copies of the segment for all would be some 260 MiB more in each round.
  expect(Math.max(...peaks)).toBeLessThan(600);
  expect((await stage.hearth.client.fetch('/health')).status).toBe(200);
  agent.destroy();
}, 120_000); // prettier-ignore

test('an account that is disabled, and a device that is signed out, are sent nothing more', async () => {
  const login = { username: 'mia', password: 'long enough' };
  const { id } = await stage.ada.call(accountRoutes.createUser, { ...login, role: 'member' });
  const signedIn = async (): Promise<Client> =>
    stage.hearth.client.as((await stage.hearth.client.call(accountRoutes.login, login)).accessToken);
  const mia = await signedIn();
  const hers = await stage.play(mia, 'Maple', { quality: '360p' });
  await patiently(segmentUrl(hers.video, 1));
  await mia.call(accountRoutes.logout, {});
  await waitFor(
    async () => [401, 403, 404].includes((await ask(segmentUrl(hers.video, 1))).status),
    'a device that is signed out to be refused',
  );
  const again = await stage.play(await signedIn(), 'Maple', { quality: '360p' });
  await patiently(segmentUrl(again.video, 1));
  await stage.ada.call(accountRoutes.updateUser, { id, disabled: true });
  expect([401, 403, 404]).toContain((await ask(segmentUrl(again.video, 1))).status);
  expect([401, 403, 404]).toContain((await ask(segmentUrl(again.video, 30))).status);
}, 60_000);
