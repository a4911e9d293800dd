import type { AccountLimits } from '@hearth/contract/account';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.js';
import { Logger, LogSink } from '../common/log/logger.js';
import { FailureMemoryService } from './failure-memory.service.js';
import { LiveSessions } from './live/live-sessions.js';
import { SessionHousekeeping } from './live/session-housekeeping.js';
import { PlaybackFailureEntity } from './playback-failure.entity.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';
import { StreamLimitsService } from './stream-limits.service.js';

let opened: TestDatabase;
let live: LiveSessions;
let limits: StreamLimitsService;
let released: string[];
let accountLimits: AccountLimits;
let made = 0;

beforeEach(async () => {
  opened = await openTestDatabase([PlaybackSessionEntity, PlaybackFailureEntity]);
  await opened.database.write(async (manager) => {
    await manager.query('PRAGMA foreign_keys = OFF');
    for (const id of ['ada', 'mia'])
      await manager.query(
        `INSERT INTO account (id, username, username_key, password_hash, role, preferences, created_at)
         VALUES ('${id}', '${id}', '${id}', '', 'member', '{}', 0)`,
      );
    for (const id of ['laptop', 'phone'])
      await manager.query(
        `INSERT INTO device_session (id, account_id, device_name, user_agent, address, refresh_hash, created_at,
           last_seen_at, expires_at) VALUES ('${id}', 'ada', '${id}', '', '', '', 0, 0, 0)`,
      );
    await manager.query(
      `INSERT INTO library (id, name, kind, created_at) VALUES ('films', 'Films', 'movies', 0)`,
    );
    await manager.query(
      `INSERT INTO title (id, library_id, type, identity, name, sort_name, letter, genres, external_ids, locked_fields,
         random_key, added_at, updated_at)
       VALUES ('film', 'films', 'movie', 'film', 'Film', 'film', 'F', '[]', '{}', '[]', 1, 0, 0)`,
    );
  });
  released = [];
  accountLimits = {
    maxStreams: null,
    maxBitrate: null,
    bandwidth: null,
    maxAge: null,
    hiddenLibraryIds: [],
  };
  const transcoding = { release: (key: string, id: string) => void released.push(`${key}/${id}`) };
  live = new LiveSessions(opened.database, transcoding);
  const accounts = { limits: () => Promise.resolve(accountLimits) };
  limits = new StreamLimitsService(opened.database, accounts, live, {
    maxConcurrentStreams: 2,
    torrents: { streamRateLimit: 10 },
  });
});
afterEach(() => opened.close());

function session(more: Partial<PlaybackSessionEntity> = {}): PlaybackSessionEntity {
  const now = Date.now();
  const streams = { video: null, audio: [], subtitle: null };
  const plan = { reasons: [], streams, quality: '720p', renditions: ['v0-720p', 'a1-aac2'], failureKey: 'x' };
  const method = more.method ?? 'transcode';
  return {
    id: `session${++made}`,
    accountId: 'ada',
    titleId: 'film',
    episodeId: null,
    fileId: null,
    deviceName: '',
    deviceSessionId: 'laptop',
    plan: { ...plan, method },
    method,
    positionSeconds: 0,
    durationSeconds: 100,
    completed: false,
    hidden: false,
    startedAt: now,
    updatedAt: now,
    endedAt: null,
    ...more,
  };
}
const running = async () => (await limits.running()).map(({ id }) => id);
const limit = expect.objectContaining({ code: 'STREAM_LIMIT_REACHED' });

