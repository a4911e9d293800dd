import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AccountEntity } from '../../user/account.entity.js';
import { PlayStateEntity } from '../../user/play-state.entity.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { sittingIdleMs } from './renderer-sittings.service.js';
import {
  bedroom,
  household,
  libraryClips,
  livingRoom,
  serve,
  television,
} from './renderer-household.contract.js';

let clips: Awaited<ReturnType<typeof libraryClips>>;
let home: Awaited<ReturnType<typeof household>>;
let now: ReturnType<typeof serve>;
beforeAll(async () => void (clips = await libraryClips()));
beforeEach(async () => {
  home = await household(clips);
  now = serve(home.opened);
});
afterEach(async () => {
  now.continuous.close();
  await home.close();
});
const wire = (): void => {
  now.continuous.close();
  now = serve(home.opened);
};

const rows = () =>
  home.opened.database.read.find(PlaybackSessionEntity, { order: { startedAt: 'ASC', id: 'ASC' } });
const limit = async (account: Partial<AccountEntity>): Promise<void> => {
  await home.opened.database.write((manager) => manager.update(AccountEntity, { id: 'ada' }, account));
  wire();
};
const report = (
  fileId: string,
  positionSeconds: number,
  device = livingRoom,
  state: 'playing' | 'stopped' = 'playing',
) => now.service.report({ accountId: 'ada', device, fileId, positionSeconds, state });
const convert = (fileId: string, device = livingRoom) =>
  now.service.openConversion(fileId, 'ada', television, device);
async function some(stream: Readable): Promise<void> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) if (chunk) return;
}

