import type { Caller } from '../../common/http/caller.js';
import { stageTorrent, TorrentsStage } from '../../../../tests/support/torrents-stage.js';
import { mayUse } from './may-use.js';

const film = stageTorrent('Meadow (2019)', { 'Meadow.mkv': 100_000 });
const big = stageTorrent('Harbour (2011)', { 'Harbour.mkv': 50_000, 'Extras.mkv': 60_000 });

let stage: TorrentsStage;
let ada: Caller;
let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});
async function open(env?: Record<string, string>): Promise<void> {
  stage = await TorrentsStage.open(env);
  close = () => stage.close();
  ada = await stage.person('ada', 'admin');
}
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );
const add = (who: Caller, torrent = film, download = false): Promise<unknown> =>
  stage.torrents.add({ link: torrent.magnet, download, shared: false }, who);

const person = { id: 'x', username: 'x', role: 'member' as const, disabled: false, limited: false };
test.each([
  ['nobody', undefined, true, false],
  ['an administrator', { ...person, role: 'admin' as const }, false, true],
  ['an administrator with an age limit', { ...person, role: 'admin' as const, limited: true }, false, true],
  ['a disabled administrator', { ...person, role: 'admin' as const, disabled: true }, true, false],
  ['a member', person, false, false],
  ['a member who is allowed', person, true, true],
  ['a member with an age limit', { ...person, limited: true }, true, false],
  ['a disabled member', { ...person, disabled: true }, true, false],
  ['a child', { ...person, role: 'child' as const }, true, false],
])('%s', (_, who, isAllowed, may) => {
  expect(mayUse(who, isAllowed)).toBe(may);
});

test('who may not is told so; nobody may while torrents are off', async () => {
  await open();
  const mia = await stage.person('mia', 'member');
  const kid = await stage.person('kid', 'child');
  const teen = await stage.person('teen', 'member', { maxAge: 16 });
  for (const who of [mia, kid, teen]) expect(await codeOf(add(who))).toBe('TORRENTS_NOT_ALLOWED');
  for (const { accountId } of [kid, teen])
    expect(await codeOf(stage.access.changePermission(accountId, { allowed: true }))).toBe('TORRENTS_NOT_ALLOWED');
  expect(await stage.access.changePermission('mia', { allowed: true })).toMatchObject({ allowed: true, usedBytes: 0 });
  expect(await codeOf(add(mia))).toBe('done');
  await stage.access.changePermission('mia', { allowed: false });
  expect(await codeOf(stage.torrents.list(mia))).toBe('TORRENTS_NOT_ALLOWED');
  expect(await stage.torrents.maySee(film.infoHash, 'mia')).toBe(false);
  await stage.settings.change({ enabled: false });
  expect(await codeOf(stage.torrents.list(ada))).toBe('TORRENTS_DISABLED');
  expect(await stage.torrents.maySee(film.infoHash, 'ada')).toBe(false);
  expect(await stage.access.describe('ada')).toMatchObject({ enabled: false, allowed: true, administrator: true });
}); // prettier-ignore

test('what is downloaded and kept counts, what is watched does not', async () => {
  await open();
  for (const torrent of [film, big]) stage.engine.provide(torrent);
  const mia = await stage.user('mia');
  await stage.access.changePermission('mia', { quotaBytes: 120_000 });
  await add(mia, film);
  expect(await stage.access.describe('mia')).toMatchObject({ quotaBytes: 120_000, usedBytes: 0 });
  await stage.torrents.metadata(film.infoHash);
  await stage.torrents.change(film.infoHash, { download: true }, mia);
  expect((await stage.access.describe('mia')).usedBytes).toBe(100_000);
  // The size of a .torrent is known at once.
  const upload = { metainfo: big.metainfo, download: true, shared: false };
  expect(await codeOf(stage.torrents.add(upload, mia))).toBe('QUOTA_EXCEEDED');
  expect(await stage.torrents.list(mia)).toHaveLength(1);
  // Of a link later: it can be watched all the same, and says why it is not kept.
  await add(mia, big, true);
  await stage.torrents.metadata(big.infoHash);
  const torrent = await stage.torrents.torrent(big.infoHash, mia);
  expect(torrent).toMatchObject({ download: false, message: expect.stringMatching(/larger than the space/) });
  expect(await codeOf(stage.torrents.change(big.infoHash, { download: true }, mia))).toBe('QUOTA_EXCEEDED');
  expect(await stage.torrents.torrent(big.infoHash, mia)).toMatchObject({ download: false });
  await stage.torrents.change(film.infoHash, { download: false }, mia);
  const extras = [{ index: 1, priority: 'skip' as const }];
  const changed = await stage.torrents.change(big.infoHash, { download: true, priorities: extras }, mia);
  expect(changed).toMatchObject({ download: true, message: '' });
  expect((await stage.access.describe('mia')).usedBytes).toBe(50_000);
  // Administrators have no quota.
  await stage.access.changePermission('ada', { quotaBytes: 1 });
  await add(ada, film, true);
});