describe('how many may play at the same time', () => {
  test('converted ones, over all accounts; files as they are do not count', async () => {
    await limits.admit(session({ deviceSessionId: 'a' }));
    await limits.admit(session({ accountId: 'mia', deviceSessionId: 'b', method: 'remux' }));
    await expect(limits.admit(session({ deviceSessionId: 'c' }))).rejects.toEqual(limit);
    await limits.admit(session({ deviceSessionId: 'c', method: 'direct' }));
    expect(await running()).toHaveLength(3);
  });

  test('of two that come at once, one is refused', async () => {
    await limits.admit(session({ deviceSessionId: 'a' }));
    const both = ['b', 'c'].map((deviceSessionId) => limits.admit(session({ deviceSessionId })));
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(outcomes.sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('the same device makes room for itself', async () => {
    const first = session();
    await limits.admit(first);
    live.open(first, 'content');
    await limits.admit(session({ deviceSessionId: 'other' }));
    const second = session();
    await limits.admit(second);
    expect(await running()).toEqual(expect.arrayContaining([second.id]));
    expect(await running()).not.toContain(first.id);
    expect(live.find(first.id)).toBeUndefined();
    expect(released).toEqual(['content/v0-720p', 'content/a1-aac2']);
  });

  test('an account’s own limit counts whatever it plays, and a session that changes is no second one', async () => {
    accountLimits = { ...accountLimits, maxStreams: 1 };
    const first = session({ method: 'direct' });
    await limits.admit(first);
    await limits.admit(Object.assign(first, { method: 'transcode' }));
    await expect(limits.admit(session({ deviceSessionId: 'phone', method: 'direct' }))).rejects.toEqual(
      limit,
    );
    accountLimits = { ...accountLimits, maxStreams: 0 };
    await expect(limits.admit(first)).rejects.toEqual(limit);
  });

  test('a session that has said nothing for a minute counts no more, unless it is streamed', async () => {
    const quiet = { updatedAt: Date.now() - 61_000 };
    const [gone, streamed] = [session(quiet), session(quiet)];
    for (const one of [gone, streamed])
      await opened.database.write((m) => m.insert(PlaybackSessionEntity, one));
    live.open(streamed, 'content');
    expect(await running()).toEqual([streamed.id]);
  });

  test('so many torrents may be begun in a minute, by each account', () => {
    for (let n = 0; n < 10; n++) limits.countStart('ada');
    expect(() => limits.countStart('ada')).toThrow('may start 10 streams');
    expect(() => limits.countStart('bob')).not.toThrow();
  });
});

describe('sessions that run', () => {
  test('are taken up again after a restart, as long as they have not ended', async () => {
    const [going, ended, old] = [
      session(),
      session({ endedAt: Date.now() }),
      session({ startedAt: Date.now() - 25 * 60 * 60 * 1000 }),
    ];
    for (const one of [going, ended, old])
      await opened.database.write((m) => m.insert(PlaybackSessionEntity, one));
    const [first, again] = await Promise.all([
      live.take(going.id, 'content'),
      live.take(going.id, 'content'),
    ]);
    expect(first.facts.plan.renditions).toEqual(['v0-720p', 'a1-aac2']);
    expect(again).toBe(first);
    for (const { id } of [ended, old, { id: 'unknown' }])
      await expect(live.take(id, 'content')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('share encoders: the last one to leave lets them go', () => {
    const [one, two] = [session(), session()];
    live.open(one, 'content');
    live.open(two, 'content');
    live.close(one.id);
    expect(released).toEqual([]);
    live.close(two.id);
    expect(released).toEqual(['content/v0-720p', 'content/a1-aac2']);
  });

  test('another quality lets the one before go', () => {
    const one = session();
    live.open(one, 'content');
    const streams = { video: null, audio: [], subtitle: null };
    const renditions = ['v0-480p', 'a1-aac2'];
    one.plan = { method: 'transcode', reasons: [], streams, quality: '480p', renditions, failureKey: 'y' };
    live.open(one, 'content');
    expect(released).toEqual(['content/v0-720p']);
  });

  test('with nothing asked for a minute, encoders go; the session goes on when it is asked again', async () => {
    const housekeeping = new SessionHousekeeping(
      opened.database,
      live,
      new Logger(new LogSink('error'), 'test'),
    );
    const one = session();
    await limits.admit(one);
    live.open(one, 'content');
    await housekeeping.run(Date.now() + 59_000);
    expect(released).toEqual([]);
    await housekeeping.run(Date.now() + 61_000);
    expect([released.length, live.all.length]).toEqual([2, 0]);
    expect(await live.take(one.id, 'content')).toBeDefined();
  });

  test('not while somebody waits', async () => {
    const housekeeping = new SessionHousekeeping(
      opened.database,
      live,
      new Logger(new LogSink('error'), 'test'),
    );
    const one = session();
    await limits.admit(one);
    const done = live.open(one, 'content').wait('v0-720p');
    await housekeeping.run(Date.now() + 61_000);
    expect(live.all).toHaveLength(1);
    done();
  });

  test('are kept alive in the database while they are streamed, and end after a day or with somebody else’s word', async () => {
    const housekeeping = new SessionHousekeeping(
      opened.database,
      live,
      new Logger(new LogSink('error'), 'test'),
    );
    const [streamed, ended, old] = [
      session({ updatedAt: 1 }),
      session(),
      session({ startedAt: 1, updatedAt: 1 }),
    ];
    for (const one of [streamed, ended, old])
      await opened.database.write((m) => m.insert(PlaybackSessionEntity, one));
    live.open(streamed, 'content');
    live.open(ended, 'content');
    await opened.database.write((m) => m.update(PlaybackSessionEntity, { id: ended.id }, { endedAt: 5 }));
    await housekeeping.run();
    const row = (id: string) => opened.database.read.findOneByOrFail(PlaybackSessionEntity, { id });
    expect((await row(streamed.id)).updatedAt).toBeGreaterThan(1);
    expect((await row(old.id)).endedAt).not.toBeNull();
    expect(live.find(ended.id)).toBeUndefined();
  });
});

test('a device is remembered for what it failed at, for a month, and nobody else is', async () => {
  const memory = new FailureMemoryService(opened.database);
  await memory.remember('laptop', 'remux|hls|hvc1|ac-3', 'no picture');
  await memory.remember('laptop', 'remux|hls|hvc1|ac-3', 'again');
  await memory.remember(null, 'direct|mp4|avc1|mp4a', 'nobody');
  expect([...(await memory.of('laptop'))]).toEqual(['remux|hls|hvc1|ac-3']);
  expect((await memory.of('phone')).size).toBe(0);
  const longAgo = Date.now() - 31 * 24 * 60 * 60 * 1000;
  await opened.database.write((m) =>
    m.update(PlaybackFailureEntity, { deviceSessionId: 'laptop' }, { failedAt: longAgo }),
  );
  expect((await memory.of('laptop')).size).toBe(0);
});