describe('what a renderer is offered', () => {
  test('every version of a film, what plays as it is first; a file and an episode by their own ids', async () => {
    const items = [{ titleId: 'film' }, { titleId: 'series', episodeId: 'e2' }, { fileId: 'track' }];
    const offers = await now.offers.of('ada', television, items);
    expect([...offers.keys()].sort()).toEqual(['e2', 'film', 'track']);
    expect(offers.get('film')?.map(({ fileId, action }) => [fileId, action])).toEqual([['mp4', 'direct'], ['mkv', 'convert']]); // prettier-ignore
    const [direct, converted] = offers.get('film') ?? [];
    expect(direct).toMatchObject({ reasons: [], original: { size: (await stat(clips.mp4.path)).size, format: { container: 'mp4', video: { codec: 'h264' }, audio: { codec: 'aac' } } } }); // prettier-ignore
    expect(converted?.converted?.format).toMatchObject({
      container: 'mpegts',
      audio: { codec: 'ac3', channels: 2 },
    });
    expect(converted?.reasons).toContain('This device does not play this Matroska file.');
    expect(offers.get('track')?.[0]).toMatchObject({
      action: 'convert',
      converted: { format: { container: 'mp3' } },
    });
  });

  test('photos by what they are', async () => {
    const offers = await now.offers.of('ada', television, [{ fileId: 'photo' }, { fileId: 'raw' }]);
    expect(offers.get('photo')?.[0]).toMatchObject({
      action: 'direct',
      original: { format: { container: 'jpeg' } },
    });
    expect(offers.get('raw')?.[0]).toMatchObject({ action: 'none', converted: null });
  });

  test('nothing that the account may not see', async () => {
    await limit({ hiddenLibraryIds: ['films'] });
    expect((await now.offers.of('ada', television, [{ titleId: 'film' }, { fileId: 'track' }])).size).toBe(0);
    await expect(now.service.openBytes('mp4', 'ada')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(convert('mkv')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(now.offers.ofTitle('ada', television, 'film')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await now.offers.ofTitle('mia', television, 'film')).length).toBe(2);
  });

  test('a hundred items take as many statements as three', async () => {
    const source = home.opened.database.read.connection;
    let statements = 0;
    const none = (): void => undefined;
    const quiet = source.logger;
    source.logger = { logQuery: () => (statements += 1), logQueryError: none, logQuerySlow: none, logSchemaBuild: none, logMigration: none, log: none }; // prettier-ignore
    const count = async (items: Parameters<typeof now.offers.of>[2]): Promise<number> => {
      statements = 0;
      await now.offers.of('ada', television, items);
      return statements;
    };
    const three = [{ titleId: 'film' }, { titleId: 'series', episodeId: 'e1' }, { fileId: 'track' }];
    await count(three); // what is kept from now on
    const few = await count(three);
    const many = await count(Array.from({ length: 100 }, (_, at) => three[at % 3] ?? {}));
    source.logger = quiet;
    expect(many).toBe(few);
    expect(few).toBeGreaterThan(2);
    expect(few).toBeLessThanOrEqual(7);
  });
});

describe('bytes', () => {
  test('any range of a film, of music, of a photo', async () => {
    const film = await now.service.openBytes('mp4', 'ada', livingRoom);
    const whole = await readFile(clips.mp4.path);
    expect([film.size, film.durationSeconds]).toEqual([whole.length, clips.mp4.media.durationSeconds]);
    expect(await buffer(film.read(1000, 250_000))).toEqual(whole.subarray(1000, 250_001));
    const photo = await now.service.openBytes('photo', 'ada');
    expect((await buffer(photo.read(0, photo.size - 1))).toString()).toBe('jpeg bytes');
    expect((await now.service.openBytes('track', 'ada', livingRoom)).media.format.container).toBe('flac');
    expect(await rows()).toEqual([]);
  });

  test('a file whose disk is away says so', async () => {
    await rm(join(home.folder, 'holiday.jpg'));
    await expect(now.service.openBytes('photo', 'ada')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  test('no more, once an administrator has ended what is played', async () => {
    const film = await now.service.openBytes('mp4', 'ada', livingRoom);
    await report('mp4', 3);
    const [row] = await rows();
    now.live.endForGood(row?.id ?? '');
    await expect(buffer(film.read(0, film.size - 1))).rejects.toThrow();
    await expect(now.service.openBytes('mp4', 'ada', livingRoom)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(now.service.openBytes('mp4', 'ada', bedroom)).resolves.toBeDefined();
  });

  test('no faster than the account may', async () => {
    await limit({ bandwidth: 800_000 });
    const film = await now.service.openBytes('mp4', 'ada', livingRoom);
    const began = performance.now();
    await buffer(film.read(0, 99_999));
    // 100 kB at 100 kB a second, of which a quarter of a second goes at once.
    expect(performance.now() - began).toBeGreaterThan(600);
  });

  test('not while the account plays as much as it may elsewhere', async () => {
    await limit({ maxStreams: 1 });
    await report('mp4', 3, bedroom);
    await expect(now.service.openBytes('again', 'ada', livingRoom)).rejects.toMatchObject({
      code: 'STREAM_LIMIT_REACHED',
    });
    await expect(now.service.openBytes('again', 'ada', bedroom)).resolves.toBeDefined();
    await expect(now.service.openBytes('track', 'ada', livingRoom)).resolves.toBeDefined();
  });
});

describe('a sitting', () => {
  test('is one entry of the history, however often the screen comes back, and over a restart', async () => {
    await report('mp4', 5);
    await report('mp4', 15);
    wire();
    await report('mp4', 25, livingRoom, 'stopped');
    expect(await rows()).toMatchObject([{ accountId: 'ada', titleId: 'film', fileId: 'mp4', deviceName: 'Living room', positionSeconds: 25, completed: false }]); // prettier-ignore
    await report('mp4', 39);
    expect(await rows()).toMatchObject([{ completed: true }]);
    const state = await home.opened.database.read.findOneByOrFail(PlayStateEntity, {
      accountId: 'ada',
      itemId: 'film',
    });
    expect(state).toMatchObject({ positionSeconds: 39, watched: true, playCount: 1 });
  });

  test('is another one on another screen, and after a long while', async () => {
    await report('mp4', 5);
    await report('mp4', 9, bedroom);
    expect((await rows()).map(({ deviceName }) => deviceName)).toEqual(['Living room', 'Bedroom']);
    await now.sittings.sweep(Date.now() + sittingIdleMs + 1000);
    expect((await rows()).every(({ endedAt }) => endedAt !== null)).toBe(true);
    const longAgo = Date.now() - sittingIdleMs - 1000;
    await home.opened.database.write((m) =>
      m.update(PlaybackSessionEntity, { accountId: 'ada' }, { updatedAt: longAgo }),
    );
    await report('mp4', 12);
    expect(await rows()).toHaveLength(3);
  });

  test('moves every episode that a file holds', async () => {
    await report('double', 20);
    const states = await home.opened.database.read.findBy(PlayStateEntity, { accountId: 'ada' });
    expect(states.map(({ itemId, positionSeconds }) => [itemId, positionSeconds]).sort()).toEqual([['e1', 20], ['e2', 20]]); // prettier-ignore
    expect(await rows()).toMatchObject([{ titleId: 'series', episodeId: 'e1' }]);
  });

  test('leaves nothing of music and photos', async () => {
    await report('track', 10);
    await report('photo', 0);
    expect(await rows()).toEqual([]);
  });

  test('of two reports at once is one', async () => {
    await Promise.all([report('mp4', 5), report('mp4', 6), report('mp4', 7)]);
    expect(await rows()).toHaveLength(1);
  });
});

describe('a conversion', () => {
  test('counts and shows once it runs, and ends with its reader', async () => {
    const { start, media } = await convert('mkv');
    expect(media.format.container).toBe('mpegts');
    expect(await rows()).toEqual([]);
    const { stream, startSeconds, sentSeconds } = await start(24);
    expect(startSeconds).toBeCloseTo(24, 0);
    await some(stream);
    const [row] = await rows();
    expect(row).toMatchObject({ method: 'transcode', deviceName: 'Living room', endedAt: null, plan: { streams: { audio: [{ to: 'ac3' }] } } }); // prettier-ignore
    const session = now.live.find(row?.id ?? '');
    expect(session?.beside()).toMatchObject([{ error: null }]);
    expect(session?.playing).toBe(true);
    expect(session?.speed.bytesPerSecond).toBeGreaterThan(0);
    expect(sentSeconds()).toBeGreaterThanOrEqual(startSeconds);
    stream.destroy();
    await new Promise((done) => stream.once('close', done));
    expect(session?.beside()).toEqual([]);
    for (const end = Date.now() + 10_000; now.continuous.pids.length > 0 && Date.now() < end; ) await new Promise((done) => setTimeout(done, 20)); // prettier-ignore
    expect(now.continuous.pids).toEqual([]);
    await report('mkv', 30);
    expect(await rows()).toHaveLength(1);
  });

  test('a seek is the same sitting; another film on the same screen takes its place', async () => {
    const first = await (await convert('mkv')).start(0);
    const second = await (await convert('mkv')).start(10);
    expect(await rows()).toHaveLength(1);
    first.stream.destroy();
    await (await convert('double', bedroom)).start(0);
    const closed = new Promise((done) => second.stream.once('close', done));
    const third = await (await convert('double')).start(0);
    await closed;
    expect((await now.limits.running()).map(({ fileId }) => fileId)).toEqual(['double', 'double']);
    third.stream.destroy();
  });

  test('is refused where the server converts as much as it may', async () => {
    await (await convert('mkv', { id: 'a', name: 'A' })).start(0);
    await (await convert('mkv', { id: 'b', name: 'B' })).start(0);
    const third = (await convert('mkv', { id: 'c', name: 'C' })).start(0);
    await expect(third).rejects.toMatchObject({ code: 'STREAM_LIMIT_REACHED' });
  });

  test('that an administrator ends, ends, and does not begin again by itself', async () => {
    const { stream } = await (await convert('mkv')).start(0);
    const closed = new Promise((done) => stream.once('close', done));
    const [row] = await rows();
    now.live.close(row?.id ?? '');
    now.live.endForGood(row?.id ?? '');
    await closed;
    await expect((await convert('mkv')).start(12)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('of a file that is gone says so', async () => {
    await rm(join(home.folder, 'mkv.mkv'));
    await expect((await convert('mkv')).start(0)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  test('of music leaves no session, and is MP3', async () => {
    const { start, media } = await convert('track');
    expect(media).toMatchObject({
      format: { container: 'mp3', audio: { codec: 'mp3' } },
      sampleRate: 48_000,
    });
    const { stream } = await start(30);
    expect((await buffer(stream)).length).toBeGreaterThan(100_000);
    expect(await rows()).toEqual([]);
  });
});
