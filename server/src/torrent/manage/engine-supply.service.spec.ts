import type { Caller } from '../../common/http/caller.js';
import { stageTorrent, TorrentsStage } from '../../../../tests/support/torrents-stage.js';

const film = stageTorrent('Meadow (2019)', { 'Meadow.mkv': 100_000 });
const other = stageTorrent('Harbour (2011)', { 'Harbour.mkv': 50_000 });
const minute = 60_000;

let stage: TorrentsStage;
let ada: Caller;

async function open(env: Record<string, string> = {}): Promise<void> {
  stage = await TorrentsStage.open(env);
  ada = await stage.person('ada', 'admin');
  for (const torrent of [film, other]) stage.engine.provide(torrent);
}
afterEach(() => stage.close());

const add = (torrent = film, download = false): Promise<unknown> =>
  stage.torrents.add({ link: torrent.magnet, download, shared: false }, ada);
const settled = async (): Promise<void> => {
  await stage.supply.refresh();
  await stage.pulse.settled();
  await stage.supply.refresh();
};
const stateOf = async (): Promise<string> => (await stage.torrents.torrent(film.infoHash, ada)).state;
const engineState = (): string => stage.engine.health().state;
async function readAll(torrent = film): Promise<number> {
  const source = await stage.torrents.source(torrent.infoHash, 0);
  let size = 0;
  for await (const chunk of source.read(0, source.size - 1, AbortSignal.timeout(minute)))
    size += chunk.length;
  await source.close();
  return size;
}

test('without torrents there is no engine; it ends when nothing wants it, and comes back for who reads', async () => {
  await open();
  await settled();
  expect(engineState()).toBe('stopped');
  await add();
  await stage.torrents.metadata(film.infoHash);
  await settled();
  expect(engineState()).toBe('running');
  stage.clock.time += minute + 1;
  await stage.supply.refresh();
  expect([engineState(), stage.facts.status().state, await stateOf()]).toEqual(['stopped', 'off', 'waiting']);
  expect(await readAll()).toBe(100_000);
  expect(engineState()).toBe('running');
  // A source that was opened in an earlier run is still good.
  const source = await stage.torrents.source(film.infoHash, 0);
  stage.clock.time += minute + 1;
  await stage.supply.refresh();
  expect(engineState()).toBe('stopped');
  let size = 0;
  for await (const chunk of source.read(10, 29, AbortSignal.timeout(minute))) size += chunk.length;
  expect(size).toBe(20);
});

test('who asks what is here neither starts it nor keeps it from its rest', async () => {
  await open();
  await add();
  await stage.torrents.metadata(film.infoHash);
  await readAll();
  const { address, spans } = await stage.torrents.present(film.infoHash, 0);
  expect(spans).toEqual([{ start: 0, end: 99_999 }]);
  stage.clock.time += minute - 1;
  await stage.torrents.present(film.infoHash, 0);
  expect((await (await fetch(address)).arrayBuffer()).byteLength).toBe(100_000);
  stage.clock.time += 2;
  await stage.supply.refresh();
  expect(engineState()).toBe('stopped');
  expect((await stage.torrents.present(film.infoHash, 0)).spans).toEqual([]);
  expect((await fetch(address)).status).toBe(503);
  expect(engineState()).toBe('stopped');
});

test('it does not rest while somebody reads, or a torrent wants something', async () => {
  await open();
  await add();
  await stage.torrents.metadata(film.infoHash);
  stage.engine.withhold(film.infoHash);
  const ended = new AbortController();
  const source = await stage.torrents.source(film.infoHash, 0);
  const reading = source.read(0, 99, ended.signal)[Symbol.asyncIterator]().next();
  await settled();
  stage.clock.time += 10 * minute;
  await stage.supply.refresh();
  expect(engineState()).toBe('running');
  ended.abort();
  await reading;
  stage.clock.time += minute + 1;
  await stage.supply.refresh();
  expect(engineState()).toBe('stopped');
  await stage.torrents.change(film.infoHash, { download: true }, ada);
  stage.clock.time += 10 * minute;
  await stage.supply.refresh();
  expect([engineState(), await stateOf()]).toEqual(['running', 'downloading']);
});

