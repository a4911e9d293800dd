import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { startSwarm, type Swarm } from '../../../../../tests/support/swarm.js';
import { waitFor } from '../../../../../tests/support/wait-for.js';
import { startSocksServer } from '../../../common/fetch/testing/socks-server.js';
import { noRanges } from '../../lists/address-set.js';
import { bytesPath } from '../messages.js';
import type { EngineDetails, EngineSettings } from '../torrent-engine.js';
import { EngineChild, loopbackSettings } from './testing/engine-child.js';

/** What leaves the engine's process, and what does not. */

const film = Buffer.alloc(3 * 256 * 1024 + 5);
film.forEach((_, at) => (film[at] = (at * 31 + (at >> 9)) & 255));

let swarm: Swarm;
let engine: EngineChild;
let requests: string[];
let web: Server;
let webUrl: string;

beforeAll(async () => {
  web = createServer((request, response) => {
    requests.push(`${request.url ?? ''} ${request.headers.range ?? ''}`);
    if (request.url === '/seed/film.bin') return void response.writeHead(302, { location: '/moved' }).end();
    const [, start = '0', end = ''] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    response.writeHead(206).end(film.subarray(Number(start), Number(end) + 1));
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  webUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  swarm = await startSwarm({ files: [{ name: 'film.bin', from: film }], webSeeds: [`${webUrl}/seed/`] });
});
afterAll(async () => {
  web.close();
  await swarm.close();
});
beforeEach(() => {
  requests = [];
});
afterEach(() => engine.close());

const add = (changes: { trackers?: string[]; peers?: string[] } = {}): Promise<unknown> =>
  engine.ask({
    name: 'add',
    torrent: {
      ...{ infoHash: swarm.infoHash, metainfo: new Uint8Array(swarm.metainfo), resume: null },
      ...{ trackers: changes.trackers ?? [], peers: changes.peers ?? [] },
      wishes: { paused: false, seed: true, priorities: [] },
    },
  });

const details = async (): Promise<EngineDetails> =>
  (await engine.ask({ name: 'details', infoHash: swarm.infoHash })) as EngineDetails;

const start = (settings: Partial<EngineSettings>): Promise<EngineChild> => EngineChild.start(settings);

test('private addresses are neither trackers nor peers nor web seeds, unless allowed', async () => {
  engine = await start({ allowPrivate: false });
  const before = (await swarm.announced()).length;
  // A name is nothing else than the addresses it has at the moment it is used.
  const named = webUrl.replace('127.0.0.1', 'localhost');
  const trackers = [swarm.trackerUrl, `${webUrl}/announce`, `${named}/announce`];
  await add({ trackers, peers: [swarm.seederAddress] });
  const reading = engine.open(bytesPath(swarm.infoHash, 0));
  await waitFor(
    async () => (await details()).trackers.every(({ state }) => state === 'failed'),
    'trackers to be refused',
    60_000,
  );
  expect((await details()).trackers.map(({ message }) => message)).toEqual([
    expect.stringMatching(/private|fetch failed/),
    expect.stringMatching(/private|fetch failed/),
    expect.stringMatching(/Nothing may be sent to localhost|fetch failed/),
  ]);
  expect((await details()).peers.filter(({ kind }) => kind !== 'webseed')).toEqual([]);
  expect([(await swarm.announced()).length - before, requests]).toEqual([0, []]);
  (await reading).destroy();
});

test('a web seed alone gives the whole film; where its redirect led is remembered', async () => {
  engine = await start({});
  await add();
  expect((await engine.read(bytesPath(swarm.infoHash, 0), 0, film.length - 1)).equals(film)).toBe(true);
  const redirected = requests.filter((each) => each.startsWith('/seed/')).length;
  expect(requests.filter((each) => each.startsWith('/moved')).length).toBeGreaterThanOrEqual(4);
  // Those that were under way at the same time have each been sent there.
  expect(redirected).toBeLessThanOrEqual(4);
});

test('with a proxy, trackers and web seeds are asked through it alone', async () => {
  const proxy = await startSocksServer(Number(new URL(webUrl).port));
  try {
    engine = await start({ proxy: `socks5://127.0.0.1:${proxy.port}` });
    // An address that nobody has: only the proxy, which leads everything to `web`, can bring it there.
    await add({ trackers: ['http://192.0.2.7:6969/announce'] });
    expect((await engine.read(bytesPath(swarm.infoHash, 0), 0, film.length - 1)).equals(film)).toBe(true);
    await waitFor(() => requests.some((each) => each.startsWith('/announce?')), 'the tracker to be asked', 60_000);
    expect(new Set(proxy.asked)).toEqual(new Set(['192.0.2.7:6969', new URL(webUrl).host]));
    expect(proxy.asked.length).toBeGreaterThanOrEqual(requests.length);
  } finally {
    await proxy.stop();
  }
}); // prettier-ignore

/** Somebody who connects and says nothing: who is let in stays for a while, who is not is hung up on at once. */
async function knock(from: string): Promise<{ socket: Socket; closed: Promise<unknown> }> {
  const { health } = await engine.event('facts', (event) => event.health.listeningPort !== null);
  const socket = connect({ host: '127.0.0.1', port: health.listeningPort ?? 0, localAddress: from });
  const closed = once(socket.on('error', () => undefined).resume(), 'close');
  await once(socket, 'connect');
  return { socket, closed };
}

/** 127.0.0.8/29 */
const blockedAddresses = {
  ...noRanges,
  starts: Uint32Array.of(0x7f000008),
  ends: Uint32Array.of(0x7f00000f),
};

test.each([
  ['who is blocked, also by IPv4 that arrives in IPv6', { blockedAddresses }],
  ['who is more than the limit', { maxConnections: 1 }],
])('%s, is hung up on at once; who came before stays', async (_name, settings) => {
  engine = await start({ ...settings, bindAddresses: [] });
  const welcome = await knock('127.0.0.2');
  const refused = await knock('127.0.0.9');
  await refused.closed;
  expect(welcome.socket.closed).toBe(false);
  welcome.socket.destroy();
});

test('a limit of connections that changes holds from then on', async () => {
  engine = await start({ bindAddresses: [] });
  const first = await knock('127.0.0.2');
  const second = await knock('127.0.0.3');
  const settings = { ...loopbackSettings, dhtBootstrap: [], bindAddresses: [], maxConnections: 2 };
  await engine.ask({ name: 'configure', settings });
  const third = await knock('127.0.0.4');
  await third.closed;
  expect([first.socket.closed, second.socket.closed]).toEqual([false, false]);
  for (const { socket } of [first, second]) socket.destroy();
});

test('passkeys stay inside, and a tracker that answers nonsense ends nothing', async () => {
  engine = await start({});
  await add({ trackers: [`${webUrl}/0123456789abcdef0123/announce?passkey=secret`] });
  await waitFor(async () => (await details()).trackers[0]?.state === 'failed', 'the tracker to fail', 60_000);
  const [tracker] = (await details()).trackers;
  expect(tracker?.url).toBe(`${webUrl}/…/announce`);
  expect(JSON.stringify(tracker)).not.toContain('secret');
});
