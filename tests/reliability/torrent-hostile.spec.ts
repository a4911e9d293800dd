import { readFile } from 'node:fs/promises';
import { torrentRoutes } from '../../contract/src/torrent.js';
import type { Client } from '../support/client.js';
import type { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { startSwarm, type Swarm } from '../support/swarm.js';
import { havePieces, startTorrentHearth, torrentThat } from '../support/torrent-hearth.js';
import { waitFor } from '../support/wait-for.js';

let folder: MediaFolder;
let film: string;
let hearth: Hearth;
let ada: Client;
let liar: Swarm;
let honest: Swarm | undefined;

beforeAll(async () => {
  folder = await MediaFolder.make();
  film = await folder.film('Film.mkv', { seconds: 10, bitrate: 2_000_000, size: '320x180' });
  liar = await startSwarm({ files: [{ name: 'Film.mkv', from: film }], pieceLength: 32 * 1024 });
  ({ hearth, ada } = await startTorrentHearth());
}, 200_000);
afterAll(async () => {
  await hearth.dispose();
  await liar.close();
  await honest?.close();
  await folder.remove();
});

test('what a seeder gives that is not what the torrent says is never given on, and an honest one makes up for it', async () => {
  await liar.spoil(true);
  await ada.call(torrentRoutes.add, { magnet: liar.magnet });
  const watching = ada.fetch(`/api/stream?magnet=${encodeURIComponent(liar.magnet)}`);
  const enough = async (): Promise<boolean> =>
    (await liar.served()).some((bytes, index) => bytes >= liar.pieceSize(index));
  await waitFor(enough, 'a whole piece of lies', 60_000);
  const { size } = await ada.call(torrentRoutes.info, { hash: liar.infoHash });
  expect(size).toBe(liar.files[0]?.size);
  const lied = await ada.call(torrentRoutes.info, { hash: liar.infoHash });
  expect([lied.haveBytes, havePieces(lied)]).toEqual([0, []]);

  // The same torrent again, with the address of somebody who has it and says so to the same tracker.
  honest = await startSwarm({ files: [{ name: 'Film.mkv', from: film }], metainfo: liar.metainfo });
  const both = `${liar.magnet}&tr=${encodeURIComponent(honest.trackerUrl)}&x.pe=${honest.seederAddress}`;
  await ada.call(torrentRoutes.add, { magnet: both });
  const response = await watching;
  expect(Buffer.from(await response.arrayBuffer()).equals(await readFile(film))).toBe(true);
  await torrentThat(ada, liar.infoHash, 'is whole', (now) => now.haveBytes === now.size);
}, 180_000);