test('a restart knows everything again and fetches nothing twice', async () => {
  await open();
  await add(film, true);
  await stage.torrents.metadata(film.infoHash);
  await settled();
  expect(stage.engine.fetched(film.infoHash)).toHaveLength(7);
  await stage.stop();
  const next = await TorrentsStage.open({}, stage);
  await next.supply.refresh();
  const told = stage.engine.told(film.infoHash);
  expect(told).toMatchObject({ metainfo: expect.any(Uint8Array), resume: { downloaded: 100_000 } });
  expect(Buffer.from(told?.resume?.bitfield ?? []).toString('hex')).toBe('fe');
  // As many as before.
  expect(stage.engine.fetched(film.infoHash)).toHaveLength(7);
  expect(await next.torrents.torrent(film.infoHash, ada)).toMatchObject({ state: 'seeding', progress: 100, download: true });
  await next.stop();
}); // prettier-ignore

test('the interface goes away: nothing runs until it is back', async () => {
  await open({ TORRENT_INTERFACE: 'wg0' });
  await add();
  await settled();
  expect([engineState(), await stateOf(), stage.facts.status().state]).toEqual(['stopped', 'held', 'held']);
  await expect(stage.torrents.source(film.infoHash, 0)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  stage.interfaces.set(['10.8.0.2']);
  await stage.torrents.metadata(film.infoHash);
  expect([engineState(), stage.engine.settings?.bindAddresses]).toEqual(['running', ['10.8.0.2']]);
  expect(await readAll()).toBe(100_000);
  stage.interfaces.set([]);
  await settled();
  expect([engineState(), await stateOf()]).toEqual(['stopped', 'held']);
  expect((await stage.torrents.torrent(film.infoHash, ada)).message).toMatch(/wg0 is away/);
  stage.interfaces.set(['10.8.0.3']);
  await stage.torrents.change(film.infoHash, { download: true }, ada);
  expect(stage.engine.settings?.bindAddresses).toEqual(['10.8.0.3']);
});

test('settings hold at once; schedules by the clock', async () => {
  await open();
  await add();
  await stage.torrents.metadata(film.infoHash);
  const release = stage.supply.use();
  await settled();
  await stage.settings.change({ downloadLimit: 1000, maxPeers: 7, blockedAddresses: ['192.0.2.0/24'] });
  await stage.lifecycle.apply();
  expect(stage.engine.settings).toMatchObject({ downloadLimit: 1000, maxPeers: 7 });
  expect(stage.engine.settings?.blockedAddresses.starts).toHaveLength(1);
  const hour = new Date(stage.clock.time).getHours();
  const next = { fromMinute: ((hour + 1) % 24) * 60, toMinute: ((hour + 2) % 24) * 60 };
  const days = [0, 1, 2, 3, 4, 5, 6];
  await stage.settings.change({ schedules: [{ ...next, days, downloadLimit: -1, uploadLimit: 5 }] });
  await stage.lifecycle.apply();
  expect(stage.engine.settings).toMatchObject({ downloadLimit: 1000, uploadLimit: 0 });
  stage.clock.time += 60 * minute;
  await stage.torrents.change(film.infoHash, { download: true }, ada);
  expect(stage.engine.settings).toMatchObject({ downloadLimit: 1000, uploadLimit: 5 });
  expect(await stage.torrents.torrent(film.infoHash, ada)).toMatchObject({
    state: 'waiting',
    message: 'The schedule pauses it now.',
  });
  stage.clock.time += 60 * minute;
  await settled();
  await settled();
  expect(await stage.torrents.torrent(film.infoHash, ada)).toMatchObject({ progress: 100 });
  release();
});

test('off means off', async () => {
  await open();
  await add(film, true);
  await stage.torrents.metadata(film.infoHash);
  await stage.settings.change({ enabled: false });
  await stage.lifecycle.apply();
  expect([engineState(), stage.facts.status().state]).toEqual(['stopped', 'off']);
  await expect(stage.torrents.source(film.infoHash, 0)).rejects.toMatchObject({ code: 'TORRENTS_DISABLED' });
  await stage.settings.change({ enabled: true });
  await stage.lifecycle.apply();
  expect([engineState(), (await stage.torrents.list(ada)).length]).toEqual(['running', 1]);
});
