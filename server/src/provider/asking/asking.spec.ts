import { providerRoutes } from '@hearth/contract/provider';
import { waitFor } from '../../../../tests/support/wait-for.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { type AnyProvider, type ProviderCall, ProviderMisbehaved, ProviderTrouble } from '../provider.js';
import { ProviderRoom, testManifest } from '../../../../tests/support/provider-room.js';

const film = { type: 'movie', externalIds: { imdb: 'tt0017136' } };
const source = { kind: 'http' as const, name: 'Metropolis 1927', url: 'https://example.org/metropolis.mp4' };
const minute = 60_000;

/** What the provider does when it is asked next; each spec says it. */
let behave: (call: ProviderCall) => Promise<unknown>;
let asked: number;
let room: ProviderRoom;
let id: string;

const provider: AnyProvider = {
  manifest: testManifest(),
  // What a provider gives is checked by whoever asks: here it may be anything.
  sources: (_, call) => (asked++, behave(call) as Promise<[]>),
};
const ask = (name = 'one', options = {}) => room.service.ask.sources(id, { ...film, name }, options);
const trouble = (code: string) => expect.objectContaining({ code }) as unknown;
/** Fails `count` times in a row. */
const fail = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await expect(ask(`fails ${n} ${room.clock.now()}`)).rejects.toThrow();
};
const refused = (status: number, retryAfterSeconds?: number) => () =>
  Promise.reject(
    new FetchRefused('status', 'No.', {
      status,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    }),
  );

beforeEach(async () => {
  asked = 0;
  behave = () => Promise.resolve([source]);
  room = await ProviderRoom.make({ builtin: [() => provider] });
  id = await room.id();
});
afterEach(() => room.dispose());

describe('answers', () => {
  test('a hundred who ask the same at once are one question, and it is kept for half an hour', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask()));
    expect(answers.every(([first]) => first?.name === source.name)).toBe(true);
    expect(asked).toBe(1);
    room.clock.pass(29 * minute);
    await ask();
    expect(asked).toBe(1);
    room.clock.pass(2 * minute);
    await ask();
    expect(asked).toBe(2);
    expect(room.service.keptCounts).toEqual({ none: 1, fresh: 1, stale: 0, spare: 1 });
  });

  test('what is not good is left out, piece by piece; an address of nothing costs no source', async () => {
    const odd = [
      null,
      7,
      { ...source, url: 'javascript:alert(1)' },
      { ...source, size: -5 },
      { kind: 'torrent', name: 'x' },
    ];
    behave = () => Promise.resolve([...odd, source]);
    expect(await ask()).toMatchObject([{ name: source.name, size: null }, { name: source.name }]);
  });

  test.each([
    ['text', 'garbage'],
    ['nothing', undefined],
    ['a list of nonsense', [1, 2, { kind: 'http' }]],
  ])('%s is no answer', async (_, answer) => {
    behave = () => Promise.resolve(answer);
    await expect(ask()).rejects.toEqual(trouble('invalid'));
    expect(await room.health(id)).toMatchObject({ failures: 1, requests: 1, successRate: 0 });
  });

  test('an old answer is given where there is no newer one', async () => {
    await ask();
    behave = refused(500);
    room.clock.pass(40 * minute);
    expect(await ask()).toHaveLength(1);
    room.clock.pass(30 * minute);
    await expect(ask()).rejects.toEqual(trouble('failed'));
  });

  test('a provider says how long its answer holds, within bounds', async () => {
    behave = (call) => (call.keep({ fresh: 10, ifError: 0 }), Promise.resolve([source]));
    await ask();
    room.clock.pass(11_000);
    await ask();
    expect(asked).toBe(2);
  });

  test('an old title is given at once, and a new one fetched for the next', async () => {
    let name = 'Old';
    const title = () => (asked++, Promise.resolve({ id: '1', type: 'movie', name }));
    await room.dispose();
    room = await ProviderRoom.make({ builtin: [() => ({ manifest: testManifest(), title })] });
    id = await room.id();
    const of = async () => (await room.service.ask.title(id, film))?.name;
    expect(await of()).toBe('Old');
    name = 'New';
    room.clock.pass(25 * 60 * minute);
    expect(await of()).toBe('Old');
    await waitFor(async () => (await of()) === 'New', 'the new title');
    expect(asked).toBe(2);
  });

  test('another setting, or another key, has other answers', async () => {
    await ask();
    await room.rows.change(id, { config: { language: 'de' } });
    await ask();
    expect(asked).toBe(2);
  });
});

