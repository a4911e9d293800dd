import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { accountRoutes } from '../../contract/src/account.js';
import { torrentRoutes } from '../../contract/src/torrent.js';
import type { Client } from '../support/client.js';
import type { Hearth } from '../support/hearth.js';
import { startSwarm, type Swarm } from '../support/swarm.js';
import { startTorrentHearth } from '../support/torrent-hearth.js';

/** The tracker of browsers, as a browser reaches it: who gets in, to whom they speak, and how much. */
describe('the tracker of browsers', () => {
  let film: Swarm;
  let secret: Swarm;
  let hearth: Hearth;
  let ada: Client;
  let mia: Client;
  let ben: Client;
  let noa: Client;
  const sockets: WebSocket[] = [];

  const admit = async (username: string): Promise<Client> => {
    const login = { username, password: 'long enough' };
    const { id } = await ada.call(accountRoutes.createUser, { ...login, role: 'member' });
    await ada.call(torrentRoutes.changePermission, { accountId: id, allowed: true });
    return hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
  };
  const upload = async (client: Client, { metainfo }: Swarm): Promise<void> => {
    const body = new FormData();
    body.append('torrent', new Blob([new Uint8Array(metainfo)]), 'film.torrent');
    const reply = await client.fetch(torrentRoutes.add.path, { method: 'POST', body });
    expect(reply.status).toBe(201);
  };
  const addressFor = async (client: Client, hash = film.infoHash): Promise<string> => {
    const { swarm } = await client.call(torrentRoutes.browserSwarm, { hash });
    if (!swarm) throw new Error('No swarm');
    return swarm.trackerUrl;
  };
  const dial = (path: string): WebSocket => {
    const socket = new WebSocket(new URL(path, hearth.client.baseUrl.replace('http', 'ws')));
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  /** HTTP status of an upgrade that is refused. */
  const refusal = async (path: string): Promise<number | undefined> => {
    const socket = dial(path);
    const response = await new Promise<{ statusCode?: number }>((resolve, reject) => {
      socket.on('unexpected-response', (_request, answer) => resolve(answer));
      socket.on('open', () => reject(new Error('It was let in')));
    });
    return response.statusCode;
  };
  const enter = async (client: Client): Promise<WebSocket> => {
    const socket = dial(await addressFor(client));
    await once(socket, 'open');
    return socket;
  };
  /** Code that it is closed with; errors on the way there are none of the test's. */
  const closing = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => socket.once('close', resolve));
  const saying = async (socket: WebSocket): Promise<Record<string, unknown>> => {
    const [data] = (await once(socket, 'message')) as [Buffer];
    return JSON.parse(data.toString()) as Record<string, unknown>;
  };
  const binary = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');
  const newId = (): string => randomBytes(20).toString('latin1');
  const sdp = 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
  const announcement = (peer_id = newId(), hash = film.infoHash) => ({
    ...{
      action: 'announce',
      info_hash: binary(hash),
      peer_id,
      numwant: 1,
      uploaded: 0,
      downloaded: 0,
      left: 1,
    },
    offers: [{ offer_id: newId(), offer: { type: 'offer', sdp } }],
  });
  const say = (socket: WebSocket, message: object): void => socket.send(JSON.stringify(message));

  beforeAll(async () => {
    const file = (name: string) => [{ name, from: randomBytes(100_000) }];
    film = await startSwarm({ files: file('Meadow.2019.mkv'), pieceLength: 32 * 1024 });
    secret = await startSwarm({ files: file('Cellar.2020.mkv'), pieceLength: 32 * 1024, private: true });
    ({ hearth, ada } = await startTorrentHearth({}, { browserPeers: true }));
    mia = await admit('mia');
    ben = await admit('ben');
    noa = await admit('noa');
    await upload(mia, film);
    await upload(mia, secret);
  }, 120_000);
  afterEach(async () => {
    const open = sockets.splice(0).filter(({ readyState }) => readyState !== WebSocket.CLOSED);
    await Promise.all(
      open.map(async (socket) => {
        const closed = closing(socket);
        socket.terminate();
        await closed;
      }),
    );
  });
  afterAll(async () => {
    await hearth.dispose();
    await Promise.all([film.close(), secret.close()]);
  });

  test('an address is for who sees the torrent; what it leads to names no tracker and no server', async () => {
    const { swarm } = await mia.call(torrentRoutes.browserSwarm, { hash: film.infoHash });
    const metainfo = Buffer.from(swarm?.metainfo ?? '', 'base64').toString('latin1');
    expect(metainfo).toContain('4:info');
    expect(metainfo).not.toMatch(/announce|url-list|http/);
    expect((await ben.refused(torrentRoutes.browserSwarm, { hash: film.infoHash })).problem.code).toBe(
      'NOT_FOUND',
    );
    // Private ones never, not for anybody.
    expect(await mia.call(torrentRoutes.browserSwarm, { hash: secret.infoHash })).toEqual({ swarm: null });
  });

  test('without a signature, or with one of another account, torrent or time, nobody gets in', async () => {
    const address = await addressFor(mia);
    const url = new URL(address, 'http://x');
    const changed = (name: string, value: string): string => {
      const other = new URL(url);
      other.searchParams.set(name, value);
      return `${other.pathname}${other.search}`;
    };
    const expires = Number(url.searchParams.get('expires'));
    expect(await refusal(url.pathname)).toBe(403);
    expect(await refusal(changed('signature', 'x'.repeat(43)))).toBe(403);
    expect(await refusal(changed('user', (await ben.call(accountRoutes.me)).id))).toBe(403);
    expect(await refusal(changed('expires', String(expires + 60)))).toBe(403);
    expect(await refusal(address.replace(film.infoHash, secret.infoHash))).toBe(403);
  });

  test('browsers of one torrent are brought together; of what is not shared, one’s own only', async () => {
    const [tv, tablet] = [await enter(mia), await enter(mia)];
    const [tvId, tabletId] = [newId(), newId()];
    say(tv, announcement(tvId));
    expect(await saying(tv)).toMatchObject({ incomplete: 1 });
    const offered = announcement(tabletId);
    const heard = saying(tv);
    say(tablet, offered);
    expect(await saying(tablet)).toMatchObject({ incomplete: 2 });
    expect(await heard).toMatchObject({ peer_id: tabletId, ...offered.offers[0] });
    const { info_hash } = offered;
    const offer_id = offered.offers[0]?.offer_id;
    const answer = { type: 'answer', sdp };
    say(tv, { action: 'announce', info_hash, peer_id: tvId, to_peer_id: tabletId, offer_id, answer });
    expect(await saying(tablet)).toMatchObject({ peer_id: tvId, offer_id, answer });
    // An administrator sees every torrent, and meets nobody by that.
    const admin = await enter(ada);
    say(admin, announcement());
    expect(await saying(admin)).toMatchObject({ incomplete: 1 });
    await mia.call(torrentRoutes.change, { hash: film.infoHash, shared: true });
    say(admin, { ...announcement(), offers: [] });
    expect(await closing(admin)).toBe(1007); // under another name
    const again = await enter(ben);
    say(again, { ...announcement(), offers: [] });
    expect(await saying(again)).toMatchObject({ incomplete: 3 });
  });

  test('rubbish, another torrent and too much are shown out; the server goes on', async () => {
    const says = async (data: string | Buffer): Promise<number> => {
      const socket = await enter(ben);
      const closed = closing(socket);
      socket.send(data);
      return closed;
    };
    expect(await says('hello')).toBe(1007);
    expect(await says(randomBytes(100))).toBe(1007);
    expect(await says(JSON.stringify(announcement(newId(), secret.infoHash)))).toBe(1007);
    expect(await says('x'.repeat(100_000))).toBe(1009);
    const flooding = await enter(ben);
    const closed = closing(flooding);
    const peerId = newId();
    for (let count = 0; count < 2000; count++) say(flooding, announcement(peerId));
    expect(await closed).toBe(1008);
    const crowd = await Promise.all(Array.from({ length: 12 }, () => enter(noa)));
    expect(await refusal(await addressFor(noa))).toBe(503);
    const [first] = crowd;
    if (!first) throw new Error('Nobody came in');
    say(first, announcement());
    expect(await saying(first)).toMatchObject({ interval: 300 });
  });

  test('switched off, everybody is shown out and nobody gets an address', async () => {
    const socket = await enter(mia);
    const closed = closing(socket);
    await ada.call(torrentRoutes.changeSettings, { browserPeers: false });
    expect(await closed).toBe(1001);
    expect(await mia.call(torrentRoutes.browserSwarm, { hash: film.infoHash })).toEqual({ swarm: null });
    const late = dial(new URL(await signedBefore(), 'http://x').href.slice('http://x'.length));
    await once(late, 'open');
    const gone = closing(late);
    say(late, announcement());
    expect(await gone).toBe(1001);
  });

  /** An address from before the switch: still signed, and worth nothing. */
  const signedBefore = async (): Promise<string> => {
    await ada.call(torrentRoutes.changeSettings, { browserPeers: true });
    const address = await addressFor(mia);
    await ada.call(torrentRoutes.changeSettings, { browserPeers: false });
    return address;
  };
});
