import { jest } from '@jest/globals';
import { clientEvents, eventsPath, serverEvents } from '@hearth/contract/events';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { io, type Socket } from 'socket.io-client';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.js';
import { describeWith, type PrivateServer } from '../../../tests/support/private-server.js';
import { ProbeJob, quietLogger } from '../../../tests/support/probe-job.js';
import { hasRedis, startRedis } from '../../../tests/support/redis.js';
import { waitFor } from '../../../tests/support/wait-for.js';
import { Logger } from '../common/log/logger.js';
import { ProblemError } from '../common/problem-error.js';
import { loadConfig } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { DatabaseJobQueue } from '../jobs/database-job-queue.js';
import { JobControl, JobQueue } from '../jobs/job-queue.js';
import { JobEntity } from '../jobs/job.entity.js';
import { EventBus } from './event-bus.js';
import { EventsModule } from './events.module.js';
import { mostConnectionsPerAccount } from './socket-access.js';
import { TokenVerifier, type VerifiedToken } from './token-verifier.js';

// Real servers on a machine that may be busy.
jest.setTimeout(30_000);

/** Tokens by name, as many as a test likes. */
class TokenList extends TokenVerifier {
  private readonly tokens = new Map<string, VerifiedToken>();

  give(token: string, caller: Partial<VerifiedToken> & { accountId: string }): string {
    const rest = {
      role: 'member',
      sessionId: `session-${token}`,
      limited: false,
      expiresAt: Date.now() + 60_000,
    } as const;
    this.tokens.set(token, { ...rest, ...caller });
    return token;
  }

  override verify(token: string): Promise<VerifiedToken> {
    const found = this.tokens.get(token);
    return found ? Promise.resolve(found) : Promise.reject(new ProblemError('UNAUTHENTICATED'));
  }
}

interface Server {
  readonly app: NestFastifyApplication;
  readonly bus: EventBus;
  readonly url: string;
}

const heardBy = new WeakMap<Socket, [string, unknown][]>();
const heard = (socket: Socket): [string, unknown][] => heardBy.get(socket) ?? [];

