import { readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { io } from 'socket.io-client';
import { accountRoutes } from '../../contract/src/account.js';
import { eventsPath } from '../../contract/src/events.js';
import { type PlaybackSession, playbackRoutes } from '../../contract/src/playback.js';
import { systemRoutes } from '../../contract/src/system.js';
import { TicketSigner } from '../../server/src/common/ticket-signer.js';
import { Secrets } from '../../server/src/config/secrets.js';
import type { Client } from '../support/client.js';
import { playingDatabaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder, srt } from '../support/media.js';
import { descendants } from '../support/processes.js';
import { addLibrary, titleNamed } from '../support/scanned.js';
import { bytesOf, decode, mediaPlaylists, playlistOf, textOf } from '../support/stream-fetch.js';
import { waitFor } from '../support/wait-for.js';

/** A browser that opens MP4 and decodes H.264 and AAC, whole or in segments. */
const browser = {
  containers: ['mp4'],
  videoCodecs: ['avc1.640028'],
  audioCodecs: ['mp4a.40.2'],
};
const seconds = 20;

let media: MediaFolder;
beforeAll(async () => {
  media = await MediaFolder.make();
  await media.film('Meadow (2019)/Meadow (2019).mkv', {
    seconds,
    group: 20,
    subtitles: srt('Good morning.'),
  });
  await media.film('Old Tape (1998)/Old Tape (1998).avi', { seconds, videoCodec: 'mpeg4' });
  await media.film('Long Tape (1999)/Long Tape (1999).avi', { seconds: 300, videoCodec: 'mpeg4' });
}, 60_000);
afterAll(() => media.remove());

describe.each(playingDatabaseKinds)('streaming on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let mia: Client;
  let miaId: string;

  const login = { username: 'mia', password: 'long enough' };
  const signedIn = async () =>
    hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);

  beforeAll(async () => {
    hearth = await Hearth.start({ database, env: { MAX_CONCURRENT_STREAMS: '2' } });
    ada = await hearth.setUp();
    miaId = (await ada.call(accountRoutes.createUser, { ...login, role: 'member' })).id;
    mia = await signedIn();
    await addLibrary(ada, 'movies', media.root);
  }, 60_000);
  afterAll(() => hearth.dispose());
  afterEach(async () => {
    for (const { sessionId, username } of (await ada.call(playbackRoutes.sessions)).items)
      await (username === 'mia' ? mia : ada).call(playbackRoutes.stop, { sessionId });
    const limits = { maxStreams: null, maxBitrate: null, bandwidth: null };
    await ada.call(accountRoutes.updateUser, { id: miaId, limits });
  });

  async function play(who: Client, name: string, choice?: { quality?: string }): Promise<PlaybackSession> {
    const { id } = await titleNamed(ada, name);
    return who.call(playbackRoutes.start, { titleId: id, client: browser, ...(choice && { choice }) });
  }
  const streamsOf = async (session: PlaybackSession) =>
    Promise.all(
      (await mediaPlaylists(hearth.client, session.url)).map((url) => playlistOf(hearth.client, url)),
    );
  async function firstSegment(session: PlaybackSession): Promise<string> {
    return (await streamsOf(session))[0]?.segments[0] ?? '';
  }
  async function refusal(url: string) {
    const response = await hearth.client.fetch(url);
    const problem: unknown = await response.json();
    return { status: response.status, headers: response.headers, problem };
  }

  test.each([
    ['Meadow', 'remux', { video: 'copy', container: 'container-unsupported' }],
    ['Old Tape', 'transcode', { video: 'encode', container: 'video-codec-unsupported' }],
  ] as const)('%s plays from beginning to end: %s', async (name, method, { video, container }) => {
    const session = await play(mia, name);
    expect(session).toMatchObject({
      method,
      streams: { video: { action: video, reasons: [container] }, audio: [{ action: 'copy' }] },
      contentType: 'application/vnd.apple.mpegurl',
    });
    const playlists = await streamsOf(session);
    expect(playlists).toHaveLength(2);
    for (const [index, { init, segments, durations }] of playlists.entries()) {
      const pieces = [await bytesOf(hearth.client, init)];
      for (const segment of segments) pieces.push(await bytesOf(hearth.client, segment));
      const decoded = await decode(pieces);
      expect(durations.reduce((sum, one) => sum + one, 0)).toBeCloseTo(seconds, 0);
      expect(decoded.seconds).toBeCloseTo(seconds, 0);
      // AVI says how long it is to a frame or so.
      if (index === 0) expect(Math.abs(decoded.frames - seconds * 10)).toBeLessThanOrEqual(1);
    }
    const status = await mia.call(playbackRoutes.status, { sessionId: session.sessionId });
    expect(status).toMatchObject({ method, username: 'mia', titleName: name, positionSeconds: 0 });
    expect(status.timeline.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['decision', 'index', 'first-segment']),
    );
    expect(status.timeline.every(({ startMs, endMs }) => endMs !== null && endMs >= startMs)).toBe(true);
    expect(status.sendSpeed).toBeGreaterThan(0);
    expect(status.state).toMatch(/ready|converting/);
  });

  test('types, caching and HEAD are right, of playlists and of segments', async () => {
    const session = await play(mia, 'Meadow');
    const master = await hearth.client.fetch(session.url);
    expect(master.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(master.headers.get('cache-control')).toBe('private, no-cache');
    const segment = await firstSegment(session);
    const body = await bytesOf(hearth.client, segment);
    const head = await hearth.client.fetch(segment, { method: 'HEAD' });
    expect(Object.fromEntries(head.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(body.length),
      'cache-control': 'private, max-age=3600, immutable',
    });
    expect(await head.arrayBuffer()).toHaveProperty('byteLength', 0);
    const manifest = await hearth.client.fetch(session.dashUrl ?? '');
    expect(manifest.headers.get('content-type')).toBe('application/dash+xml');
    expect(await manifest.text()).toContain('SegmentTimeline');
  });

  test('subtitles are in the playlist, as text that begins where the film begins', async () => {
    const session = await play(mia, 'Meadow');
    const master = await textOf(hearth.client, session.url);
    const [, uri = ''] = /TYPE=SUBTITLES.*URI="([^"]+)"/.exec(master) ?? [];
    const playlist = new URL(uri, `http://any${session.url}`).pathname;
    expect(await textOf(hearth.client, playlist)).toContain('subtitles.vtt');
    const text = await textOf(hearth.client, playlist.replace('index.m3u8', 'subtitles.vtt'));
    expect(text).toMatch(/^WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00\.000\n/);
    expect(text).toContain('Good morning.');
  });

  test('a ticket opens its own session’s renditions, whole and unchanged, as long as it is valid', async () => {
    const session = await play(mia, 'Old Tape');
    const [, ticket = ''] = /hls\/([^/]+)\//.exec(session.url) ?? [];
    const forged = session.url.replace(ticket, `A${ticket.slice(1)}`);
    expect(await refusal(forged)).toMatchObject({ status: 403, problem: { code: 'SIGNATURE_INVALID' } });
    const base = session.url.replace('master.m3u8', '');
    for (const piece of [
      'v0-copy/0.m4s',
      'a1-aac2/0.m4s',
      'v0-copy/index.m3u8',
      'v0-90p/9999.m4s',
      'v0-90p/subtitles.vtt',
    ])
      expect([piece, await refusal(base + piece)]).toEqual([piece, expect.objectContaining({ status: 404 })]);
    const signer = new TicketSigner(
      Secrets.load(hearth.dataDirectory).key('stream-ticket'),
      () => Date.now() - 90_000_000,
    );
    const old = new TicketSigner(Secrets.load(hearth.dataDirectory).key('stream-ticket')).read(ticket);
    const expired = old ? session.url.replace(ticket, signer.sign(old, 60)) : '';
    const outcome = await refusal(expired);
    expect(outcome).toMatchObject({ status: 403 });
    expect(outcome.headers.get('cache-control')).toBe('no-store');
  });

  test('nobody else can look at, change or end a session', async () => {
    const { sessionId } = await play(ada, 'Meadow');
    const input = { sessionId, client: browser, choice: {}, reason: 'x', positionSeconds: 1 };
    for (const route of ['status', 'choose', 'failed', 'stop', 'progress', 'extras'] as const)
      expect([route, await mia.refused(playbackRoutes[route], input)]).toEqual([
        route,
        expect.objectContaining({ status: 404 }),
      ]);
    expect((await mia.call(playbackRoutes.sessions)).items).toEqual([]);
    await play(mia, 'Meadow');
    expect((await ada.call(playbackRoutes.sessions)).items.map(({ username }) => username).sort()).toEqual([
      'ada',
      'mia',
    ]);
    expect((await mia.call(playbackRoutes.sessions)).items.map(({ username }) => username)).toEqual(['mia']);
  });

  test('what does not play steps down, and is not tried again on that device', async () => {
    const session = await play(mia, 'Meadow');
    expect([session.method, session.ladder.length > 0]).toEqual(['remux', true]);
    const failure = {
      sessionId: session.sessionId,
      reason: 'no picture',
      positionSeconds: 7,
      client: browser,
    };
    const lower = await mia.call(playbackRoutes.failed, failure);
    expect(lower).toMatchObject({ sessionId: session.sessionId, resumeSeconds: 7 });
    expect(lower.url).not.toBe(session.url);
    expect(JSON.stringify(lower.streams)).toContain('failed-before-on-this-device');
    const again = await play(mia, 'Meadow');
    expect(again.streams).toEqual(lower.streams);
    await mia.call(playbackRoutes.stop, { sessionId: again.sessionId });
    const elsewhere = await play(await signedIn(), 'Meadow');
    expect(elsewhere.method).toBe('remux');
    let last = lower;
    for (let steps = 0; last.ladder.length > 0 && steps < 10; steps += 1)
      last = await mia.call(playbackRoutes.failed, failure);
    const { problem } = await mia.refused(playbackRoutes.failed, failure);
    expect(problem.code).toBe('PLAYBACK_UNSUPPORTED');
    mia = await signedIn();
  });

  test('another quality is another stream of the same session', async () => {
    const session = await play(mia, 'Meadow');
    const lowest = session.qualities.at(-1)?.name ?? '';
    const choice = { sessionId: session.sessionId, client: browser, choice: { quality: lowest } };
    const changed = await mia.call(playbackRoutes.choose, choice);
    expect(changed).toMatchObject({ sessionId: session.sessionId, quality: lowest });
    const [picture] = await streamsOf(changed);
    expect(
      (
        await decode([
          await bytesOf(hearth.client, picture?.init ?? ''),
          await bytesOf(hearth.client, picture?.segments[0] ?? ''),
        ])
      ).frames,
    ).toBeGreaterThan(0);
  });

  test('a restart in the middle is not noticed', async () => {
    const session = await play(mia, 'Old Tape');
    const [picture] = await streamsOf(session);
    const before = await bytesOf(hearth.client, picture?.segments[1] ?? '');
    await hearth.stop('SIGKILL');
    await hearth.boot();
    expect((await bytesOf(hearth.client, picture?.segments[1] ?? '')).equals(before)).toBe(true);
    const pieces = [picture?.init ?? '', ...(picture?.segments ?? [])];
    const decoded = await decode(await Promise.all(pieces.map((piece) => bytesOf(hearth.client, piece))));
    expect(Math.abs(decoded.frames - seconds * 10)).toBeLessThanOrEqual(1);
    const status = await mia.call(playbackRoutes.status, { sessionId: session.sessionId });
    expect(status).toMatchObject({ method: 'transcode', streams: session.streams, quality: session.quality });
  });

  test('a file that is replaced or goes away while it plays is told as that, and plays on when it is back', async () => {
    const path = media.path('Old Tape (1998)/Old Tape (1998).avi');
    const segment = await firstSegment(await play(mia, 'Old Tape'));
    await bytesOf(hearth.client, segment);
    await rename(path, `${path}.away`);
    try {
      expect(await refusal(segment)).toMatchObject({ status: 409, problem: { code: 'SOURCE_UNAVAILABLE' } });
      await writeFile(path, (await readFile(`${path}.away`)).subarray(1000));
      const changed = await refusal(segment);
      expect(changed).toMatchObject({
        status: 409,
        problem: { code: 'SOURCE_CHANGED', detail: expect.stringMatching(/replaced/) },
      });
      expect(changed.headers.get('cache-control')).toBe('no-store');
      const [status] = (await mia.call(playbackRoutes.sessions)).items;
      expect(status).toMatchObject({ state: 'error', message: expect.stringMatching(/replaced/) });
    } finally {
      await rename(`${path}.away`, path);
    }
    await bytesOf(hearth.client, segment);
    expect((await mia.call(playbackRoutes.sessions)).items[0]?.state).not.toBe('error');
  });

  test('viewers that seek about and leave in the middle leave no encoder behind', async () => {
    const encoders = async () => (await descendants(hearth.pid)).filter((name) => name === 'ffmpeg').length;
    const session = await play(mia, 'Long Tape');
    const [picture] = await streamsOf(session);
    const { segments = [], init = '' } = picture ?? {};
    expect(segments.length).toBeGreaterThanOrEqual(150);
    let most = 0;
    const viewers = [7, 41, 97].map(async (start) => {
      for (let seek = 0; seek < 12; seek += 1) {
        const leaving = new AbortController();
        const url = segments[(start * (seek + 1)) % segments.length] ?? '';
        const asked = hearth.client.fetch(url, { signal: leaving.signal }).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 20 + seek * 5));
        most = Math.max(most, await encoders());
        leaving.abort();
        await asked;
      }
    });
    await Promise.all(viewers);
    // Half the cores encode pictures, four more may encode sound; one that is being killed counts too.
    expect(most).toBeLessThanOrEqual(Math.max(1, availableParallelism() / 2) + 5);
    const decoded = await decode([
      await bytesOf(hearth.client, init),
      await bytesOf(hearth.client, segments[149] ?? ''),
    ]);
    expect(decoded.frames).toBeGreaterThanOrEqual(20);
    const { renditions } = await mia.call(playbackRoutes.status, { sessionId: session.sessionId });
    expect(renditions.map(({ renditionId }) => renditionId)).toContain(init.split('/').at(-2));
    await bytesOf(hearth.client, segments[10] ?? '');
    // One that runs ahead is held back, and would stay so; a fast machine may have made everything by now.
    expect(most).toBeGreaterThan(0);
    await mia.call(playbackRoutes.stop, { sessionId: session.sessionId });
    await waitFor(async () => (await encoders()) === 0, 'every encoder to end');
  });

  test('a session that was ended gives nothing more', async () => {
    const session = await play(mia, 'Meadow');
    const segment = await firstSegment(session);
    await mia.call(playbackRoutes.stop, { sessionId: session.sessionId });
    expect(await refusal(segment)).toMatchObject({ status: 404 });
    const status = await mia.call(playbackRoutes.status, { sessionId: session.sessionId });
    expect(status.state).toBe('ended');
  });

  test('limits: streams of the server, streams and bit rate of an account', async () => {
    const [kim, leo] = [await signedIn(), await signedIn()];
    await play(mia, 'Old Tape');
    await play(kim, 'Meadow');
    expect((await hearth.client.call(systemRoutes.health)).activeStreams).toBe(2);
    const { id } = await titleNamed(ada, 'Meadow');
    const refused = await leo.refused(playbackRoutes.start, { titleId: id, client: browser });
    expect(refused).toMatchObject({ status: 429, problem: { code: 'STREAM_LIMIT_REACHED' } });
    expect((await leo.call(playbackRoutes.start, { titleId: id, client: {} })).method).toBe('direct');
    await ada.call(accountRoutes.updateUser, { id: miaId, limits: { maxStreams: 3 } });
    const fourth = await (await signedIn()).refused(playbackRoutes.start, { titleId: id, client: {} });
    expect(fourth.problem.code).toBe('STREAM_LIMIT_REACHED');
    // The device's own older stream makes room.
    expect(await play(kim, 'Old Tape')).toMatchObject({ method: 'transcode' });
    expect((await hearth.client.call(systemRoutes.health)).activeStreams).toBe(3);
    const limits = { maxBitrate: 100_000 };
    expect(await ada.call(accountRoutes.updateUser, { id: miaId, limits })).toMatchObject({
      limits: { maxStreams: 3, ...limits },
    });
    expect((await play(kim, 'Meadow')).streams.video).toMatchObject({
      action: 'encode',
      reasons: ['bitrate-too-high'],
    });
  });

  test('bandwidth: what is sent to an account stays within it, in segments and as a file', async () => {
    await ada.call(accountRoutes.updateUser, { id: miaId, limits: { bandwidth: 800_000 } });
    const { id } = await titleNamed(ada, 'Meadow');
    const file = await mia.call(playbackRoutes.start, { titleId: id, client: {} });
    const began = performance.now();
    const size = (await (await hearth.client.fetch(file.url)).arrayBuffer()).byteLength;
    const bytesPerSecond = size / ((performance.now() - began) / 1000);
    expect(size).toBeGreaterThan(100_000);
    // A quarter of a second's worth goes at once.
    expect(bytesPerSecond).toBeLessThan(100_000 * (1 + 25_000 / size) * 1.3);
    expect(bytesPerSecond).toBeGreaterThan(50_000);
  });

  test('whoever waits is told how far it is; whoever does not is left in peace', async () => {
    const heard: unknown[] = [];
    const socket = io(hearth.client.baseUrl, {
      path: eventsPath,
      auth: { token: mia.accessToken ?? '' },
      transports: ['websocket'],
    });
    socket.on('playback.status', (event) => heard.push(event));
    await waitFor(() => Promise.resolve(socket.connected), 'the socket to connect');
    const session = await play(mia, 'Meadow');
    await firstSegment(session).then((url) => bytesOf(hearth.client, url));
    socket.disconnect();
    expect(heard).toEqual([]);
  });
});