describe('time', () => {
  test('one that hangs is given up after eight seconds', async () => {
    behave = () => new Promise(() => undefined);
    const answer = expect(ask('one', { deadlineMs: 60_000 })).rejects.toEqual(trouble('timeout'));
    await waitFor(() => asked === 1, 'the question');
    room.clock.pass(8000);
    await answer;
    expect(await room.health(id)).toMatchObject({
      failures: 1,
      lastError: { message: expect.any(String) as string },
    });
  });

  test('who waits shorter gets nothing, and the next one what came then', async () => {
    let answer = (_: unknown): void => undefined;
    behave = () => new Promise((resolve) => (answer = resolve));
    const first = expect(ask('one', { deadlineMs: 500 })).rejects.toEqual(trouble('timeout'));
    await waitFor(() => asked === 1, 'the question');
    room.clock.pass(500);
    await first;
    const second = ask();
    answer([source]);
    expect(await second).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('when the last one leaves it is called off, and nobody is blamed', async () => {
    let signal: AbortSignal | undefined;
    behave = (call) => ((signal = call.signal), new Promise(() => undefined));
    const [stays, leaves] = [new AbortController(), new AbortController()];
    const both = [stays, leaves].map((each) =>
      ask('one', { signal: each.signal }).catch((error: unknown) => error),
    );
    await waitFor(() => asked === 1, 'the question');
    leaves.abort(new Error('gone'));
    expect(await both[1]).toEqual(new Error('gone'));
    expect(signal?.aborted).toBe(false);
    stays.abort(new Error('gone, too'));
    await both[0];
    await waitFor(() => signal?.aborted === true, 'the end of the question');
    expect(await room.health(id)).toMatchObject({ requests: 0, failures: 0 });
  });

  test('two questions at a time; what nobody waits for comes one by one', async () => {
    const free: (() => void)[] = [];
    behave = () => new Promise((resolve) => free.push(() => resolve([source])));
    const all = Array.from({ length: 4 }, (_, n) => ask(`${n}`));
    await waitFor(() => free.length === 2, 'two of them');
    const quiet = Array.from({ length: 3 }, (_, n) => ask(`quiet ${n}`, { background: true }));
    const most = () => asked - done;
    let done = 0;
    while (done < 7) {
      await waitFor(() => free.length > 0, 'the next one');
      expect(most()).toBeLessThanOrEqual(2);
      free.shift()?.();
      done++;
    }
    expect(await Promise.all([...all, ...quiet])).toHaveLength(7);
  });
});

describe('rest', () => {
  test('after five failures; longer after each failed try; over with one answer', async () => {
    behave = refused(500);
    await fail(5);
    for (const minutes of [1, 5, 15, 30]) {
      await expect(ask()).rejects.toEqual(trouble('resting'));
      room.clock.pass(minutes * minute - 1);
      await expect(ask()).rejects.toEqual(trouble('resting'));
      room.clock.pass(1);
      await fail(1);
    }
    expect(asked).toBe(9);
    expect(await room.health(id)).toMatchObject({ state: 'resting', message: 'No.' });
    room.clock.pass(60 * minute);
    behave = () => Promise.resolve([source]);
    expect(await ask()).toHaveLength(1);
    expect(await room.health(id)).toMatchObject({ state: 'ready', restsUntil: null });
  });

  test('as long as it asks for itself', async () => {
    behave = refused(429, 120);
    await fail(1);
    await expect(ask()).rejects.toMatchObject({ code: 'resting', retryAfterSeconds: 120 });
    room.clock.pass(2 * minute);
    behave = () => Promise.resolve([source]);
    expect(await ask()).toHaveLength(1);
  });

  test('outlives a restart', async () => {
    behave = refused(500);
    await fail(5);
    await room.records.onApplicationShutdown();
    const next = await ProviderRoom.make({ builtin: [() => provider], sharing: room });
    await expect(next.service.ask.sources(id, film)).rejects.toEqual(trouble('resting'));
    expect(asked).toBe(5);
  });

  test('ends when somebody tries by hand and it answers', async () => {
    behave = refused(500);
    await fail(5);
    behave = () => Promise.resolve([source]);
    const only = { ...provider, manifest: testManifest({ resources: ['source'], catalogs: [] }) };
    const next = await ProviderRoom.make({ builtin: [() => only], sharing: room });
    expect(await next.trial.run(id)).toMatchObject({ ok: true, message: '1 source.' });
    expect(await next.service.ask.sources(id, film)).toHaveLength(1);
  });
});

test('one that finds what lies in swarms is held while the way out is away, and nobody is blamed', async () => {
  await room.dispose();
  const p2p = { ...provider, manifest: testManifest({ hints: { p2p: true } }) };
  room = await ProviderRoom.make({ builtin: [() => p2p] });
  id = await room.id();
  room.egress.use(() => ({ localAddresses: [], proxy: null }));
  await expect(ask()).rejects.toEqual(trouble('held'));
  room.egress.use(() => ({ localAddresses: ['10.8.0.2'], proxy: null }));
  expect(await ask()).toHaveLength(1);
  expect(await room.health(id)).toMatchObject({ failures: 0, requests: 1 });
});

test('one that does what none may is switched off, and says why', async () => {
  behave = () => Promise.reject(new ProviderMisbehaved('It took too much memory.'));
  await expect(ask()).rejects.toEqual(trouble('off'));
  expect(await room.health(id)).toMatchObject({ state: 'refused', message: 'It took too much memory.' });
  await room.administration.change(id, { enabled: true });
  expect(await room.health(id)).toMatchObject({ state: 'ready', message: null });
});

test('how it goes is told, but not at every question', async () => {
  const heard: string[] = [];
  room.events.listen(({ name }) => void heard.push(name));
  for (const name of ['a', 'b', 'c']) await ask(name);
  expect(heard).toEqual([]);
  room.clock.pass(2000);
  expect(heard).toEqual(['provider.changed']);
  expect(providerRoutes.list.reply.parse({ items: await room.views.all('nobody') }).items).toHaveLength(1);
});

test('a mistake in a provider of ours is an answer that cannot be read', async () => {
  behave = () => Promise.reject(new TypeError('Cannot read properties of undefined'));
  await expect(ask()).rejects.toEqual(new ProviderTrouble('invalid', 'Its answer could not be read.'));
});
