import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { accountRoutes } from '../../contract/src/account.js';
import { deviceRoutes } from '../../contract/src/device.js';
import { mediaRoutes } from '../../contract/src/media.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { type StreamStatus, streamRoutes } from '../../contract/src/stream.js';
import { titleRoutes } from '../../contract/src/title.js';
import { torrentRoutes } from '../../contract/src/torrent.js';
import type { Client } from '../support/client.js';
import { dlnaOnLoopback, dlnaPort, idOf, Television, titleOf } from '../support/dlna-client.js';
import { playingDatabaseKinds, type Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, rescan } from '../support/scanned.js';
import { bytesOf, decode, mediaPlaylists, playlistOf } from '../support/stream-fetch.js';
import { startSwarm, type Swarm } from '../support/swarm.js';
import { startTorrentHearth, torrentThat } from '../support/torrent-hearth.js';
import { waitFor } from '../support/wait-for.js';

const browser = { containers: ['mp4'], videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2'] };
/** Limits against hanging; a machine may be slow. */
const patience = 300_000;
jest.setTimeout(600_000);

let media: MediaFolder;
let film: Swarm;
let pack: Swarm;
beforeAll(async () => {
  media = await MediaFolder.make();
  const text = '1\n00:00:01,000 --> 00:00:02,000\nEarly.\n\n2\n00:00:16,000 --> 00:00:17,000\nLate.\n';
  const mkv = await media.film('Meadow.mkv', { seconds: 20, group: 20, subtitles: text });
  const first = await media.film('one.mp4', { seconds: 12, group: 20 });
  const second = await media.film('two.mp4', { seconds: 12, group: 20 });
  const subtitles = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n');
  film = await startSwarm({
    name: 'Meadow.2019.1080p.WEB.H264-GRP',
    pieceLength: 32 * 1024,
    files: [
      { name: 'Meadow.2019.1080p.mkv', from: mkv },
      { name: 'Subs/English.srt', from: subtitles },
    ],
  });
  pack = await startSwarm({
    name: 'Harbour.S01.720p',
    pieceLength: 32 * 1024,
    files: [
      { name: 'Harbour.S01E01.mp4', from: first },
      { name: 'Harbour.S01E02.mp4', from: second },
    ],
  });
}, patience);
afterAll(async () => {
  await film.close();
  await pack.close();
  await media.remove();
});

const magnetOf = ({ infoHash, trackerUrl }: Swarm): string =>
  `magnet:?xt=urn:btih:${infoHash}&tr=${encodeURIComponent(trackerUrl)}`;

describe.each(playingDatabaseKinds)('streams of torrents on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let mia: Client;
  let miaId: string;

  beforeAll(async () => {
    ({ hearth, ada } = await startTorrentHearth({ database, env: dlnaOnLoopback }));
    const login = { username: 'mia', password: 'long enough' };
    ({ id: miaId } = await ada.call(accountRoutes.createUser, { ...login, role: 'member' }));
    await ada.call(torrentRoutes.changePermission, { accountId: miaId, allowed: true });
    mia = hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
  }, patience);
  afterAll(() => hearth.dispose());

  const ready = (client: Client, streamId: string): Promise<StreamStatus> =>
    waitFor(
      async () => {
        const status = await client.call(streamRoutes.status, { streamId });
        if (status.status === 'error') throw new Error(status.message);
        return status.status === 'ready' && status;
      },
      'a stream that is ready',
      patience,
    );
  const infoHashes = async (client: Client): Promise<string[]> =>
    (await client.call(torrentRoutes.list)).items.map(({ infoHash }) => infoHash);

  test('start, status, a playlist that plays, stop: nothing is left', async () => {
    const started = await mia.call(streamRoutes.start, { magnetLink: magnetOf(film) });
    expect(started.status).toBe('downloading');
    const { streamUrl, duration, progress, timeline } = await ready(mia, started.streamId);
    expect(progress).toBe(100);
    expect(duration).toBeGreaterThan(19);
    expect(timeline.map(({ step }) => step)).toEqual(expect.arrayContaining(['peers', 'metadata']));
    const [playlist = ''] = await mediaPlaylists(hearth.client, streamUrl ?? '');
    const { init, segments } = await playlistOf(hearth.client, playlist);
    const parts = [await bytesOf(hearth.client, init), await bytesOf(hearth.client, segments.at(-1) ?? '')];
    expect((await decode(parts)).frames).toBeGreaterThan(0);

    expect((await mia.call(streamRoutes.list)).items).toMatchObject([{ streamId: started.streamId }]);
    expect((await ada.call(streamRoutes.list)).items).toHaveLength(1);
    expect((await ada.refused(streamRoutes.stop, { streamId: 'none' })).status).toBe(404);
    await mia.call(streamRoutes.stop, { streamId: started.streamId });
    expect(await infoHashes(ada)).toEqual([]);
    expect((await mia.call(streamRoutes.list)).items).toEqual([]);
    expect((await hearth.client.fetch(streamUrl ?? '')).status).toBe(404);
    expect((await ada.call(titleRoutes.list, {})).total).toBe(0);
  });

  test('bytes of a link, whole and in ranges, with a header or by a signed address', async () => {
    const whole = await readFile(media.path('Meadow.mkv'));
    const magnet = magnetOf(film);
    const path = `/api/stream?${new URLSearchParams({ magnet })}`;
    const response = await mia.fetch(path, { headers: { Range: 'bytes=100-199' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(whole.subarray(100, 200));
    expect((await hearth.client.fetch(path)).status).toBe(401);

    const { url } = await mia.call(streamRoutes.address, { magnet });
    expect(Buffer.from(await (await hearth.client.fetch(url)).arrayBuffer())).toEqual(whole);
    const other = url.replace(film.infoHash, pack.infoHash);
    expect((await hearth.client.fetch(other)).status).toBe(403);
    const head = await hearth.client.fetch(url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(whole.length));

    const byHash = await mia.fetch(`/api/stream/${film.infoHash}`, { headers: { Range: 'bytes=-10' } });
    expect(Buffer.from(await byHash.arrayBuffer())).toEqual(whole.subarray(-10));
    const past = await mia.fetch(`/api/stream/${film.infoHash}`, { headers: { Range: 'bytes=99999999-' } });
    expect(past.status).toBe(416);
    const status = await mia.call(streamRoutes.torrentStatus, { hash: film.infoHash });
    expect(status.infoHash).toBe(film.infoHash);
    await mia.call(torrentRoutes.remove, { hash: film.infoHash });
  });

  test('a film that nobody has looked into yet is listed on televisions as what its name says', async () => {
    const hash = film.infoHash;
    await film.allow(0);
    await mia.call(torrentRoutes.add, { magnet: magnetOf(film), shared: true });
    await torrentThat(mia, hash, 'is known', ({ size }) => size !== null);
    const screen = new Television(await dlnaPort(hearth), '127.0.0.4');
    await screen.children('0');
    const device = (await ada.call(deviceRoutes.list)).items.find(
      ({ address }) => address === screen.address,
    );
    const viewer = { kind: 'person' as const, accountId: miaId };
    await ada.call(deviceRoutes.update, { id: device?.id ?? '', viewer });
    const [resource] = (await screen.children('torrents')).objects[0]?.resources ?? [];
    expect(resource?.attributes['protocolInfo']).toMatch(/^http-get:\*:video\/x-matroska:/);
    expect(resource?.uri).toMatch(/\.mkv$/);
    await mia.call(torrentRoutes.remove, { hash });
    await film.allowAll();
  });

  test('while a film comes: text inside it with its pieces, televisions of who may see it have it, and their place is kept', async () => {
    const hash = film.infoHash;
    const { pieceLength, pieceCount } = film;
    await film.forgetServed();
    // That its beginning is harmless was seen above: what is asked for first is its end, where the index is.
    await film.allow(pieceLength);
    await mia.call(torrentRoutes.add, { magnet: magnetOf(film), shared: true });
    await (await mia.fetch(`/api/stream/${hash}`, { headers: { Range: 'bytes=-10' } })).arrayBuffer();
    await film.allow(Math.floor(pieceCount * 0.6) * pieceLength);
    const session = await mia.call(playbackRoutes.start, { torrent: { infoHash: hash }, client: browser });
    const track = session.subtitles.find(({ growing }) => growing);
    expect(track).toMatchObject({ origin: 'embedded', format: 'vtt' });
    const url = track?.url ?? '';
    const lines = async (line: string): Promise<string> => {
      const has = async (): Promise<string | false> => {
        const text = await (await hearth.client.fetch(url)).text();
        return text.includes(line) && text;
      };
      return waitFor(has, `the line ${line}`, patience);
    };
    expect(await lines('Early.')).not.toContain('Late.');
    expect((await hearth.client.fetch(url)).headers.get('cache-control')).toBe('no-store');

    const port = await dlnaPort(hearth);
    const [hers, everybodys] = [
      new Television(port, '127.0.0.5', 'Kodi/20.1'),
      new Television(port, '127.0.0.6'),
    ];
    await hers.children('0');
    const device = (await ada.call(deviceRoutes.list)).items.find(({ address }) => address === hers.address);
    const viewer = { kind: 'person' as const, accountId: miaId };
    await ada.call(deviceRoutes.update, { id: device?.id ?? '', viewer });
    const [item] = (await hers.children('torrents')).objects;
    if (!item) throw new Error('The television has no torrent');
    expect(titleOf(item)).toMatch(/^Meadow/);
    expect((await everybodys.children('0')).objects.map(titleOf)).not.toContain('Torrents');
    await expect(everybodys.object(idOf(item))).rejects.toMatchObject({ code: 701 });
    const whole = await readFile(media.path('Meadow.mkv'));
    const address = item.resources[0]?.uri ?? '';
    const head = await hers.get(address, { range: 'bytes=100-1099' });
    expect([head.status, head.headers['content-range']]).toEqual([206, `bytes 100-1099/${whole.length}`]);
    expect(head.body).toEqual(whole.subarray(100, 1100));
    const from = Math.floor(whole.length * 0.8);
    const later = hers.get(address, { range: `bytes=${from}-${from + 999}` });

    await film.allowAll();
    expect((await later).body).toEqual(whole.subarray(from, from + 1000));
    await hers.call('X_SetBookmark', [['CategoryType', ''], ['RID', ''], ['ObjectID', idOf(item)], ['PosSecond', '7']]); // prettier-ignore
    const { state } = await mia.call(titleRoutes.detail, { id: `torrent-${hash}` });
    expect(state).toMatchObject({ positionSeconds: 7 });
    await mia.call(torrentRoutes.change, { hash, download: true });
    await lines('Late.');
    await torrentThat(mia, hash, 'is here', ({ haveBytes, size }) => haveBytes === size, patience);
    expect(await lines('Early.')).toContain('Late.');
    const again = await mia.call(playbackRoutes.start, { torrent: { infoHash: hash }, client: browser });
    expect(again.subtitles.map(({ growing }) => growing ?? false)).toEqual([false, false]);
    for (const { sessionId } of [session, again]) await mia.call(playbackRoutes.stop, { sessionId });
    await mia.call(torrentRoutes.remove, { hash });
  });

  test('an added pack plays as a series: next episode, progress, and for nobody else', async () => {
    await mia.call(torrentRoutes.add, { magnet: magnetOf(pack) });
    const session = await mia.call(playbackRoutes.start, {
      torrent: { infoHash: pack.infoHash, fileIndex: 0 },
      client: browser,
    });
    expect(session).toMatchObject({ method: 'direct', title: { name: 'Harbour', type: 'series' } });
    expect(session.episode).toMatchObject({ seasonNumber: 1, number: 1 });
    expect(session.nextEpisode).toMatchObject({ number: 2 });
    const bytes = Buffer.from(await (await hearth.client.fetch(session.url)).arrayBuffer());
    expect(bytes).toEqual(await readFile(media.path('one.mp4')));
    const { sessionId } = session;
    const { timeline } = await mia.call(playbackRoutes.status, { sessionId });
    expect(timeline.map(({ step }) => step)).toEqual(expect.arrayContaining(['metadata', 'head-piece']));
    await mia.call(playbackRoutes.progress, { sessionId, positionSeconds: 6, paused: true });
    await mia.call(playbackRoutes.stop, { sessionId });

    const { continueWatching } = await mia.call(titleRoutes.home);
    expect(continueWatching).toMatchObject([{ title: { name: 'Harbour' }, episode: { number: 1 } }]);
    expect((await mia.call(playbackRoutes.history, {})).items).toHaveLength(1);
    expect((await mia.call(titleRoutes.list, {})).total).toBe(0);
    expect((await mia.call(titleRoutes.search, { q: 'harbour' })).titles).toEqual([]);

    const seek = { hash: pack.infoHash, seconds: 6, fileIndex: 1 };
    expect((await mia.call(streamRoutes.seek, seek)).infoHash).toBe(pack.infoHash);
    const login = { username: 'kim', password: 'long enough' };
    await ada.call(accountRoutes.createUser, { ...login, role: 'member' });
    const kim = hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
    const asked = { torrent: { infoHash: pack.infoHash }, client: browser };
    expect((await kim.refused(playbackRoutes.start, asked)).status).toBe(404);
    expect((await kim.refused(titleRoutes.detail, { id: session.title.id })).status).toBe(404);
    expect((await kim.refused(mediaRoutes.mediaFile, { id: session.fileId })).status).toBe(403);
    await mia.call(torrentRoutes.remove, { hash: pack.infoHash });
    expect((await mia.refused(titleRoutes.detail, { id: session.title.id })).status).toBe(404);
  });

  test('what is kept is a file of the library, with its history, and plays on without the torrent', async () => {
    const folder = await MediaFolder.make();
    try {
      const library = await addLibrary(ada, 'movies', folder.root);
      const hash = film.infoHash;
      await mia.call(torrentRoutes.add, { magnet: magnetOf(film) });
      const session = await mia.call(playbackRoutes.start, { torrent: { infoHash: hash }, client: browser });
      const { sessionId, fileId } = session;
      await mia.call(playbackRoutes.progress, { sessionId, positionSeconds: 9, paused: true });
      await mia.call(playbackRoutes.stop, { sessionId });
      expect((await mia.call(torrentRoutes.keep, { hash })).kept).toBe('pending');
      await torrentThat(mia, hash, 'is kept', ({ kept }) => kept === 'yes', patience);

      const film2019 = 'Meadow (2019)/Meadow (2019)';
      expect(await readFile(folder.path(`${film2019}.mkv`))).toEqual(
        await readFile(media.path('Meadow.mkv')),
      );
      expect(await readFile(folder.path(`${film2019}.en.srt`), 'utf8')).toContain('Good morning.');
      const { items } = await mia.call(titleRoutes.list, {});
      expect(items).toMatchObject([{ name: 'Meadow', year: 2019, type: 'movie' }]);
      const id = items[0]?.id ?? '';
      expect((await mia.call(titleRoutes.home)).continueWatching).toMatchObject([{ title: { id } }]);
      expect((await mia.call(playbackRoutes.history, {})).items).toMatchObject([{ title: { id } }]);
      const seen = await rescan(ada, library.id);
      expect(seen).toMatchObject({ fileCount: 1, titleCount: 1, unmatchedCount: 0, failedCount: 0 });

      await mia.call(torrentRoutes.remove, { hash });
      const again = await mia.call(playbackRoutes.start, { titleId: id, client: browser });
      expect(again).toMatchObject({ fileId, resumeSeconds: 9 });
      expect(again.subtitles).toMatchObject([{ origin: 'external', language: 'en' }, { origin: 'embedded' }]);
    } finally {
      await folder.remove();
    }
  });
});
