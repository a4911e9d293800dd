import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { startSwarm, type Swarm } from '../../../../../tests/support/swarm.js';
import { type ChildEvent } from '../messages.js';
import type { EngineSettings } from '../torrent-engine.js';
import { EngineChild, hooks, loopbackSettings } from './testing/engine-child.js';

/** Limits, as they change for torrents that run, and what private ones never do. */

const mebibyte = 1024 * 1024;
const pieceLength = 64 * 1024;
const film = Buffer.alloc(8 * mebibyte);
film.forEach((_, at) => (film[at] = (at * 31 + (at >> 9) * 7 + (at >> 17)) & 255));

let swarm: Swarm;
let engine: EngineChild;
const seed = async (): Promise<void> => {
  swarm = await startSwarm({ files: [{ name: 'film.bin', from: film }], pieceLength });
  closers.push(() => swarm.close());
};
const start = async (settings: Partial<EngineSettings> = {}): Promise<EngineChild> => {
  const started = await EngineChild.start(settings);
  closers.push(() => started.close());
  return started;
};
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const add = (): Promise<unknown> =>
  engine.ask({
    name: 'add',
    torrent: {
      ...{ infoHash: swarm.infoHash, metainfo: new Uint8Array(swarm.metainfo), resume: null, peers: [] },
      trackers: [swarm.trackerUrl],
      wishes: { paused: false, seed: true, priorities: [[0, 'normal']] },
    },
  });

type Facts = Extract<ChildEvent, { type: 'facts' }>['torrents'][number];
/** The next facts that fit: not those from before. */
const facts = async (fits: (facts: Facts) => boolean): Promise<Facts> => {
  engine.events.length = 0;
  const { torrents } = await engine.event('facts', ({ torrents: [one] }) => one !== undefined && fits(one));
  return torrents[0] as Facts;
};
const configure = (settings: Partial<EngineSettings>): Promise<unknown> =>
  engine.ask({
    name: 'configure',
    settings: { ...loopbackSettings, dhtBootstrap: [], bindAddresses: ['127.0.0.1'], ...settings },
  });

/** Somebody who has said which torrent they mean (BEP 3), and says nothing more. */
async function idlePeer(port: number, n: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  closers.push(() => Promise.resolve(void socket.destroy()));
  const words = [
    '\x13BitTorrent protocol',
    '\0'.repeat(8),
    `-XX0000-${String(n).padStart(12, '0')}`,
  ] as const;
  const [name, reserved, id] = words.map((word) => Buffer.from(word, 'latin1'));
  socket.write(Buffer.concat([name!, reserved!, Buffer.from(swarm.infoHash, 'hex'), id!]));
  await once(socket, 'data');
  return socket;
}

test('a limit of the speed holds for torrents that run, from the moment it is set until it is taken away', async () => {
  await seed();
  // Next to nothing: what comes within seconds is a fraction of the film.
  engine = await start({ downloadLimit: 64 * 1024 });
  await add();
  const { haveBytes } = await facts(({ peers, downloaded }) => peers === 1 && downloaded > 0);
  expect(haveBytes).toBeLessThan(film.length);
  await configure({ downloadLimit: 0 });
  await engine.event('complete');
});

test('a lower limit of what is given holds for peers that are connected', async () => {
  await seed();
  engine = await start();
  await add();
  await engine.event('complete');
  await configure({ uploadLimit: 32 * 1024 });
  const { health } = await engine.event('facts', (event) => event.health.listeningPort !== null);
  const peer = await start();
  await swarm.leave();
  await peer.ask({
    name: 'add',
    torrent: {
      ...{ infoHash: swarm.infoHash, metainfo: new Uint8Array(swarm.metainfo), resume: null, trackers: [] },
      peers: [`127.0.0.1:${String(health.listeningPort)}`],
      wishes: { paused: false, seed: false, priorities: [[0, 'normal']] },
    },
  });
  const { uploaded } = await facts((one) => one.uploaded > 0);
  expect(uploaded).toBeLessThan(film.length);
  await configure({ uploadLimit: 0 });
  await peer.event('complete');
});

test('lower limits of connections drop who is too many at once, and keep who gives', async () => {
  await seed();
  const slow = { downloadLimit: 64 * 1024 };
  engine = await start(slow);
  await add();
  const { health } = await engine.event('facts', (event) => event.health.listeningPort !== null);
  const idle = await Promise.all([1, 2, 3, 4, 5].map((n) => idlePeer(health.listeningPort ?? 0, n)));
  const gone = (): number => idle.filter(({ closed }) => closed).length;
  await facts(({ peers }) => peers === 6);
  await configure({ ...slow, maxPeers: 3 });
  await facts(({ peers }) => peers === 3);
  expect(gone()).toBe(3);
  await configure({ ...slow, maxConnections: 1 });
  await facts(({ peers }) => peers === 1);
  expect(gone()).toBe(5);
  await configure({ maxConnections: 1 });
  await engine.event('complete');
});

test('a private torrent asks its trackers and nobody else, with everything on', async () => {
  const [open, closed] = await Promise.all(
    [false, true].map((isPrivate) =>
      startSwarm({
        files: [{ name: `${String(isPrivate)}.bin`, from: film.subarray(0, pieceLength) }],
        private: isPrivate,
      }),
    ),
  );
  try {
    const settings = {
      ...loopbackSettings,
      dht: true,
      dhtBootstrap: ['127.0.0.1:9'],
      lsd: true,
      pex: true,
      bindAddresses: [],
    };
    const torrents = [open, closed].map((one) => ({
      metainfo: one?.metainfo.toString('base64'),
      tracker: one?.trackerUrl,
    }));
    const script = new URL('testing/discovery.mjs', import.meta.url).pathname;
    const args = ['--import', hooks.href, script, JSON.stringify(settings), JSON.stringify(torrents)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toEqual([
      { dht: true, lsd: true, pex: true },
      { dht: false, lsd: false, pex: false },
    ]);
  } finally {
    await open?.close();
    await closed?.close();
  }
});
