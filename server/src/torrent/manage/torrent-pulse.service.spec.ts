import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../common/http/caller.js';
import { stageTorrent, TorrentsStage } from '../../../../tests/support/torrents-stage.js';

const film = stageTorrent('Meadow (2019)', { 'Meadow.mkv': 100_000 });
const other = stageTorrent('Harbour (2011)', { 'Harbour.mkv': 50_000 });

let stage: TorrentsStage;
let ada: Caller;
let mia: Caller;
let ben: Caller;
beforeEach(async () => {
  stage = await TorrentsStage.open();
  ada = await stage.person('ada', 'admin');
  mia = await stage.user('mia');
  ben = await stage.user('ben');
  for (const torrent of [film, other]) stage.engine.provide(torrent);
});
afterEach(() => stage.close());

const add = (who: Caller, torrent = film, options = { download: false, shared: false }): Promise<unknown> =>
  stage.torrents.add({ link: torrent.magnet, ...options }, who);
const settled = async (): Promise<void> => {
  await stage.supply.refresh();
  await stage.pulse.settled();
  await stage.supply.refresh();
};
/** Who heard numbers of which torrents since the last look. */
const heard = (): string[] =>
  stage.events.splice(0).flatMap(({ name, accountId, payload }) => {
    if (name !== 'torrent.numbers' || !('items' in payload)) return [];
    return payload.items.map((item) => `${accountId}: ${'infoHash' in item ? item.infoHash : ''}`);
  });

test('numbers go to those who listen, of what they see, while something moves', async () => {
  await add(mia);
  await add(mia, other, { download: false, shared: true });
  await stage.torrents.metadata(film.infoHash);
  await stage.torrents.metadata(other.infoHash);
  await settled();
  heard();
  await stage.pulse.beat();
  expect(heard()).toEqual([]);
  for (const id of ['ada', 'ben', 'nobody']) stage.listening.add(id);
  await stage.pulse.beat();
  expect(heard().sort()).toEqual([
    `ada: ${film.infoHash}`,
    `ada: ${other.infoHash}`,
    `ben: ${other.infoHash}`,
  ].sort());
  await stage.pulse.beat();
  expect(heard()).toEqual([]);
  await stage.torrents.change(film.infoHash, { download: true }, mia);
  await stage.pulse.beat();
  expect(heard()).toEqual([`ada: ${film.infoHash}`]);
  stage.listening.delete('ben');
  await stage.pulse.beat();
  stage.listening.add('ben');
  await stage.pulse.beat();
  expect(heard()).toEqual([`ben: ${other.infoHash}`]);
}); // prettier-ignore

test('what was there before it was wished for is complete at the next look', async () => {
  const complete: string[] = [];
  stage.torrents.watch(({ kind, infoHash }) => kind === 'complete' && complete.push(infoHash));
  await add(mia);
  await stage.torrents.metadata(film.infoHash);
  const source = await stage.torrents.source(film.infoHash, 0);
  let size = 0;
  for await (const chunk of source.read(0, source.size - 1, new AbortController().signal))
    size += chunk.length;
  expect(size).toBe(100_000);
  await stage.torrents.markKept(film.infoHash, 'pending');
  await stage.pulse.beat();
  await settled();
  expect(complete).toEqual([film.infoHash]);
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ kept: 'pending', progress: 100 });
  await stage.torrents.markKept(film.infoHash, 'yes');
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ kept: 'yes', state: 'seeding' });
  // What is kept has a name of its own in its library.
  await stage.torrents.remove(film.infoHash, { data: true }, mia);
  expect(stage.engine.removals).toEqual([{ infoHash: film.infoHash, data: true }]);
});

test('given for as long as was set, and no longer', async () => {
  await stage.settings.change({ seedRatio: 0, seedMinutes: 1 });
  await add(mia, film, { download: true, shared: false });
  await stage.torrents.metadata(film.infoHash);
  await settled();
  for (let second = 0; second < 45; second++) await stage.pulse.beat();
  await settled();
  expect(stage.engine.told(film.infoHash)?.wishes.seed).toBe(true);
  for (let second = 0; second < 30; second++) await stage.pulse.beat();
  await settled();
  expect(stage.engine.told(film.infoHash)?.wishes.seed).toBe(false);
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ state: 'waiting', progress: 100 });
});

test('nobody there: it says so, and since when', async () => {
  const lost = stageTorrent('Nobody has it', { 'x.mkv': 1000 });
  await add(ben, lost);
  await settled();
  await stage.pulse.beat();
  expect(await stage.torrents.torrent(lost.infoHash, ben)).toMatchObject({ state: 'metadata' });
  stage.clock.time += 30_000;
  expect(await stage.torrents.torrent(lost.infoHash, ben)).toMatchObject({
    state: 'stalled',
    message: expect.stringMatching(/for 30 s/),
  });
  expect(stage.torrents.numbers()).toMatchObject({ active: 1, downloadSpeed: 0 });
});

test('files in the watched folder are taken once they are whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-watched-'));
  try {
    stage.watchFolder.watch(folder);
    await writeFile(join(folder, 'half.torrent'), film.metainfo.subarray(0, 50));
    await writeFile(join(folder, 'film.torrent'), film.metainfo);
    await writeFile(join(folder, 'rubbish.torrent'), 'no torrent');
    await writeFile(join(folder, 'notes.txt'), 'leave me');
    await mkdir(join(folder, 'folder.torrent'));
    await stage.watchFolder.look();
    expect(await stage.torrents.list(ada)).toEqual([]);
    // It was still being written.
    await writeFile(join(folder, 'half.torrent'), other.metainfo);
    await stage.watchFolder.look();
    expect((await readdir(folder)).sort()).toEqual(
      ['film.torrent.added', 'folder.torrent', 'half.torrent', 'notes.txt', 'rubbish.torrent.refused'],
    );
    await stage.watchFolder.look();
    const torrents = await stage.torrents.list(ada);
    expect(torrents.map(({ infoHash, download, addedBy }) => [infoHash, download, addedBy]).sort()).toEqual(
      [film, other].map(({ infoHash }) => [infoHash, true, 'ada']).sort(),
    );
    expect(await stage.torrents.list(mia)).toEqual([]);
    stage.watchFolder.watch('/nowhere/at/all');
    await stage.watchFolder.look();
    expect(stage.logged.join()).toMatch(/watched folder cannot be read/);
  } finally {
    await rm(folder, { recursive: true });
  }
}); // prettier-ignore
