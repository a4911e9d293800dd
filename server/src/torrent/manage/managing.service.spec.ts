import type { Caller } from '../../common/http/caller.js';
import { stageTorrent, TorrentsStage } from '../../../../tests/support/torrents-stage.js';

const film = stageTorrent('Meadow (2019)', {
  'Meadow.2019.1080p.mkv': 100_000,
  'Meadow.srt': 2000,
  'info.txt': 500,
});
const pack = stageTorrent('Harvest S01', { 'Harvest.S01E01.mkv': 60_000, 'Harvest.S01E02.mkv': 60_000 });
const other = stageTorrent('Harbour (2011)', { 'Harbour.mkv': 50_000 });
const passkey = 'https://tracker.example.org/0123456789abcdef0123456789abcdef/announce';
const closed = stageTorrent('River (2001)', { 'River.mkv': 40_000 }, [passkey]);
const watchOnly = { download: false, shared: false };
const whole = { download: true, shared: false };

let stage: TorrentsStage;
let ada: Caller;
let mia: Caller;
let ben: Caller;

beforeEach(async () => {
  stage = await TorrentsStage.open();
  ada = await stage.person('ada', 'admin');
  mia = await stage.user('mia');
  ben = await stage.user('ben');
  for (const torrent of [film, pack, other, closed]) stage.engine.provide(torrent);
});
afterEach(() => stage.close());

const hashes = async (who: Caller): Promise<string[]> =>
  (await stage.torrents.list(who)).map(({ infoHash }) => infoHash);
const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );
/** Everything that was set going has been done. */
const settled = async (): Promise<void> => {
  await stage.supply.refresh();
  await stage.pulse.settled();
  await stage.supply.refresh();
};

test('a link is known as soon as the swarm says what is in it; nothing is fetched that nobody wants', async () => {
  const news: string[] = [];
  stage.torrents.watch(({ kind, accountId = 'nobody' }) => news.push(`${kind} by ${accountId}`));
  const added = await stage.torrents.add({ link: film.magnet, ...watchOnly }, mia);
  expect(added).toMatchObject({ infoHash: film.infoHash, name: 'Meadow (2019)', mine: true, addedBy: 'mia' });
  const metadata = await stage.torrents.metadata(film.infoHash);
  expect(metadata.files.map(({ name, playable }) => [name, playable])).toEqual([
    ['Meadow.2019.1080p.mkv', true],
    ['Meadow.srt', false],
    ['info.txt', false],
  ]);
  await settled();
  expect(news.toSorted()).toEqual(['added by mia', 'known by nobody']);
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({
    ...{ size: 102_500, bestFileIndex: 0, playFileId: `torrent-${film.infoHash}-0`, kept: 'no' },
    ...{ state: 'waiting', download: false, haveBytes: 0 },
  });
  expect(stage.engine.fetched(film.infoHash)).toEqual([]);
});

test('a whole one is fetched, without what nobody plays, and is complete', async () => {
  await stage.torrents.add({ link: film.magnet, ...whole }, mia);
  await stage.torrents.metadata(film.infoHash);
  await settled();
  expect([...(stage.engine.told(film.infoHash)?.wishes.priorities ?? [])]).toEqual([
    [0, 'normal'],
    [1, 'normal'],
  ]);
  await settled();
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ progress: 100, state: 'seeding' });
  const { files } = await stage.torrents.details(film.infoHash, mia);
  expect(files.map(({ priority, progress }) => [priority, progress])).toEqual([
    ['normal', 100],
    ['normal', 100],
    ['skip', expect.any(Number)],
  ]);
});

test('of what is watched only, nothing but what is kept is fetched; who downloads it gets all', async () => {
  const wanted = async (): Promise<number[]> => {
    await settled();
    return [...(stage.engine.told(pack.infoHash)?.wishes.priorities.keys() ?? [])];
  };
  await stage.torrents.add({ link: pack.magnet, ...watchOnly }, mia);
  await stage.torrents.metadata(pack.infoHash);
  await stage.torrents.keep(pack.infoHash, [1], mia);
  expect(await wanted()).toEqual([1]);
  const { files } = await stage.torrents.details(pack.infoHash, mia);
  expect(files.map(({ priority }) => priority)).toEqual(['skip', 'normal']);
  await stage.torrents.change(pack.infoHash, { download: true }, mia);
  expect(await wanted()).toEqual([0, 1]);
  await stage.torrents.change(pack.infoHash, { download: false }, mia);
  expect(await wanted()).toEqual([1]);
  await stage.torrents.change(pack.infoHash, { priorities: [{ index: 0, priority: 'high' }] }, mia);
  expect(await wanted()).toEqual([0, 1]);
  await stage.torrents.markKept(pack.infoHash, 'no');
  expect(await wanted()).toEqual([]);
});

