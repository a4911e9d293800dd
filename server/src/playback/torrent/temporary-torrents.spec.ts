import type { Torrent } from '@hearth/contract/torrent';
import type { Caller } from '../../common/http/caller.js';
import { notFound } from '../../common/problem-error.js';
import type { TorrentNewsItem } from '../../torrent/torrent.service.js';
import { TemporaryTorrents } from './temporary-torrents.service.js';

const mia: Caller = { accountId: 'mia', role: 'member', sessionId: 'phone' };
const link = 'a'.repeat(40);

/** Torrents of one account; a link is its infohash. */
class Torrents {
  readonly there = new Map<string, Pick<Torrent, 'infoHash' | 'kept' | 'download' | 'shared'>>();
  readonly removed: [string, boolean][] = [];
  tell: (news: TorrentNewsItem) => void = () => undefined;

  add(infoHash: string, more: Partial<Torrent> = {}): void {
    this.there.set(infoHash, { infoHash, kept: 'no', download: false, shared: false, ...more });
  }
  list = () => Promise.resolve([...this.there.values()] as Torrent[]);
  ensure = (infoHash: string) => {
    if (!this.there.has(infoHash)) this.add(infoHash);
    return Promise.resolve(infoHash);
  };
  torrent = (infoHash: string) => {
    const found = this.there.get(infoHash);
    return found ? Promise.resolve(found as Torrent) : Promise.reject(notFound('torrent'));
  };
  remove = (infoHash: string, { data }: { data: boolean }) => {
    this.there.delete(infoHash);
    this.removed.push([infoHash, data]);
    return Promise.resolve();
  };
  watch = (listener: (news: TorrentNewsItem) => void) => {
    this.tell = listener;
    return () => undefined;
  };
}

let torrents: Torrents;
let kept: Map<string, unknown>;
const started = (): TemporaryTorrents => {
  const cache = {
    get: <T>(key: string) => Promise.resolve(kept.get(key) as T | undefined),
    set: (key: string, value: unknown) => Promise.resolve(void kept.set(key, structuredClone(value))),
  };
  const made = new TemporaryTorrents(torrents, cache, { warn: () => undefined });
  made.onApplicationBootstrap();
  return made;
};
beforeEach(() => {
  torrents = new Torrents();
  kept = new Map();
});

test('a torrent goes, with its data, with the last who streams it', async () => {
  const temporary = started();
  const [phone, tablet] = [{}, {}];
  await temporary.use(link, mia, phone);
  await temporary.use(link, mia, tablet);
  await temporary.release(link, 'mia', phone);
  expect(torrents.removed).toEqual([]);
  await temporary.release(link, 'mia', tablet);
  expect(torrents.removed).toEqual([[link, true]]);
});

test('what somebody had before, or came to like meanwhile, stays', async () => {
  const temporary = started();
  torrents.add(link);
  await temporary.use(link, mia, temporary);
  await temporary.release(link, 'mia', temporary);
  for (const [index, more] of [{ kept: 'pending' }, { download: true }, { shared: true }].entries()) {
    const other = String(index).repeat(40);
    await temporary.use(other, mia, temporary);
    torrents.add(other, more as Partial<Torrent>);
    await temporary.release(other, 'mia', temporary);
  }
  expect(torrents.removed).toEqual([]);
});

test('what somebody adds while they stream it is wanted, also after a crash; another’s wish changes nothing', async () => {
  const temporary = started();
  await temporary.use(link, mia, temporary);
  const other = 'b'.repeat(40);
  await temporary.use(other, mia, temporary);
  torrents.tell({ infoHash: link, kind: 'added', accountId: 'mia' });
  torrents.tell({ infoHash: other, kind: 'added', accountId: 'ben' });
  await temporary.release(other, 'mia', temporary);
  expect(kept.get('temporary-torrents')).toEqual([]);
  await temporary.release(link, 'mia', temporary);
  expect(torrents.removed).toEqual([[other, true]]);
});

test('what was taken away and added again is wanted', async () => {
  const temporary = started();
  await temporary.use(link, mia, temporary);
  await torrents.remove(link, { data: true });
  torrents.add(link);
  torrents.tell({ infoHash: link, kind: 'added', accountId: 'mia' });
  await temporary.release(link, 'mia', temporary);
  expect(torrents.there.has(link)).toBe(true);
});

test('what a crash left goes at the next start', async () => {
  await started().use(link, mia, {});
  const gone = Promise.withResolvers<void>();
  const remove = torrents.remove;
  torrents.remove = async (...given) => {
    await remove(...given);
    gone.resolve();
  };
  started();
  await gone.promise;
  expect(torrents.removed).toEqual([[link, true]]);
});
