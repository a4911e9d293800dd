import type { ServerResponse } from 'node:http';
import { jest } from '@jest/globals';
import { playbackRoutes } from '../../contract/src/playback.js';
import { type Provider, providerRoutes } from '../../contract/src/provider.js';
import { sourceRoutes, type TitleSources } from '../../contract/src/source.js';
import { streamRoutes } from '../../contract/src/stream.js';
import { titleRoutes } from '../../contract/src/title.js';
import { torrentRoutes } from '../../contract/src/torrent.js';
import type { Client } from '../support/client.js';
import { databaseKinds, type Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { type RangeHost, startRangeHost } from '../support/range-host.js';
import { answerWith, type RawAddon, startRawAddon } from '../support/raw-addon.js';
import { addLibrary } from '../support/scanned.js';
import { bytesOf, decode, mediaPlaylists, playlistOf } from '../support/stream-fetch.js';
import { startSwarm, type Swarm } from '../support/swarm.js';
import { startTorrentHearth } from '../support/torrent-hearth.js';
import { waitFor } from '../support/wait-for.js';

const browser = { containers: ['mp4'], videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2'] };
/** Limits against hanging; a machine may be slow. */
const patience = 300_000;
jest.setTimeout(600_000);

let media: MediaFolder;
let swarm: Swarm;
let host: RangeHost;
beforeAll(async () => {
  media = await MediaFolder.make();
  const clip = await media.film('clips/meadow.mkv', { seconds: 20, group: 20 });
  await media.film('films/Meadow (2019)/Meadow (2019).mkv', { seconds: 20 });
  await media.write(
    'films/Meadow (2019)/Meadow (2019).nfo',
    '<movie><title>Meadow</title><year>2019</year><uniqueid type="imdb">tt0000019</uniqueid></movie>',
  );
  const files = [{ name: 'Meadow.2019.1080p.mkv', from: clip }];
  swarm = await startSwarm({ name: 'Meadow.2019.1080p.WEB.H264-OPEN', pieceLength: 32 * 1024, files });
  host = await startRangeHost(clip, 'meadow.mkv');
}, patience);
afterAll(async () => {
  await host.close();
  await swarm.close();
  await media.remove();
});

describe.each(databaseKinds)('sources of a title on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let titleId: string;
  const addons: RawAddon[] = [];
  const ofSwarm = () => ({
    ...{ name: 'Meadow.2019.1080p.WEB.H264-OPEN', title: '👤 12', infoHash: swarm.infoHash },
    sources: [`tracker:${swarm.trackerUrl}`],
  });

  async function add(name: string, answer: (response: ServerResponse) => void): Promise<Provider> {
    const addon = await startRawAddon(name, answer);
    addons.push(addon);
    return ada.call(providerRoutes.add, { url: addon.manifestUrl, consent: true });
  }
  const sources = (wait = 0): Promise<TitleSources> => ada.call(sourceRoutes.ofTitle, { id: titleId, wait });
  const stateOf = ({ parts }: TitleSources, { id }: Pick<Provider, 'id'>) =>
    parts.find((part) => part.id === id)?.state;

  beforeAll(async () => {
    const env = { PROVIDER_ALLOW_PRIVATE_HOSTS: '127.0.0.1' };
    ({ hearth, ada } = await startTorrentHearth({ database, env }));
    for (const { id, runtime } of (await ada.call(providerRoutes.list)).items)
      if (runtime === 'builtin') await ada.call(providerRoutes.update, { id, enabled: false });
    await addLibrary(ada, 'movies', media.path('films'));
    titleId = (await ada.call(titleRoutes.list, {})).items[0]?.id ?? '';
  }, patience);
  afterAll(async () => {
    await hearth.dispose();
    await Promise.all(addons.map((addon) => addon.close()));
  });

  test('the library at once, each provider as it answers, all by the deadline', async () => {
    let release: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (release = resolve));
    const fast = await add('fast', (response) => answerWith(response, [ofSwarm()]));
    const hangs = await add('hangs', () => undefined);
    const garbage = await add('garbage', (response) => void response.end('<html>{"streams":'));
    const busy = await add('busy', (response) => void response.writeHead(429, { 'retry-after': '60' }).end());
    const slow = await add('slow', (response) => void late.then(() => answerWith(response, [ofSwarm()])));

    const first = await sources();
    expect(first.items[0]).toMatchObject({ kind: 'file', reasons: [{ code: 'here-already' }, {}] });
    expect(first.searching).toBe(true);
    const known = await waitFor(async () => {
      const now = await sources();
      return stateOf(now, fast) === 'answered' && now;
    }, 'the fastest to answer');
    expect(known.items).toMatchObject([{ kind: 'file' }, { kind: 'torrent', infoHash: swarm.infoHash, seeders: 12 }]);
    expect([known.searching, stateOf(known, hangs), stateOf(known, slow)]).toEqual([true, 'asking', 'asking']);
    release();

    const last = await waitFor(async () => {
      const now = await sources(10);
      return !now.searching && now;
    }, 'the deadline');
    expect([hangs, garbage, busy, slow].map((one) => stateOf(last, one))).toEqual(['late', 'failed', expect.stringMatching(/failed|resting/), 'answered']); // prettier-ignore
    expect(last.items[1]).toMatchObject({ providers: [{ name: 'fast' }, { name: 'slow' }] });
    await ada.call(providerRoutes.update, { id: hangs.id, enabled: false });
    const { items } = await ada.call(sourceRoutes.search, { query: 'meadow', imdb: 'tt0000019' });
    expect(items).toMatchObject([{ infoHash: swarm.infoHash, seeders: 12 }]);
  }); // prettier-ignore

  test('a torrent that was found plays as its title, and goes with the session', async () => {
    const { items } = await sources();
    const sourceId = items.find(({ kind }) => kind === 'torrent')?.id ?? '';
    const session = await ada.call(playbackRoutes.start, { sourceId, client: browser });
    expect(session).toMatchObject({ sourceId, title: { id: titleId }, method: 'remux' });
    await ada.call(playbackRoutes.progress, { sessionId: session.sessionId, positionSeconds: 8 });
    expect((await ada.call(titleRoutes.detail, { id: titleId })).state?.positionSeconds).toBe(8);
    const again = await ada.call(playbackRoutes.choose, { sessionId: session.sessionId, client: browser, choice: { quality: 'original' } }); // prettier-ignore
    expect(again.title.id).toBe(titleId);
    expect((await ada.call(torrentRoutes.list)).items).toHaveLength(1);
    await ada.call(playbackRoutes.stop, { sessionId: session.sessionId });
    expect((await ada.call(torrentRoutes.list)).items).toEqual([]);

    const { url } = await ada.call(streamRoutes.address, { id: sourceId });
    const bytes = await hearth.client.fetch(url, { headers: { range: 'bytes=0-3' } });
    expect([bytes.status, (await bytes.arrayBuffer()).byteLength]).toEqual([206, 4]);
  });

  test('what lies with a web host plays as its title, through a restart; where it does not open, the next one does', async () => {
    const name = 'Meadow.2019.720p.WEB.H264-OPEN.mkv';
    const web = (url: string, filename: string) => ({ url, name: 'web', behaviorHints: { filename } });
    const { id } = await add('web', (response) =>
      answerWith(response, [web(host.url, name), web(`${host.url}-gone`, name.replace('720p', '2160p'))]),
    );
    const { items } = await waitFor(async () => {
      const now = await sources(10);
      return stateOf(now, { id }) === 'answered' && now;
    }, 'what the host has');
    const ofHeight = (resolution: string) => items.find((one) => one.kind === 'http' && one.facts.resolution === resolution)?.id ?? ''; // prettier-ignore
    expect(JSON.stringify(items)).not.toContain(host.url);
    expect((await ada.refused(playbackRoutes.start, { sourceId: ofHeight('2160p'), client: browser })).problem.code).toBe('SOURCE_UNAVAILABLE'); // prettier-ignore

    const session = await ada.call(playbackRoutes.start, {
      sourceId: ofHeight('2160p'),
      titleId,
      client: browser,
    });
    expect(session).toMatchObject({ title: { id: titleId }, method: 'remux' });
    expect(session.sourceId).not.toBe(ofHeight('2160p'));
    await ada.call(playbackRoutes.stop, { sessionId: session.sessionId });

    const { url, sessionId } = await ada.call(playbackRoutes.start, {
      sourceId: ofHeight('720p'),
      client: browser,
    });
    await ada.call(playbackRoutes.progress, { sessionId, positionSeconds: 9 });
    await hearth.stop('SIGKILL');
    await hearth.boot();
    expect((await ada.call(titleRoutes.detail, { id: titleId })).state?.positionSeconds).toBe(9);
    const [playlist = ''] = await mediaPlaylists(hearth.client, url);
    const { init, segments } = await playlistOf(hearth.client, playlist);
    const parts = [await bytesOf(hearth.client, init), await bytesOf(hearth.client, segments.at(-1) ?? '')];
    expect((await decode(parts)).frames).toBeGreaterThan(0);

    const address = await ada.call(streamRoutes.address, { id: ofHeight('720p') });
    const bytes = await hearth.client.fetch(address.url, { headers: { range: 'bytes=0-3' } });
    expect([bytes.status, (await bytes.arrayBuffer()).byteLength]).toEqual([206, 4]);
  });

  test('what was found survives a restart', async () => {
    const before = await sources();
    await hearth.stop('SIGKILL');
    await hearth.boot();
    const { items } = await sources();
    expect(items.map(({ id }) => id).sort()).toEqual(before.items.map(({ id }) => id).sort());
  });
});