test('what another added does not exist; shared, it can be watched and nothing else', async () => {
  await stage.torrents.add({ link: film.magnet, ...watchOnly }, mia);
  const { torrents } = stage;
  const alien = [
    () => torrents.torrent(film.infoHash, ben),
    () => torrents.details(film.infoHash, ben),
    () => torrents.remove(film.infoHash, { data: true }, ben),
    () => torrents.pause(film.infoHash, ben),
    () => torrents.resume(film.infoHash, ben),
    () => torrents.change(film.infoHash, { shared: true }, ben),
  ];
  expect(await Promise.all(alien.map((call) => refusal(call())))).toEqual(alien.map(() => 'NOT_FOUND'));
  expect([await hashes(ben), await hashes(mia), await hashes(ada)]).toEqual([
    [],
    [film.infoHash],
    [film.infoHash],
  ]);
  expect([await torrents.maySee(film.infoHash, 'ben'), await torrents.maySee(film.infoHash, 'mia')]).toEqual([false, true]);
  await torrents.change(film.infoHash, { shared: true }, mia);
  expect(await torrents.torrent(film.infoHash, ben)).toMatchObject({ mine: false, addedBy: 'mia', shared: true });
  expect(await Promise.all(alien.slice(2).map((call) => refusal(call())))).toEqual(Array(4).fill('FORBIDDEN'));
  expect(await torrents.maySee(film.infoHash, 'ben')).toBe(true);
  stage.events.length = 0;
  await torrents.change(film.infoHash, { shared: false }, mia);
  expect(stage.events.filter(({ accountId }) => accountId === 'ben')).toMatchObject([
    { name: 'torrent.changed', payload: { infoHash: film.infoHash, removed: true } },
  ]);
  expect(await hashes(ben)).toEqual([]);
}); // prettier-ignore

test('two who add the same one know nothing of each other, and take it away only from themselves', async () => {
  await stage.torrents.add({ link: film.magnet, ...watchOnly }, mia);
  const [first, second] = await Promise.all([
    stage.torrents.add({ link: other.magnet, ...watchOnly }, mia),
    stage.torrents.add({ link: other.magnet, ...watchOnly }, ben),
  ]);
  expect([first.addedBy, second.addedBy]).toEqual(['mia', 'ben']);
  expect(second).toMatchObject({ mine: true, shared: false });
  await stage.torrents.remove(other.infoHash, { data: true }, mia);
  expect([await hashes(mia), await hashes(ben)]).toEqual([[film.infoHash], [other.infoHash]]);
  expect(stage.engine.told(other.infoHash)).toBeDefined();
  await stage.torrents.remove(other.infoHash, { data: true }, ben);
  expect(stage.engine.told(other.infoHash)).toBeUndefined();
  await stage.torrents.remove(film.infoHash, { data: true }, ada);
  expect(await hashes(mia)).toEqual([]);
});

test('a passkey is seen by nobody but who brought it, and is in no log', async () => {
  await stage.torrents.add({ metainfo: closed.metainfo, ...watchOnly, shared: true }, mia);
  await stage.torrents.metadata(closed.infoHash);
  await settled();
  const [own, foreign, administrator] = [
    await stage.torrents.details(closed.infoHash, mia),
    await stage.torrents.details(closed.infoHash, ben),
    await stage.torrents.details(closed.infoHash, ada),
  ];
  expect(decodeURIComponent(own.magnet)).toContain('0123456789abcdef');
  for (const shown of [own.trackers, foreign, administrator, stage.logged])
    expect(decodeURIComponent(JSON.stringify(shown).replaceAll('%"', ''))).not.toContain('0123456789abcdef');
  // Nor does who asks for the .torrent get it, or describes a bare link.
  const converted = await stage.torrents.convert(`magnet:?xt=urn:btih:${closed.infoHash}`, ben);
  expect(Buffer.from(converted).toString('latin1')).not.toContain('0123456789abcdef');
  const parsed = await stage.torrents.parse({ link: `magnet:?xt=urn:btih:${closed.infoHash}` }, ben);
  expect(parsed.files).toHaveLength(1);
  expect(JSON.stringify(parsed)).not.toContain('0123456789abcdef');
});

