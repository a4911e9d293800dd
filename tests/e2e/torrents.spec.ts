import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { accountRoutes } from '../../contract/src/account.js';
import { eventsPath, serverEvents } from '../../contract/src/events.js';
import type { Route } from '../../contract/src/route.js';
import { streamRoutes } from '../../contract/src/stream.js';
import { systemRoutes } from '../../contract/src/system.js';
import { type TorrentDetails, torrentRoutes } from '../../contract/src/torrent.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { startSwarm, type Swarm } from '../support/swarm.js';
import { quietTorrents, torrentEnvironment, torrentThat } from '../support/torrent-hearth.js';
import { waitFor } from '../support/wait-for.js';

const megabyte = 1024 * 1024;
const unknownHash = 'ab'.repeat(20);
const unknownMagnet = `magnet:?xt=urn:btih:${unknownHash}&dn=Nobody.Has.This.2019.720p`;

let film: Swarm;
let pack: Swarm;
let site: Server;
let siteUrl: string;

beforeAll(async () => {
  film = await startSwarm({
    name: 'Meadow.2019.1080p.WEB.H264-GRP',
    pieceLength: 32 * 1024,
    files: [
      { name: 'Meadow.2019.1080p.mkv', from: randomBytes(megabyte) },
      { name: 'Meadow.srt', from: Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n') },
      { name: 'info.txt', from: randomBytes(100_000) },
    ],
  });
  pack = await startSwarm({
    name: 'Harbour.S01',
    pieceLength: 32 * 1024,
    files: [1, 2].map((n) => ({ name: `Harbour.S01E0${n}.mkv`, from: randomBytes(200_000) })),
  });
  site = createServer((request, response) => {
    if (request.url === '/film.torrent') response.end(film.metainfo);
    else if (request.url === '/moved') response.writeHead(302, { location: film.magnet }).end();
    else response.writeHead(404).end('no such thing');
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const address = site.address();
  siteUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}, 120_000);
afterAll(async () => {
  site.close();
  site.closeAllConnections();
  await Promise.all([film.close(), pack.close()]);
});

/** Routes about torrents for people, but the one about their rights. */
const routes: readonly Route[] = Object.values(torrentRoutes);
const memberRoutes = routes.filter(
  ({ access, path }) => access !== 'admin' && path !== torrentRoutes.access.path,
);
/** Routes by which something of a torrent is played. */
const { start, bytes, magnetBytes, torrentStatus, seek } = streamRoutes;
const playingRoutes: readonly Route[] = [start, bytes, magnetBytes, torrentStatus, seek];
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const all = (asked: readonly Route[], code: string): Record<string, string> =>
  Object.fromEntries(asked.map((route) => [nameOf(route), code]));
const anything = {
  ...{ hash: unknownHash, magnet: unknownMagnet, magnetLink: unknownMagnet, id: unknownHash },
  ...{ streamId: 'x', byte: 0 },
};

describe.each(databaseKinds)('torrents on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let mia: Client;
  let ben: Client;

  const admit = async (username: string, role: 'member' | 'child', maxAge?: number): Promise<Client> => {
    const login = { username, password: 'long enough' };
    const { id } = await ada.call(accountRoutes.createUser, { ...login, role });
    if (maxAge !== undefined) await ada.call(accountRoutes.updateUser, { id, limits: { maxAge } });
    return hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
  };
  const idOf = async (client: Client): Promise<string> => (await client.call(accountRoutes.me)).id;
  const codeOf = async (client: Client, route: Route, input: Record<string, unknown> = {}): Promise<string> =>
    (await client.refused(route, input)).problem.code;
  /** By route: what each is refused with. */
  const codesOf = async (client: Client, asked: readonly Route[], input: Record<string, unknown>) => {
    const codes: Record<string, string> = {};
    for (const route of asked) codes[nameOf(route)] = await codeOf(client, route, input);
    return codes;
  };
  /** Nothing of a torrent is played, whether it exists or not. */
  const expectNoPlaying = async (client: Client, input: Record<string, unknown>, allowed: string[]) => {
    const codes = await codesOf(client, playingRoutes, input);
    for (const [name, code] of Object.entries(codes))
      expect([name, allowed.includes(code), code]).toEqual([name, true, code]);
  };
  const upload = (client: Client, route: Route, bytes: Uint8Array, fields: Record<string, string> = {}) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('torrent', new Blob([new Uint8Array(bytes)]), 'film.torrent');
    return client.fetch(route.path, { method: route.method, body });
  };
  const remove = (hash: string): Promise<void> => ada.call(torrentRoutes.remove, { hash });
  const complete = (client: Client, hash: string): Promise<TorrentDetails> =>
    torrentThat(
      client,
      hash,
      'is complete',
      ({ progress, state }) => progress === 100 && state !== 'checking',
    );

  beforeAll(async () => {
    hearth = await Hearth.start({ database, env: { ...torrentEnvironment, TORRENTS_ENABLED: '' } });
    ada = await hearth.setUp();
    mia = await admit('mia', 'member');
    ben = await admit('ben', 'member');
  }, 120_000);
  afterAll(() => hearth.dispose());

  test('off, until an administrator has accepted the notice; then for those whom they allow', async () => {
    expect(await ada.call(torrentRoutes.access)).toMatchObject({ enabled: false, administrator: true });
    expect(await codesOf(mia, memberRoutes, anything)).toEqual(all(memberRoutes, 'TORRENTS_NOT_ALLOWED'));
    await expectNoPlaying(mia, anything, ['TORRENTS_NOT_ALLOWED', 'NOT_FOUND']);
    expect(await codeOf(ada, torrentRoutes.list)).toBe('TORRENTS_DISABLED');
    expect(await codeOf(ada, torrentRoutes.changeSettings, { enabled: true })).toBe('VALIDATION_FAILED');
    const settings = await ada.call(torrentRoutes.changeSettings, { enabled: true, acceptNotice: true });
    expect(settings).toMatchObject({ enabled: true, noticeAcceptedAt: expect.any(String) });
    await quietTorrents(ada);
    // Nothing runs yet: there is no torrent.
    expect(await ada.call(torrentRoutes.engine)).toMatchObject({ state: 'off', restarts: 0, memoryBytes: null });
    for (const who of [mia, ben]) {
      const accountId = await idOf(who);
      const permission = await ada.call(torrentRoutes.changePermission, { accountId, allowed: true });
      expect(permission).toMatchObject({ allowed: true, usedBytes: 0 });
    }
    expect(await mia.call(torrentRoutes.access)).toMatchObject({ enabled: true, allowed: true, administrator: false });
  }); // prettier-ignore

  test('a child, and whoever has an age limit, never', async () => {
    const limited = [await admit('kid', 'child'), await admit('teen', 'member', 16)];
    for (const who of limited) {
      const accountId = await idOf(who);
      const allow = { accountId, allowed: true };
      expect(await codeOf(ada, torrentRoutes.changePermission, allow)).toBe('TORRENTS_NOT_ALLOWED');
      expect(await who.call(torrentRoutes.access)).toMatchObject({ allowed: false });
      expect(await codesOf(who, memberRoutes, anything)).toEqual(all(memberRoutes, 'TORRENTS_NOT_ALLOWED'));
      await expectNoPlaying(who, anything, ['TORRENTS_NOT_ALLOWED', 'NOT_FOUND']);
    }
    const { items } = await ada.call(torrentRoutes.permissions);
    expect(Object.fromEntries(items.map(({ username, allowed }) => [username, allowed]))).toEqual(
      { ada: true, mia: true, ben: true, kid: false, teen: false },
    );
  }); // prettier-ignore

  test('a link and a .torrent say what is in them, without being added', async () => {
    const link = await mia.call(torrentRoutes.parse, { magnet: unknownMagnet });
    expect(link).toMatchObject({
      infoHash: unknownHash,
      files: [],
      guess: { resolution: '720p', year: 2019 },
    });
    const response = await upload(mia, torrentRoutes.parse, film.metainfo);
    expect(response.status).toBe(200);
    const said = torrentRoutes.parse.reply.parse(await response.json());
    expect(said).toMatchObject({ infoHash: film.infoHash, guess: { title: 'Meadow', year: 2019 } });
    expect(said.files.map(({ name, kind, playable }) => [name, kind, playable]).sort()).toEqual([
      ['Meadow.2019.1080p.mkv', 'video', true],
      ['Meadow.srt', 'subtitle', false],
      ['info.txt', 'other', false],
    ]);
    expect(said.files.find(({ index }) => index === said.bestFileIndex)?.name).toBe('Meadow.2019.1080p.mkv');
    expect((await mia.call(torrentRoutes.list)).items).toEqual([]);
  });

  test('what is none is refused, and so is a form where none is asked for', async () => {
    const { status } = await upload(mia, torrentRoutes.add, Buffer.from('no torrent at all'));
    expect(status).toBe(422);
    expect((await upload(mia, torrentRoutes.parse, Buffer.alloc(9 * megabyte))).status).toBe(413);
    expect((await upload(mia, torrentRoutes.convert, film.metainfo)).status).toBe(415);
    expect((await upload(mia, torrentRoutes.add, film.metainfo, { fileIndices: 'one' })).status).toBe(400);
    const empty = await mia.fetch(torrentRoutes.add.path, { method: 'POST', body: new FormData() });
    expect(empty.status).toBe(400);
    const invalid = ['magnet:?xt=urn:btih:nothing', `magnet:?xt=urn:btmh:1220${'ab'.repeat(32)}`, `${siteUrl}/none`];
    for (const magnet of invalid) expect(await codeOf(mia, torrentRoutes.add, { magnet })).toBe('TORRENT_INVALID');
    expect((await mia.call(torrentRoutes.list)).items).toEqual([]);
  }); // prettier-ignore

  test('fetched as a whole: told about, paused, not fetched again after a restart, gone with its data', async () => {
    const heard: [name: string, payload: unknown][] = [];
    const listen = (client: Client): Socket => {
      const auth = { token: client.accessToken ?? '' };
      const socket = io(hearth.client.baseUrl, { path: eventsPath, auth, transports: ['websocket'] });
      socket.onAny((name: string, payload: unknown) => heard.push([name, payload]));
      return socket;
    };
    const socket = listen(mia);
    const stranger: string[] = [];
    const other = io(hearth.client.baseUrl, {
      ...{ path: eventsPath, transports: ['websocket'], auth: { token: ben.accessToken ?? '' } },
    });
    other.onAny((name: string) => stranger.push(name));
    await waitFor(() => socket.connected && other.connected, 'the sockets');
    await film.allow(300_000);
    const added = await mia.call(torrentRoutes.add, { magnet: film.magnet, download: true });
    expect(added).toMatchObject({ infoHash: film.infoHash, mine: true, addedBy: 'mia', download: true, kept: 'no' });
    await waitFor(() => film.isWaiting(), 'the seeder to hold back', 60_000);
    const { items } = await mia.call(torrentRoutes.list);
    expect(items).toHaveLength(1);
    expect(items[0]?.name).toBe('Meadow.2019.1080p.WEB.H264-GRP');
    await waitFor(async () => (await hearth.client.call(systemRoutes.health)).activeTorrents === 1, 'the count');
    expect((await ada.call(torrentRoutes.engine)).state).toBe('running');
    const paused = await mia.call(torrentRoutes.pause, { hash: film.infoHash });
    expect(paused.state).toBe('paused');
    await film.allowAll();
    expect((await mia.call(torrentRoutes.resume, { hash: film.infoHash })).state).not.toBe('paused');
    const details = await complete(mia, film.infoHash);
    expect(details.files.map(({ name, priority }) => [name, priority])).toContainEqual(['info.txt', 'skip']);
    expect(details.readers).toEqual([]);
    const numbers = serverEvents['torrent.numbers'].payload;
    const told = (): number[] =>
      heard
        .filter(([name]) => name === 'torrent.numbers')
        .flatMap(([, payload]) => numbers.parse(payload).items.map(({ progress }) => progress));
    await waitFor(() => told().includes(100), 'the numbers', 30_000);
    expect(heard.some(([name]) => name === 'torrent.changed')).toBe(true);
    expect(stranger).toEqual([]);
    socket.disconnect();
    other.disconnect();
    await film.forgetServed();
    await hearth.stop();
    await hearth.boot();
    [ada, mia, ben] = [ada, mia, ben].map((client) => hearth.client.as(client.accessToken)) as [Client, Client, Client];
    const again = await complete(mia, film.infoHash);
    expect(again).toMatchObject({ download: true, name: details.name, addedAt: details.addedAt });
    await torrentThat(mia, film.infoHash, 'is checked', ({ haveBytes }) => haveBytes >= megabyte);
    expect((await film.served()).every((bytes) => bytes === 0)).toBe(true);
    const folder = join(hearth.dataDirectory, 'torrents', film.infoHash);
    expect(existsSync(folder)).toBe(true);
    await mia.call(torrentRoutes.remove, { hash: film.infoHash });
    expect(existsSync(folder)).toBe(false);
    expect((await mia.call(torrentRoutes.list)).items).toEqual([]);
  }, 180_000); // prettier-ignore

  test('by upload and by address; a link becomes a .torrent', async () => {
    const response = await upload(mia, torrentRoutes.add, film.metainfo, { shared: 'true', fileIndices: '0' });
    expect(response.status).toBe(201);
    const added = torrentRoutes.add.reply.parse(await response.json());
    expect(added).toMatchObject({ infoHash: film.infoHash, shared: true, playFileId: expect.stringMatching(/^torrent-/) });
    await remove(film.infoHash);
    for (const path of ['/film.torrent', '/moved']) {
      const { infoHash } = await mia.call(torrentRoutes.add, { magnet: `${siteUrl}${path}` });
      expect(infoHash).toBe(film.infoHash);
      await remove(infoHash);
    }
    const converted = await mia.send(torrentRoutes.convert, { magnet: pack.magnet });
    expect([converted.status, converted.headers.get('content-type')]).toEqual([200, 'application/x-bittorrent']);
    const bytes = new Uint8Array(await converted.arrayBuffer());
    const said = torrentRoutes.parse.reply.parse(await (await upload(mia, torrentRoutes.parse, bytes)).json());
    expect(said).toMatchObject({ infoHash: pack.infoHash, size: 400_000 });
    expect((await mia.call(torrentRoutes.list)).items).toEqual([]);
  }, 120_000); // prettier-ignore

  test('what is another’s does not exist, on every route', async () => {
    await mia.call(torrentRoutes.add, { magnet: pack.magnet });
    const details = await torrentThat(mia, pack.infoHash, 'is known', ({ files }) => files.length === 2);
    expect(details.files.every(({ fileId }) => fileId?.startsWith('torrent-'))).toBe(true);
    const input = { ...anything, hash: pack.infoHash, id: pack.infoHash };
    const ofStreams = [streamRoutes.bytes, streamRoutes.torrentStatus, streamRoutes.seek];
    const aboutOne = [...memberRoutes.filter(({ path }) => path.includes(':hash')), ...ofStreams];
    expect(aboutOne).toHaveLength(10);
    expect(await codesOf(ben, aboutOne, input)).toEqual(all(aboutOne, 'NOT_FOUND'));
    expect((await ben.call(torrentRoutes.list)).items).toEqual([]);
    expect((await ada.call(torrentRoutes.list)).items).toMatchObject([{ mine: false, addedBy: 'mia' }]);
    await mia.call(torrentRoutes.change, { hash: pack.infoHash, shared: true });
    expect(await ben.call(torrentRoutes.info, { hash: pack.infoHash })).toMatchObject({
      mine: false,
      shared: true,
    });
    expect(await codeOf(ben, torrentRoutes.remove, { hash: pack.infoHash })).toBe('FORBIDDEN');
    const priorities = [{ index: 0, priority: 'skip' as const }];
    await mia.call(torrentRoutes.change, { hash: pack.infoHash, download: true, priorities });
    const half = await complete(mia, pack.infoHash);
    expect(half.files.map(({ priority, progress }) => [priority, progress === 100])).toEqual([
      ['skip', false],
      ['normal', true],
    ]);
    // A quota, once it is used up.
    const accountId = await idOf(mia);
    const permission = await ada.call(torrentRoutes.changePermission, { accountId, quotaBytes: 300_000 });
    expect(permission).toMatchObject({ quotaBytes: 300_000, usedBytes: 200_000 });
    const full = await upload(mia, torrentRoutes.add, film.metainfo, { download: 'true' });
    expect([full.status, torrentProblem(await full.json())]).toEqual([409, 'QUOTA_EXCEEDED']);
    await remove(pack.infoHash);
    expect((await ben.call(torrentRoutes.list)).items).toEqual([]);
  }, 120_000);

  test('settings are checked, hold at once, and are there after a restart; members have no say', async () => {
    const wrong = { proxy: 'nonsense', watchFolder: hearth.dataDirectory };
    const { problem } = await ada.refused(torrentRoutes.changeSettings, wrong);
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['proxy', 'watchFolder']);
    const changed = await ada.call(torrentRoutes.changeSettings, { downloadLimit: 123_456, maxActive: 2 });
    expect(changed).toMatchObject({ downloadLimit: 123_456, maxActive: 2, enabled: true });
    expect((await mia.refused(torrentRoutes.changeSettings, { enabled: false })).status).toBe(403);
    await hearth.stop('SIGKILL');
    await hearth.boot();
    [ada, mia] = [hearth.client.as(ada.accessToken), hearth.client.as(mia.accessToken)];
    expect(await ada.call(torrentRoutes.settings)).toEqual(changed);
    expect((await ada.call(torrentRoutes.refreshLists)).trackerList.error).toBeNull();
    const off = await ada.call(torrentRoutes.changeSettings, { enabled: false });
    expect(off.enabled).toBe(false);
    expect(await codeOf(mia, torrentRoutes.list)).toBe('TORRENTS_DISABLED');
    const health = await hearth.client.call(systemRoutes.health);
    expect(health).toMatchObject({ activeTorrents: 0, downloadSpeed: 0, uploadSpeed: 0 });
  });
});

const torrentProblem = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
