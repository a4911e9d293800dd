import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import { libraryRoutes } from '../../contract/src/library.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, titleNamed } from '../support/scanned.js';
import { fillHousehold } from './household.js';

let hearth: Hearth;
let admin: Client;
let media: MediaFolder;
let libraryId: string;

beforeAll(async () => {
  media = await MediaFolder.make();
  await fillHousehold(media, 20, 1);
  await truncate(await media.film('library/films/Big (2020).mkv'), 200 * 1024 * 1024);
  hearth = await Hearth.start();
  admin = await hearth.setUp();
  libraryId = (await addLibrary(admin, 'mixed', media.path('library'))).id;
}, 60_000);
afterAll(async () => {
  await hearth.dispose();
  await media.remove();
});

/** All processes that stem from `pid`. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number)); // prettier-ignore
  const below = (parent: number): number[] =>
    rows.flatMap(([child = 0, above]) => (above === parent ? [child, ...below(child)] : []));
  return below(pid);
}

/** What a process runs; nothing once it has ended. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** A viewer that has stopped reading. */
async function stalledViewer(): Promise<IncomingMessage> {
  const { id } = await titleNamed(admin, 'Big');
  const { url } = await admin.call(playbackRoutes.start, { titleId: id, client: {} });
  const [response] = (await once(get(new URL(url, admin.baseUrl), { agent: false }), 'response')) as [
    IncomingMessage,
  ];
  response.on('error', () => undefined).pause();
  return response;
}

async function listener(): Promise<Socket> {
  const socket = io(admin.baseUrl, {
    path: '/api/events',
    auth: { token: admin.accessToken ?? '' },
    reconnection: false,
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

/** A connection kept open by a client that may ask again. */
async function idleConnection(): Promise<Agent> {
  const agent = new Agent({ keepAlive: true });
  const [response] = (await once(get(new URL('/health', admin.baseUrl), { agent }), 'response')) as [
    IncomingMessage,
  ];
  response.resume();
  await once(response, 'end');
  return agent;
}

test.each([
  ['SIGTERM', false],
  ['SIGINT', false],
  ['SIGTERM', true],
] as const)(
  '%s ends it at once with streams, sockets and idle connections open; in a scan: %s',
  async (signal, inScan) => {
    const viewers = await Promise.all(Array.from({ length: 5 }, stalledViewer));
    const socket = await listener();
    const agent = await idleConnection();
    if (inScan) await admin.call(libraryRoutes.scan, { id: libraryId, full: true });
    const { pid } = hearth;
    const family = descendants(pid);
    const started = performance.now();
    process.kill(pid, signal);
    const code = await hearth.exit();
    // 0.4 s on a quiet machine, and 2 s promised; what waits for a time-out takes longer than this.
    expect(performance.now() - started).toBeLessThan(5000);
    expect(code).toBe(0);
    expect([pid, ...family].map(commandOf).filter(Boolean)).toEqual([]);
    viewers.forEach((viewer) => viewer.destroy());
    socket.close();
    agent.destroy();
    await hearth.boot();
    expect((await admin.fetch('/health')).status).toBe(200);
  },
  60_000,
);
