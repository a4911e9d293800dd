import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { torrentRoutes } from '../../../../contract/src/torrent.js';
import type { Client } from '../../../support/client.js';
import { Lan, whyNoLan } from '../../../support/lan.js';
import { MediaFolder } from '../../../support/media.js';
import { endProcess } from '../../../support/private-server.js';
import { startSwarm, type Swarm } from '../../../support/swarm.js';
import { quietTorrents, torrentEnvironment, torrentThat } from '../../../support/torrent-hearth.js';
import { waitFor } from '../../../support/wait-for.js';
import { LanHearth } from '../../dlna/lan-hearth.js';
import { type PeerClient, peerClients, type PeerHome } from './peer-clients.js';

const TRACKER = '10.77.0.3';
/** Transmission looks for somebody to give to every ten seconds, and may need several looks. */
const PATIENCE_MS = 240_000;
const noLan = whyNoLan();
const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

for (const peer of peerClients) {
  const missing = noLan ?? peer.missing();
  if (missing) process.stderr.write(`${peer.name} is left out: ${missing}\n`);
  (missing ? describe.skip : describe)(`${peer.name}${missing ? ` (left out: ${missing})` : ''}`, () =>
    bothWays(peer),
  );
}

/** One film, in a swarm that the peer and Hearth are alone in. */
function bothWays(peer: PeerClient): void {
  let home: LanHearth;
  let ada: Client;
  let folder: MediaFolder;
  let film: string;
  let wanted: string;
  let swarm: Swarm;
  let place: PeerHome;

  beforeAll(async () => {
    folder = await MediaFolder.make();
    film = await folder.film('Film.mkv', { seconds: 30, bitrate: 6_000_000, size: '640x360' });
    wanted = sha1(await readFile(film));
    const lan = await Lan.create({
      hearth: { eth0: '10.77.0.1' },
      peer: { eth0: '10.77.0.2' },
      tracker: { eth0: TRACKER },
    });
    home = await LanHearth.on(lan, { env: { ...torrentEnvironment, DLNA_ENABLED: 'false' } });
    ada = await home.hearth.setUp();
    await quietTorrents(ada);
  }, 200_000);
  afterAll(async () => {
    await home.dispose();
    await folder.remove();
  });
  beforeEach(async () => {
    const host = { entry: home.host('tracker').entry, address: TRACKER };
    swarm = await startSwarm({ files: [{ name: 'Film.mkv', from: film }], host, trackerInterval: 5000 });
    const own = await mkdtemp(join(tmpdir(), 'hearth-peer-'));
    place = { folder: own, torrent: join(own, 'film.torrent'), files: join(own, 'files') };
    await mkdir(place.files);
    await writeFile(place.torrent, swarm.metainfo);
  });
  afterEach(async () => {
    await ada.call(torrentRoutes.remove, { hash: swarm.infoHash });
    await swarm.close();
    await rm(place.folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const whole = (): Promise<unknown> =>
    torrentThat(ada, swarm.infoHash, 'is complete', (now) => now.haveBytes === now.size, PATIENCE_MS);

  test(`${peer.name} gives, Hearth takes: contents, and every byte`, async () => {
    await swarm.leave();
    await copyFile(film, join(place.files, 'Film.mkv'));
    const giving = await peer.start(home.host('peer'), place);
    try {
      await waitFor(
        async () => (await swarm.announced()).some((line) => line.includes('10.77.0.2:')),
        'the peer to have said that it is there',
        PATIENCE_MS,
      );
      await ada.call(torrentRoutes.add, { magnet: swarm.magnet, download: true });
      await whole();
      const response = await ada.fetch(`/api/stream/${swarm.infoHash}`);
      expect(sha1(Buffer.from(await response.arrayBuffer()))).toBe(wanted);
    } finally {
      await endProcess(giving, 'SIGKILL');
    }
  }, 400_000);

  test(`Hearth gives, ${peer.name} takes every byte`, async () => {
    await ada.call(torrentRoutes.add, { magnet: swarm.magnet, download: true });
    await whole();
    await swarm.leave();
    const taking = await peer.start(home.host('peer'), place);
    const to = join(place.files, 'Film.mkv');
    const { size } = await stat(film);
    const arrived = async (): Promise<boolean> => {
      const there = await stat(to).catch(() => undefined);
      return there?.size === size && sha1(await readFile(to)) === wanted;
    };
    try {
      await waitFor(arrived, 'the peer to have every byte', PATIENCE_MS);
    } finally {
      await endProcess(taking, 'SIGKILL');
    }
  }, 600_000);
}
