import type { Caller } from '../../common/http/caller.js';
import { stageTorrent, TorrentsStage } from '../../../../tests/support/torrents-stage.js';
import type { ScrapeOptions, ScrapeResult } from '../lists/scrape.js';

const own = ['http://a.example.org/announce', 'udp://b.example.org:80'];
const deaf = ['wss://c.example.org', 'http://d.example.org/x'];
const film = stageTorrent('Meadow (2019)', { 'Meadow.mkv': 100_000 }, [...own, ...deaf]);
const watchOnly = { download: false, shared: false };

let stage: TorrentsStage;
let mia: Caller;
let asked: { trackers: readonly string[]; infoHash: string; options: ScrapeOptions }[];
let answers: (() => void)[];
beforeEach(async () => {
  stage = await TorrentsStage.open();
  mia = await stage.user('mia');
  [asked, answers] = [[], []];
  stage.counts.scrape = async (trackers, infoHash, options) => {
    asked.push({ trackers, infoHash, options });
    await new Promise<void>((answer) => {
      answers.push(answer);
      options.signal?.addEventListener('abort', () => answer());
    });
    const said = { completed: null, error: null };
    const results: ScrapeResult[] = [
      { ...said, tracker: own[0] ?? '', seeders: 7, leechers: 1 },
      { ...said, tracker: own[1] ?? '', seeders: null, leechers: 3 },
    ];
    return results;
  };
});
afterEach(() => stage.close());

test('before it is added: its own trackers are asked, once for all who ask at the same time', async () => {
  const both = [1, 2].map(() => stage.torrents.swarm(film.magnet, mia));
  while (asked.length === 0) await new Promise(setImmediate);
  answers[0]?.();
  expect(await Promise.all(both)).toEqual([1, 2].map(() => ({ seeders: 7, leechers: 3 })));
  expect(asked).toMatchObject([{ trackers: own, infoHash: film.infoHash }]);
  expect(await stage.torrents.swarm(film.magnet, mia)).toEqual({ seeders: 7, leechers: 3 });
  expect(asked).toHaveLength(1);
  expect(await stage.torrents.list(mia)).toEqual([]);
});

test('nobody is asked about one without trackers, nor of a blocked one', async () => {
  await stage.settings.change({ blockedTrackers: ['*.example.org'] });
  await stage.lifecycle.apply();
  for (const link of [film.magnet, `magnet:?xt=urn:btih:${film.infoHash}`])
    expect(await stage.torrents.swarm(link, mia)).toEqual({ seeders: null, leechers: null });
  expect(asked).toEqual([]);
});

test('nobody while the interface is away, and no more than four torrents at once', async () => {
  const link = (n: number): string => film.magnet.replace(film.infoHash, String(n).repeat(40));
  const four = [1, 2, 3, 4].map((n) => stage.torrents.swarm(link(n), mia));
  while (asked.length < 4) await new Promise(setImmediate);
  expect(await stage.torrents.swarm(link(5), mia)).toEqual({ seeders: null, leechers: null });
  for (const answer of answers) answer();
  await Promise.all(four);
  await stage.settings.change({ networkInterface: 'wg0' });
  await stage.lifecycle.apply();
  expect(await stage.torrents.swarm(link(6), mia)).toEqual({ seeders: null, leechers: null });
  expect(asked).toHaveLength(4);
});

test('of a torrent that does not run, its details say it as soon as it is known', async () => {
  await stage.torrents.add({ metainfo: film.metainfo, ...watchOnly }, mia);
  const shown = async () =>
    (await stage.torrents.details(film.infoHash, mia)).trackers.map(({ state, seeders }) => [state, seeders]);
  expect(await shown()).toEqual(film.trackers.map(() => ['waiting', null]));
  stage.events.length = 0;
  answers[0]?.();
  while (!stage.events.some(({ name }) => name === 'torrent.changed')) await new Promise(setImmediate);
  const known = [['working', 7], ['working', null], ['waiting', null], ['waiting', null]];
  expect(await shown()).toEqual(known);
  expect(asked).toHaveLength(1);
  // Later they are asked again; until they answer, what was said holds.
  stage.clock.time += 6 * 60_000;
  expect(await shown()).toEqual(known);
  expect(asked).toHaveLength(2);
}); // prettier-ignore