test('what is kept counts too: more than fits is not kept, and what was wished for before stays', async () => {
  await open();
  for (const torrent of [film, big]) stage.engine.provide(torrent);
  const mia = await stage.user('mia');
  await stage.access.changePermission('mia', { quotaBytes: 120_000 });
  await add(mia, big);
  await stage.torrents.metadata(big.infoHash);
  await stage.torrents.change(big.infoHash, { priorities: [{ index: 1, priority: 'skip' }] }, mia);
  await stage.torrents.change(big.infoHash, { download: true }, mia);
  await add(mia, film);
  await stage.torrents.metadata(film.infoHash);
  expect(await codeOf(stage.torrents.keep(film.infoHash, [0], mia))).toBe('QUOTA_EXCEEDED');
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ kept: 'no', download: false });
  expect((await stage.access.describe('mia')).usedBytes).toBe(50_000);
  // What is downloaded anyway takes no more room when it is kept.
  expect(await codeOf(stage.torrents.keep(big.infoHash, [0], mia))).toBe('done');
  await stage.access.changePermission('mia', { quotaBytes: 100_000 });
  expect(await codeOf(stage.torrents.keep(big.infoHash, [0, 1], mia))).toBe('QUOTA_EXCEEDED');
  expect(await stage.torrents.torrent(big.infoHash, mia)).toMatchObject({ kept: 'pending', download: true });
  expect((await stage.access.describe('mia')).usedBytes).toBe(50_000);
});

test('what will not be kept after all is free again; what is in a library stays kept', async () => {
  await open();
  stage.engine.provide(film);
  const mia = await stage.user('mia');
  await add(mia, film);
  await stage.torrents.metadata(film.infoHash);
  await stage.torrents.change(film.infoHash, { priorities: [{ index: 0, priority: 'skip' }] }, mia);
  await stage.torrents.keep(film.infoHash, [0], mia);
  expect((await stage.access.describe('mia')).usedBytes).toBe(100_000);
  await stage.torrents.markKept(film.infoHash, 'no');
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ kept: 'no', state: 'waiting' });
  expect((await stage.access.describe('mia')).usedBytes).toBe(0);
  // Nor is it fetched because somebody once wished to keep it.
  const { files } = await stage.torrents.details(film.infoHash, mia);
  expect(files.find(({ index }) => index === 0)).toMatchObject({ priority: 'skip' });
  await stage.torrents.markKept(film.infoHash, 'yes');
  await stage.torrents.markKept(film.infoHash, 'no');
  expect(await stage.torrents.torrent(film.infoHash, mia)).toMatchObject({ kept: 'yes' });
  await stage.torrents.markKept('0'.repeat(40), 'no'); // gone meanwhile
});

test('how many torrents somebody watches at the same time', async () => {
  await open();
  await stage.user('mia');
  const left = (id: string, playing: number): Promise<string> =>
    codeOf(stage.torrents.mustHaveStreamLeft(id, playing));
  expect(await left('mia', 99)).toBe('done');
  await stage.access.changePermission('mia', { maxStreams: 2 });
  expect([await left('mia', 1), await left('mia', 2)]).toEqual(['done', 'STREAM_LIMIT_REACHED']);
  await stage.access.changePermission('ada', { maxStreams: 0 });
  expect(await left('ada', 5)).toBe('done');
});

test('what belonged to people who are gone is gone with the next start', async () => {
  await open();
  await add(await stage.user('mia'));
  await stage.dismiss('mia');
  await stage.stop();
  const next = await TorrentsStage.open({}, stage);
  expect(await next.torrents.list(ada)).toEqual([]);
  await next.stop();
});
