import { readFile } from 'node:fs/promises';
import { torrentRoutes } from '../../contract/src/torrent.js';
import type { Client } from '../support/client.js';
import type { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { startSwarm, type Swarm } from '../support/swarm.js';
import { engineOf, havePieces, startTorrentHearth, torrentThat } from '../support/torrent-hearth.js';
import { waitFor } from '../support/wait-for.js';
import { isAlive } from './process-watch.js';

const KIB = 1024;
const names = ['Ash', 'Birch', 'Cedar'];
let folder: MediaFolder;
let films: Buffer[];
let hearth: Hearth;
let ada: Client;
let swarm: Swarm;

beforeAll(async () => {
  folder = await MediaFolder.make();
  const paths = [];
  for (const name of names)
    paths.push(await folder.film(`${name}.mkv`, { seconds: 16, bitrate: 4_000_000, size: '640x360' }));
  films = await Promise.all(paths.map((path) => readFile(path)));
  ({ hearth, ada } = await startTorrentHearth());
}, 200_000);
afterAll(async () => {
  await hearth.dispose();
  await folder.remove();
});
beforeEach(async () => {
  const files = names.map((name) => ({ name: `${name}.mkv`, from: folder.path(`${name}.mkv`) }));
  swarm = await startSwarm({ files, pieceLength: 64 * KIB });
});
afterEach(() => swarm.close());

/** Somebody who watches the film at this place in the torrent, from the beginning to the end. */
class Viewer {
  readonly bytes: Promise<Buffer>;
  received = 0;

  constructor(index: number) {
    this.bytes = this.watch(index);
  }

  private async watch(index: number): Promise<Buffer> {
    const response = await ada.fetch(`/api/stream/${swarm.infoHash}?fileIndex=${index}`);
    if (!response.ok || !response.body) throw new Error(`${response.status}: ${await response.text()}`);
    const parts: Uint8Array[] = [];
    for await (const part of response.body) {
      parts.push(part);
      this.received += part.length;
    }
    return Buffer.concat(parts);
  }
}

/** Waits until the seeder has given what it may. @returns the pieces that are known to be there by then */
async function standsStill(): Promise<number[]> {
  await waitFor(() => swarm.isWaiting(), 'all that may be given to be given', 60_000);
  const details = await torrentThat(
    ada,
    swarm.infoHash,
    'has some pieces',
    (now) => havePieces(now).length > 0,
  );
  return havePieces(details);
}

/** The films in the order of the torrent. */
const inOrder = (): Buffer[] =>
  swarm.files.map(
    ({ path }) => films[names.findIndex((name) => path.endsWith(`${name}.mkv`))] ?? Buffer.alloc(0),
  );

test('an engine that is killed while three watch: they go on, and nothing that was verified is fetched again', async () => {
  await swarm.allow(512 * KIB);
  await ada.call(torrentRoutes.add, { magnet: swarm.magnet });
  await torrentThat(ada, swarm.infoHash, 'knows what is in it', ({ files }) => files.length === names.length);
  const viewers = names.map((_, index) => new Viewer(index));
  const failed = Promise.all(viewers.map(({ bytes }) => bytes)).then(() => undefined);
  const watching = waitFor(async () => {
    if (viewers.every(({ received }) => received > 0)) return true;
    if (await swarm.isWaiting()) await swarm.allow(128 * KIB);
    return false;
  }, 'three who watch', 60_000); // prettier-ignore
  await Promise.race([watching, failed]);
  const verified = await standsStill();
  expect(verified.length).toBeLessThan(swarm.pieceCount);
  expect(verified.length).toBeGreaterThan(0);
  await swarm.forgetServed();
  const engine = engineOf(hearth.pid);
  if (engine === undefined) throw new Error('no engine runs');
  process.kill(engine, 'SIGKILL');
  await swarm.allowAll();

  const watched = await Promise.all(viewers.map(({ bytes }) => bytes));
  expect(watched.map((bytes, index) => bytes.equals(inOrder()[index] ?? Buffer.alloc(0)))).toEqual([
    true,
    true,
    true,
  ]);
  const again = await swarm.served();
  expect(verified.filter((index) => (again[index] ?? 0) > 0)).toEqual([]);
  expect(engineOf(hearth.pid)).not.toBe(engine);
  await ada.call(torrentRoutes.remove, { hash: swarm.infoHash });
}, 180_000);

test('a server that is killed while it downloads takes its engine along, and goes on where it was', async () => {
  await swarm.allow(4000 * KIB);
  await ada.call(torrentRoutes.add, { magnet: swarm.magnet, download: true });
  const verified = await standsStill();
  expect(verified.length).toBeLessThan(swarm.pieceCount);
  expect(verified.length).toBeGreaterThan(0);
  const engine = engineOf(hearth.pid);
  if (engine === undefined) throw new Error('no engine runs');
  await hearth.stop('SIGKILL');
  await waitFor(() => !isAlive(engine), 'the engine to be gone', 60_000);
  await swarm.forgetServed();
  await swarm.allowAll();
  await hearth.boot();

  const size = swarm.files.reduce((sum, file) => sum + file.size, 0);
  await torrentThat(ada, swarm.infoHash, 'is complete', ({ haveBytes }) => haveBytes === size);
  const again = await swarm.served();
  expect(verified.filter((index) => (again[index] ?? 0) > 0)).toEqual([]);
  const kept = await Promise.all(names.map((_, index) => new Viewer(index).bytes));
  expect(kept.map((bytes, index) => bytes.equals(inOrder()[index] ?? Buffer.alloc(0)))).toEqual([
    true,
    true,
    true,
  ]);
  await ada.call(torrentRoutes.remove, { hash: swarm.infoHash });
}, 180_000);