describe('EventsGateway', () => {
  let database: TestDatabase;
  const tokens = new TokenList();
  const servers: Server[] = [];
  const sockets: Socket[] = [];

  async function serve(environment: Record<string, string> = {}): Promise<Server> {
    const config = loadConfig({ DATA_DIR: database.directory, ...environment }, []);
    const queue = new DatabaseJobQueue(database.database, { runsHandlers: false, logger: quietLogger() });
    const providers = [
      { provide: configToken, useValue: config },
      { provide: Database, useValue: database.database },
      { provide: TokenVerifier, useValue: tokens },
      { provide: Logger, useValue: quietLogger() },
      { provide: JobQueue, useValue: queue },
      { provide: JobControl, useValue: queue },
    ];
    @Global()
    @Module({ providers, exports: providers })
    class Surroundings {}
    const testing = Test.createTestingModule({
      imports: [Surroundings, EventsModule],
    });
    const app = (await testing.compile()).createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
    const server = { app, bus: app.get(EventBus), url: await app.getUrl() };
    servers.push(server);
    return server;
  }

  function connect(server: Server, auth: object, transports = ['websocket']): Socket {
    const socket = io(server.url, {
      path: eventsPath,
      auth,
      transports,
      reconnection: false,
      forceNew: true,
    });
    sockets.push(socket);
    heardBy.set(socket, []);
    socket.onAny((name: string, payload: unknown) => heard(socket).push([name, payload]));
    return socket;
  }

  async function connected(server: Server, token: string): Promise<Socket> {
    const socket = connect(server, { token });
    await waitFor(() => socket.connected, `${token} to connect`);
    return socket;
  }

  const refusal = (socket: Socket): Promise<Error & { data?: unknown }> =>
    new Promise((resolve) => socket.once('connect_error', resolve));

  beforeAll(async () => {
    database = await openTestDatabase([JobEntity]);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await Promise.all(servers.splice(0).map(({ app }) => app.close()));
  });
  afterAll(() => database.close());

  test.each([
    ['no token', {}],
    ['an unknown token', { token: 'forged' }],
    ['something that is no token', { token: { $ne: null } }],
    ['an endless token', { token: 'x'.repeat(5000) }],
  ])('refuses %s', async (_, auth) => {
    const server = await serve();
    for (const transport of ['websocket', 'polling']) {
      const error = await refusal(connect(server, auth, [transport]));
      expect(error.message).toBe('UNAUTHENTICATED');
      expect(error.data).toEqual({ code: 'UNAUTHENTICATED' });
    }
  });

  test('sends each event to its audience and to nobody else', async () => {
    const server = await serve();
    const admin = await connected(server, tokens.give('admin', { accountId: 'A', role: 'admin' }));
    const member = await connected(server, tokens.give('member', { accountId: 'M' }));
    const tablet = await connected(server, tokens.give('tablet', { accountId: 'M' }));
    const time = new Date().toISOString();
    server.bus.publish('log.entry', { time, level: 'info', scope: 's', message: 'secret' });
    server.bus.publish('favorites.changed', { titleId: 't', favorite: true }, 'M');
    server.bus.publish('favorites.changed', { titleId: 'nobody', favorite: true });
    server.bus.publish('notice', { level: 'info', message: 'last', time });
    const isThrough = (socket: Socket) => heard(socket).some(([name]) => name === 'notice');
    for (const socket of [admin, member, tablet]) await waitFor(() => isThrough(socket), 'the notice');
    expect(heard(admin).map(([name]) => name)).toEqual(['log.entry', 'notice']);
    expect(heard(member).map(([name]) => name)).toEqual(['favorites.changed', 'notice']);
    expect(heard(tablet)).toEqual(heard(member));
    expect(heard(member)[0]?.[1]).toEqual({ titleId: 't', favorite: true });
  });

  test('whoever may not see everything is told no names, but of what is theirs', async () => {
    const server = await serve();
    const [adult, child] = [{ accountId: 'M' }, { accountId: 'K', limited: true }];
    const heardAll = await connected(server, tokens.give('heard-all', adult));
    const kept = await connected(server, tokens.give('kept', child));
    const sockets = [heardAll, kept];
    const scan = {
      libraryId: 'l',
      jobId: 'j',
      state: 'running',
      progress: 1,
      filesDone: 1,
      filesTotal: 9,
    } as const;
    const none = { added: 0, changed: 0, failed: 0 };
    const screen = {
      id: 'r',
      name: 'Television',
      model: '',
      state: 'playing',
      volume: 1,
      muted: false,
    } as const;
    const can = { positionSeconds: 1, durationSeconds: 2, canPause: true, canSeek: true, problem: null };
    const item = { name: 'Secret film', titleId: 't', episodeId: null };
    const queue = [{ name: 'Secret sequel' }];
    const tell = () => {
      server.bus.publish('scan.progress', { ...scan, ...none, current: 'Secret film.mkv' });
      server.bus.publish('renderer.updated', { ...screen, ...can, accountId: 'M', item, queue });
      server.bus.publish('renderer.updated', {
        ...screen,
        ...can,
        accountId: 'K',
        item: null,
        queue: [{ name: 'My song' }],
      });
      server.bus.publish('notice', { level: 'info', message: 'through', time: new Date().toISOString() });
    };
    const through = async (times: number) => {
      const notices = (socket: Socket) => heard(socket).filter(([name]) => name === 'notice').length;
      for (const socket of sockets) await waitFor(() => notices(socket) === times, 'the notice');
    };
    const words = (socket: Socket) => JSON.stringify(heard(socket));
    tell();
    await through(1);
    expect(heard(kept).map(([name]) => name)).toEqual([
      'scan.progress',
      'renderer.updated',
      'renderer.updated',
      'notice',
    ]);
    expect(heard(heardAll).map(([name]) => name)).toEqual(heard(kept).map(([name]) => name));
    expect(words(heardAll).match(/Secret/g)).toHaveLength(3);
    expect(words(kept)).not.toContain('Secret');
    expect(words(kept)).toContain('My song');
    server.bus.publish('limits.changed', { limited: true }, 'M');
    server.bus.publish('limits.changed', { limited: false }, 'K');
    for (const socket of sockets) heard(socket).length = 0;
    tell();
    await through(1);
    expect(words(heardAll).match(/Secret \w+\.mkv|My song/g)).toBeNull();
    expect(words(kept).match(/Secret/g)).toHaveLength(3);
  });

  test('a new role counts at once for sockets that are open', async () => {
    const server = await serve();
    const fallen = await connected(server, tokens.give('fallen', { accountId: 'A', role: 'admin' }));
    const risen = await connected(server, tokens.give('risen', { accountId: 'M' }));
    server.bus.changeRole('A', 'member');
    server.bus.changeRole('M', 'admin');
    const time = new Date().toISOString();
    server.bus.publish('log.entry', { time, level: 'info', scope: 's', message: 'secret' });
    server.bus.publish('notice', { level: 'info', message: 'last', time });
    for (const socket of [fallen, risen])
      await waitFor(() => heard(socket).some(([name]) => name === 'notice'), 'the notice');
    expect(heard(fallen).map(([name]) => name)).toEqual(['notice']);
    expect(heard(risen).map(([name]) => name)).toEqual(['log.entry', 'notice']);
  });

  test('tells administrators of jobs, in the shape of the contract', async () => {
    const server = await serve();
    const admin = await connected(server, tokens.give('admin', { accountId: 'A', role: 'admin' }));
    const queue = server.app.get(JobQueue);
    const probe = new ProbeJob();
    queue.register(probe.definition);
    const id = await queue.enqueue(probe.definition, { n: 1, key: null }, { label: 'Films' });
    const [name, payload] = await waitFor(() => heard(admin)[0], 'the event');
    expect(name).toBe('job.updated');
    expect(serverEvents['job.updated'].payload.parse(payload)).toMatchObject({ id, state: 'waiting' });
  });

  test('says nothing of what was rolled back', async () => {
    const server = await serve();
    const member = await connected(server, tokens.give('member', { accountId: 'M' }));
    const publish = (libraryId: string) => server.bus.publish('library.changed', { libraryId, titleIds: [] });
    const failing = database.database.write(() => {
      publish('undone');
      return Promise.reject(new Error('roll back'));
    });
    await expect(failing).rejects.toThrow('roll back');
    await database.database.write(() => Promise.resolve(publish('done')));
    await waitFor(() => heard(member).length > 0, 'the event');
    expect(heard(member)).toEqual([['library.changed', { libraryId: 'done', titleIds: [] }]]);
  });

  test('hangs up when the token expires', async () => {
    const server = await serve();
    const soon = tokens.give('soon', { accountId: 'M', expiresAt: Date.now() + 2_000 });
    const socket = await connected(server, soon);
    await waitFor(() => !socket.connected, 'the end');
  });

  test('goes on with a newer token of the same session only', async () => {
    const server = await serve();
    const session = { accountId: 'M', sessionId: 'S' };
    const expiresAt = Date.now() + 400;
    const socket = await connected(server, tokens.give('old', { ...session, expiresAt }));
    const refresh = (token: unknown): Promise<unknown> => socket.emitWithAck(clientEvents.refresh, { token });
    const refused = { ok: false, code: 'UNAUTHENTICATED' };
    tokens.give('other', { accountId: 'M', sessionId: 'T' });
    tokens.give('stranger', { accountId: 'X', sessionId: 'S' });
    for (const token of ['forged', 'other', 'stranger', 7]) expect(await refresh(token)).toEqual(refused);
    tokens.give('new', { ...session, role: 'admin' });
    expect(await refresh('new')).toMatchObject({ ok: true });
    await waitFor(() => Date.now() > expiresAt + 200, 'the old token to expire');
    expect(socket.connected).toBe(true);
    const time = new Date().toISOString();
    server.bus.publish('log.entry', { time, level: 'info', scope: 's', message: 'for the new role' });
    await waitFor(() => heard(socket).length > 0, 'an event of the new role');
  });

  test('hangs up on a revoked session, and only on that', async () => {
    const server = await serve();
    const lost = await connected(server, tokens.give('lost', { accountId: 'M', sessionId: 'L' }));
    const kept = await connected(server, tokens.give('kept', { accountId: 'M', sessionId: 'K' }));
    server.bus.publish('session.revoked', { sessionId: 'L' }, 'M');
    await waitFor(() => !lost.connected, 'the end');
    await waitFor(() => heard(kept).length > 0, 'the event');
    expect(kept.connected).toBe(true);
  });

  test('bounds the connections of one account', async () => {
    const server = await serve();
    const token = tokens.give('many', { accountId: 'M' });
    await Promise.all(Array.from({ length: mostConnectionsPerAccount }, () => connected(server, token)));
    expect((await refusal(connect(server, { token }))).message).toBe('RATE_LIMITED');
    sockets[0]?.disconnect();
    await waitFor(async () => {
      const socket = connect(server, { token });
      return new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('connect_error', () => resolve(false));
      });
    }, 'a free place');
    await connected(server, tokens.give('else', { accountId: 'N' }));
  });

  test('hangs up on a message that is too large', async () => {
    const server = await serve();
    const socket = await connected(server, tokens.give('big', { accountId: 'M' }));
    socket.emit(clientEvents.refresh, { token: 'x'.repeat(100_000) });
    await waitFor(() => !socket.connected, 'the end');
  });

  test('refuses to start without a TokenVerifier', async () => {
    const config = loadConfig({ DATA_DIR: database.directory }, []);
    const queue = new DatabaseJobQueue(database.database, { runsHandlers: false, logger: quietLogger() });
    const providers = [
      { provide: configToken, useValue: config },
      { provide: Database, useValue: database.database },
      { provide: Logger, useValue: quietLogger() },
      { provide: JobControl, useValue: queue },
    ];
    @Global()
    @Module({ providers, exports: providers })
    class Incomplete {}
    const imports = [Incomplete, EventsModule];
    const app = (await Test.createTestingModule({ imports }).compile()).createNestApplication(
      new FastifyAdapter(),
    );
    await expect(app.init()).rejects.toThrow(/TokenVerifier/);
  });

  describeWith('Redis', hasRedis(), () => {
    let redis: PrivateServer;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());

    test('an event of one process reaches the sockets of another, once', async () => {
      const [first, second] = [await serve({ REDIS_URL: redis.url }), await serve({ REDIS_URL: redis.url })];
      const here = await connected(first, tokens.give('here', { accountId: 'M', sessionId: 'H' }));
      const there = await connected(second, tokens.give('there', { accountId: 'M', sessionId: 'T' }));
      first.bus.publish('favorites.changed', { titleId: '1', favorite: true }, 'M');
      first.bus.publish('favorites.changed', { titleId: '2', favorite: true }, 'M');
      for (const socket of [here, there]) await waitFor(() => heard(socket).length >= 2, 'both events');
      expect(heard(there)).toEqual(heard(here));
      expect(heard(here)).toHaveLength(2);
      first.bus.publish('session.revoked', { sessionId: 'T' }, 'M');
      await waitFor(() => !there.connected, 'the end of the session on the other process');
      expect(here.connected).toBe(true);
    });
  });
});