test('who adds it again brings trackers along: such as may be asked, say nothing of their user, and are new', async () => {
  const [first, second, third] = ['http://a.example.org/a', 'udp://b.example.org:80', 'wss://c.example.org'];
  const trackers = async (who = mia): Promise<string[]> =>
    (await stage.torrents.details(film.infoHash, who)).trackers.map(({ url }) => url.replace(/\/$/, '')).slice(0, 3);
  const link = (...urls: string[]): string =>
    [`magnet:?xt=urn:btih:${film.infoHash}`, ...urls.map((url) => `tr=${encodeURIComponent(url)}`)].join('&');
  stage.engine.provide({ ...film, infoHash: 'f'.repeat(40) });
  await stage.torrents.add({ link: link(first), ...watchOnly }, mia);
  await stage.torrents.pause(film.infoHash, mia);
  await settled();
  await stage.torrents.add({ link: link(first, second, 'http://127.0.0.1/a', passkey), ...watchOnly }, ben);
  expect(stage.engine.told(film.infoHash)?.trackers.slice(0, 2)).toEqual([first, second]);
  expect(stage.engine.told(film.infoHash)?.trackers).not.toContain(passkey);
  const shown = await trackers();
  expect(shown.slice(0, 2)).toEqual([first, second]);
  // Who came first may bring theirs.
  await stage.torrents.add({ link: link(passkey, third), ...watchOnly }, mia);
  expect(stage.engine.told(film.infoHash)?.trackers.slice(0, 4)).toEqual([first, second, passkey, third]);
  const { magnet } = await stage.torrents.details(film.infoHash, ben);
  expect(decodeURIComponent(magnet)).not.toContain('0123456789abcdef');
}); // prettier-ignore

test('a private one asks no tracker that only a link names', async () => {
  const secret = stageTorrent('Brook (2003)', { 'Brook.mkv': 40_000 }, [passkey], { private: 1 });
  await stage.torrents.add({ metainfo: secret.metainfo, ...watchOnly }, mia);
  const link = `magnet:?xt=urn:btih:${secret.infoHash}&tr=${encodeURIComponent('http://a.example.org/a')}`;
  await stage.torrents.add({ link, ...watchOnly }, mia);
  const { trackers } = await stage.torrents.details(secret.infoHash, mia);
  expect(trackers).toHaveLength(1);
});

test('pausing, priorities, and going on', async () => {
  await stage.torrents.add({ link: film.magnet, ...watchOnly }, mia);
  await stage.torrents.metadata(film.infoHash);
  expect((await stage.torrents.pause(film.infoHash, mia)).state).toBe('paused');
  expect(stage.engine.told(film.infoHash)?.wishes.paused).toBe(true);
  const priorities = [
    { index: 0, priority: 'skip' as const },
    { index: 2, priority: 'high' as const },
  ];
  await stage.torrents.change(film.infoHash, { download: true, priorities }, mia);
  expect([...(stage.engine.told(film.infoHash)?.wishes.priorities ?? [])]).toEqual([
    [1, 'normal'],
    [2, 'high'],
  ]);
  expect(stage.engine.fetched(film.infoHash)).toEqual([]);
  await stage.torrents.resume(film.infoHash, mia);
  await settled();
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ progress: 100, state: 'seeding' });
  const unknown = stage.torrents.change(film.infoHash, { priorities: [{ index: 9, priority: 'low' }] }, mia);
  expect(await refusal(unknown)).toBe('VALIDATION_FAILED');
});

test('a failed one begins anew when it is resumed', async () => {
  await stage.torrents.add({ link: film.magnet, ...watchOnly }, mia);
  await stage.torrents.metadata(film.infoHash);
  stage.engine.fail(film.infoHash, 'The disk is full.');
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ state: 'failed', message: 'The disk is full.' });
  expect((await stage.torrents.resume(film.infoHash, mia)).state).toBe('waiting');
}); // prettier-ignore

test('converting leaves nothing behind; with a hang-up neither', async () => {
  const metainfo = await stage.torrents.convert(film.magnet, mia);
  expect((await stage.torrents.parse({ metainfo }, mia)).infoHash).toBe(film.infoHash);
  expect([await hashes(mia), stage.engine.told(film.infoHash)]).toEqual([[], undefined]);
  const nobody = stageTorrent('Nobody has it', { 'x.mkv': 1000 });
  const signal = AbortSignal.abort();
  expect(await refusal(stage.torrents.convert(nobody.magnet, mia, signal))).toBe('TORRENT_METADATA_TIMEOUT');
  expect(await hashes(mia)).toEqual([]);
});

test('what the swarm sends is refused where it breaks the limits, and says why', async () => {
  const trap = stageTorrent('Trap', { 'x.mkv': 1000 });
  stage.engine.provide({ ...trap, metainfo: other.metainfo });
  await stage.torrents.add({ link: trap.magnet, ...watchOnly }, mia);
  expect(await refusal(stage.torrents.metadata(trap.infoHash))).toBe('TORRENT_REFUSED');
  expect(await stage.torrents.torrent(trap.infoHash, mia)).toMatchObject({
    state: 'paused',
    message: expect.stringMatching(/another torrent/),
  });
});
