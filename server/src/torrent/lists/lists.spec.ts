import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { directEgress, type Egress } from '../../common/fetch/egress.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import type { guardedFetch } from '../../common/fetch/guarded-fetch.js';
import { BlockListService } from './block-list.service.js';
import { defaultTrackers } from './default-trackers.js';
import { TrackerListService, type TrackerListSettings } from './tracker-list.service.js';
import { trackerVerdict } from './tracker-rules.js';

const DAY = 24 * 60 * 60 * 1000;
const URL_A = 'https://lists.example.org/a';
const settings: TrackerListSettings = {
  url: URL_A,
  extra: [],
  blocked: [],
  allowPrivate: false,
  allowPrivateHosts: [],
};
const own = 'http://own.example.org/announce';

let directory: string;
/** What lies at an address; an error is thrown. */
let shelf: Record<string, string | Uint8Array | Error>;
let fetches: { url: string; egress: Egress | undefined }[];
let now: number;

const fetch: typeof guardedFetch = (url, { egress }) => {
  fetches.push({ url, egress });
  const found = shelf[url] ?? new FetchRefused('status', 'The host answered with 404.');
  if (found instanceof Error) return Promise.reject(found);
  return Promise.resolve({ url, status: 200, contentType: null, headers: {}, body: Buffer.from(found) });
};
const options = () => ({
  file: join(directory, 'lists', 'list'),
  logger: { warn: () => undefined },
  fetch,
  now: () => now,
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hearth-lists-'));
  [shelf, fetches, now] = [{}, [], Date.now()];
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('every bundled tracker may be used, and says who runs it', () => {
  expect(defaultTrackers.length).toBeGreaterThan(5);
  const open = { blocked: [], allowPrivate: false };
  expect(defaultTrackers.filter(({ url }) => trackerVerdict(url, open) !== 'allowed')).toEqual([]);
  expect(new Set(defaultTrackers.map(({ url }) => url)).size).toBe(defaultTrackers.length);
});

describe('trackers', () => {
  test('public torrents get those of the list, private ones only their own', async () => {
    const list = new TrackerListService(options());
    await list.configure({ ...settings, url: '', extra: ['udp://extra.example.org:1'] });
    expect(list.trackersFor({ trackers: [own, 'http://127.0.0.1/a'], private: false })).toEqual([
      own,
      'udp://extra.example.org:1',
      ...defaultTrackers.map(({ url }) => url),
    ]);
    expect(list.trackersFor({ trackers: [own], private: true })).toEqual([own]);
    expect(list.status()).toEqual({ count: defaultTrackers.length + 1, refreshedAt: null, error: null });
    expect(fetches).toEqual([]);
  });

  test('what is blocked is in nobody’s list', async () => {
    const list = new TrackerListService(options());
    await list.configure({
      ...settings,
      url: '',
      blocked: ['*.org', 'academictorrents.com', '*.ubuntu.com', '*.raspberrypi.com'],
    });
    expect(list.trackersFor({ trackers: [own, 'http://t.example.net/a'], private: false })).toEqual([
      'http://t.example.net/a',
    ]);
  });

  test('a list is fetched through the way out, cleaned, and kept for the next start', async () => {
    shelf[URL_A] =
      '# comment\nudp://a.example.org:1\n\nhttp://b.example.org/announce, http://10.0.0.1/announce\nudp://a.example.org:1\n';
    const egress: Egress = { localAddresses: ['10.8.0.2'], proxy: null };
    const list = new TrackerListService(options());
    let heard = 0;
    list.onRefreshed = () => (heard += 1);
    await list.configure(settings);
    await list.start(() => egress);
    const status = await list.refresh();
    list.stop();
    expect(fetches).toEqual([{ url: URL_A, egress }]);
    expect(status).toEqual({ count: defaultTrackers.length + 2, refreshedAt: new Date(now), error: null });
    expect(heard).toBe(1);
    expect(list.list().slice(0, 2)).toEqual(['udp://a.example.org:1', 'http://b.example.org/announce']);

    const next = new TrackerListService(options());
    await next.configure(settings);
    await next.start(() => directEgress);
    next.stop();
    expect(next.status()).toMatchObject({ count: defaultTrackers.length + 2, error: null });
    expect(fetches).toHaveLength(1);
  });

  test('what cannot be fetched or is no list leaves the old one', async () => {
    shelf[URL_A] = 'udp://a.example.org:1';
    const list = new TrackerListService(options());
    await list.configure(settings);
    await list.start(() => directEgress);
    await list.refresh();
    for (const broken of [
      new FetchRefused('timeout', 'There was no answer in time.'),
      '<html>moved</html>',
    ]) {
      shelf[URL_A] = broken;
      const status = await list.refresh();
      expect(status.error).toMatch(/in time|no trackers/u);
      expect(status.count).toBe(defaultTrackers.length + 1);
    }
    list.stop();
  });

  test('another address forgets what came from the first', async () => {
    shelf[URL_A] = 'udp://a.example.org:1';
    shelf['https://lists.example.org/b'] = 'udp://b.example.org:1 udp://c.example.org:1';
    const list = new TrackerListService(options());
    await list.configure(settings);
    await list.start(() => directEgress);
    await list.refresh();
    await list.configure({ ...settings, url: 'https://lists.example.org/b' });
    await list.refresh();
    expect(list.list().slice(0, 2)).toEqual(['udp://b.example.org:1', 'udp://c.example.org:1']);
    await list.configure({ ...settings, url: '' });
    expect(list.status()).toEqual({ count: defaultTrackers.length, refreshedAt: null, error: null });
    list.stop();
    expect(await readdir(join(directory, 'lists'))).toEqual([]);
  });

  test('once a day by itself, an hour of rest after a failure, and never after the stop', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      shelf[URL_A] = 'udp://a.example.org:1';
      const list = new TrackerListService({ ...options(), lookMs: 60_000 });
      await list.configure(settings);
      await list.start(() => directEgress);
      await list.refresh();
      expect(fetches).toHaveLength(1);
      const look = async (): Promise<number> => {
        jest.advanceTimersByTime(60_000);
        // What the timer began is the same fetch, or there is none.
        if (fetches.length > before) await list.refresh();
        return fetches.length;
      };
      let before = 1;
      now += DAY - 1000;
      expect(await look()).toBe(1);
      shelf[URL_A] = new FetchRefused('unreachable', 'away');
      now += 2000;
      expect(await look()).toBe(2);
      before = 2;
      now += 1000;
      expect(await look()).toBe(2);
      now += 60 * 60 * 1000;
      expect(await look()).toBe(3);
      list.stop();
      now += 5 * DAY;
      before = 3;
      expect(await look()).toBe(3);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('block list', () => {
  const url = 'https://lists.example.org/p2p.gz';
  const blocks = { url, addresses: ['9.9.9.0/24', 'nonsense'], allowPrivateHosts: [] };

  test('own addresses count at once, those of the list once they are there', async () => {
    shelf[url] = gzipSync('x:1.1.1.0-1.1.1.255\n8.8.8.8\n');
    const list = new BlockListService(options());
    await list.configure(blocks);
    expect([list.has('9.9.9.9'), list.has('::ffff:9.9.9.9'), list.has('1.1.1.1')]).toEqual([
      true,
      true,
      false,
    ]);
    await list.start(() => directEgress);
    expect(await list.refresh()).toEqual({ count: 3, refreshedAt: new Date(now), error: null });
    expect(list.has('1.1.1.1')).toBe(true);
    const ranges = list.ranges();
    expect(ranges).toEqual({
      starts: Uint32Array.of(0x01010100, 0x08080808, 0x09090900),
      ends: Uint32Array.of(0x010101ff, 0x08080808, 0x090909ff),
      ranges6: [],
    });
    await list.configure(blocks);
    expect(list.ranges()).toBe(ranges);
    await list.configure({ ...blocks, addresses: [] });
    expect([list.has('9.9.9.9'), list.has('1.1.1.1')]).toEqual([false, true]);
    list.stop();

    const next = new BlockListService(options());
    await next.configure(blocks);
    await next.start(() => directEgress);
    next.stop();
    expect(next.has('1.1.1.1')).toBe(true);
  });

  test.each([
    ['a page', '<html>\n<p>The list has moved</p>\n</html>'],
    ['a broken archive', Buffer.concat([gzipSync('1.1.1.1').subarray(0, 12), Buffer.alloc(5)])],
    ['a bomb', gzipSync(Buffer.alloc(200 * 1024 * 1024))],
  ])('%s leaves the old list', async (_what, body) => {
    shelf[url] = '1.1.1.1';
    const list = new BlockListService(options());
    await list.configure(blocks);
    await list.start(() => directEgress);
    await list.refresh();
    shelf[url] = body;
    expect((await list.refresh()).error).not.toBeNull();
    expect(list.has('1.1.1.1')).toBe(true);
    list.stop();
  });

  test('a file that was spoilt on the disk is fetched anew', async () => {
    shelf[url] = '1.1.1.1';
    const list = new BlockListService(options());
    await list.configure(blocks);
    await list.start(() => directEgress);
    await list.refresh();
    list.stop();
    const [name = ''] = await readdir(join(directory, 'lists'));
    await writeFile(join(directory, 'lists', name), 'spoilt');
    const next = new BlockListService(options());
    await next.configure(blocks);
    await next.start(() => directEgress);
    await next.refresh();
    next.stop();
    expect(next.has('1.1.1.1')).toBe(true);
  });
});
