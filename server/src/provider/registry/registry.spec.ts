import { randomBytes } from 'node:crypto';
import type { NewProvider } from '@hearth/contract/provider';
import type { Field, ProviderManifestInput } from '@hearth/contract/provider-manifest';
import { ProviderRoom, testManifest } from '../../../../tests/support/provider-room.js';
import { ProblemError } from '../../common/problem-error.js';
import { type AnyProvider, ProviderTrouble } from '../provider.js';
import type { ProviderRuntime, RecognisedProvider } from './provider-runtime.js';
import { ProviderEntity } from './provider.entity.js';

const key: Field = { name: 'key', label: 'Key', type: 'password', required: true, advanced: false };
const closed: string[] = [];
const builtin =
  (id: string, given: Partial<ProviderManifestInput> = {}) =>
  (): AnyProvider => ({
    manifest: testManifest({ id, name: id, ...given }),
    sources: () => Promise.resolve([]),
    close: () => (closed.push(id), Promise.resolve()),
  });

/** Recognises one thing, whatever the address leads to. */
class TestRuntime implements ProviderRuntime {
  readonly name = 'stremio';
  found: RecognisedProvider = {
    manifest: testManifest({ id: 'org.example.addon', runtime: 'stremio' }),
    address: 'https://example.org/s3cret/x',
  };
  readonly recognise = () => Promise.resolve(this.found);
  readonly origin = (): NewProvider => ({ runtime: 'torznab', url: 'https://example.org/' });
  readonly open = ({ manifest }: { manifest: RecognisedProvider['manifest'] }): AnyProvider => ({ manifest });
}

let room: ProviderRoom;
afterEach(() => room.dispose());

const shown = async () => (await room.views.all('ada')).map(({ name, priority }) => `${priority} ${name}`);

test('what comes with Hearth has rows from the first start; what a newer version brings comes last, and is off', async () => {
  room = await ProviderRoom.make({ builtin: [builtin('a'), builtin('b')] });
  expect(await shown()).toEqual(['0 a', '1 b']);
  const next = await ProviderRoom.make({ builtin: [builtin('c'), builtin('a')], sharing: room });
  const later = await next.views.all('ada');
  expect(later.map(({ name, enabled }) => [name, enabled])).toEqual([['a', true], ['c', false]]); // prettier-ignore
});

test('what is in the house stands first and is on from the start, is tried without being asked, and stays', async () => {
  room = await ProviderRoom.make({ builtin: [builtin('a'), builtin('b')] });
  const inside = builtin('home', { runtime: 'home' });
  const next = await ProviderRoom.make({ builtin: [builtin('a'), builtin('b'), inside], sharing: room });
  const [first, ...others] = await next.views.all('ada');
  expect([first, others.length]).toMatchObject([{ name: 'home', enabled: true, builtin: true }, 2]);
  expect((await next.service.able('source', { type: 'movie' })).map(({ id }) => id)).not.toContain(first?.id);
  const id = await next.id('home');
  expect(await next.trial.run(id)).toMatchObject({ ok: true, message: 'It is in the house.' });
  await expect(next.administration.remove(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await next.administration.change(id, { priority: 1 });
  expect((await next.views.all('ada')).map(({ name }) => name)).toEqual(['a', 'home', 'b']);
});

test('what was added does not stand for what is in the house by taking its id', async () => {
  const runtime = new TestRuntime();
  runtime.found = { ...runtime.found, manifest: testManifest({ id: 'home', runtime: 'stremio' }) };
  room = await ProviderRoom.make({ runtimes: [runtime] });
  await room.administration.add({ runtime: 'torznab', url: 'https://example.org/' });
  const next = await ProviderRoom.make({ builtin: [builtin('home', { runtime: 'home' })], sharing: room });
  expect((await next.rows.all()).map(({ manifest }) => manifest.runtime)).toEqual(['home', 'stremio']);
});

test('they are moved, hidden by each person, and what came with Hearth is not removed', async () => {
  room = await ProviderRoom.make({ builtin: [builtin('a'), builtin('b'), builtin('c')] });
  const id = await room.id('c');
  await room.administration.change(id, { priority: 0 });
  expect(await shown()).toEqual(['0 c', '1 a', '2 b']);
  await room.administration.change(id, { priority: 99 });
  expect(await shown()).toEqual(['0 a', '1 b', '2 c']);
  await expect(room.administration.remove(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(room.administration.change('nobody', { priority: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('one that misses a setting is not asked until it has it; a password left out stays, an empty one goes', async () => {
  room = await ProviderRoom.make({ builtin: [builtin('a', { config: [key] })] });
  const id = await room.id();
  const ask = () => room.service.ask.sources(id, { type: 'movie', externalIds: {} });
  await expect(ask()).rejects.toMatchObject({ code: 'unconfigured', message: 'It has to be told: Key.' });
  expect(await room.health(id)).toMatchObject({ state: 'unconfigured', message: 'It has to be told: Key.' });
  expect(await room.service.able('source', { type: 'movie' })).toEqual([]);
  await room.administration.change(id, { config: { key: 's3cret' } });
  await room.administration.change(id, { config: {} });
  expect(await ask()).toEqual([]);
  expect(await room.service.able('source', { type: 'movie' })).toHaveLength(1);
  expect(await room.administration.settings(id)).toMatchObject({ config: {}, secretsSet: ['key'] });
  await room.administration.change(id, { config: { key: '' } });
  await expect(ask()).rejects.toMatchObject({ code: 'unconfigured' });
  expect(closed).toContain('a');
});

test('secrets lie sealed, with the newest key after the next start, and open for their own row alone', async () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  room = await ProviderRoom.make({ builtin: [builtin('a', { config: [key] })], keys: [old] });
  const id = await room.id();
  await room.administration.change(id, { config: { key: 's3cret' } });
  const stored = () => room.data.database.read.findOneByOrFail(ProviderEntity, { id });
  const before = (await stored()).config;
  const next = await ProviderRoom.make({
    builtin: [builtin('a', { config: [key] })],
    keys: [fresh, old],
    sharing: room,
  });
  const after = (await stored()).config;
  expect(after).not.toBe(before);
  expect(after).not.toContain('s3cret');
  expect(await next.administration.settings(id)).toMatchObject({ secretsSet: ['key'] });
  const alone = await ProviderRoom.make({
    builtin: [builtin('a', { config: [key] })],
    keys: [fresh],
    sharing: room,
  });
  expect(await alone.administration.settings(id)).toMatchObject({ secretsSet: ['key'] });
});

test('the same again is known; another version of it takes its place; removed, nothing is left', async () => {
  const runtime = new TestRuntime();
  room = await ProviderRoom.make({ runtimes: [runtime] });
  const add = () => room.administration.add({ runtime: 'torznab', url: 'https://example.org/' });
  const id = await add();
  await expect(add()).rejects.toMatchObject({ code: 'PROVIDER_KNOWN' });
  expect((await room.administration.settings(id)).url).toBe('https://example.org/…');
  runtime.found = {
    ...runtime.found,
    manifest: testManifest({ ...runtime.found.manifest, version: '2.0.0' }),
  };
  expect(await add()).toBe(id);
  expect(await room.views.one(id, 'ada')).toMatchObject({ version: '2.0.0' });
  await room.administration.remove(id);
  await expect(room.administration.settings(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(room.service.ask.sources(id, { type: 'movie', externalIds: {} })).rejects.toMatchObject({
    code: 'off',
  });
});

test('added again with another key, it is told that one, whatever else it says; the other settings stay', async () => {
  const runtime = new TestRuntime();
  const manifest = testManifest({ ...runtime.found.manifest, config: [key, { ...key, name: 'pin' }] });
  runtime.found = { ...runtime.found, manifest, config: { key: 'old', pin: '7' } };
  room = await ProviderRoom.make({ runtimes: [runtime] });
  const add = () => room.administration.add({ runtime: 'torznab', url: 'https://example.org/' });
  const id = await add();
  const { revision } = await room.rows.get(id);
  runtime.found = { ...runtime.found, config: { key: 'new' } };
  expect(await add()).toBe(id);
  expect(await room.rows.get(id)).toMatchObject({
    config: { key: 'new', pin: '7' },
    revision: revision + 1,
  });
  await expect(add()).rejects.toMatchObject({ code: 'PROVIDER_KNOWN' });
  const renamed = { ...manifest, version: '2.0.0' };
  runtime.found = { ...runtime.found, manifest: renamed, config: { key: 'newest' } };
  await add();
  expect((await room.rows.get(id)).config).toEqual({ key: 'newest', pin: '7' });
});

describe('a manifest that is read again', () => {
  const runtime = new TestRuntime();
  const first = runtime.found;
  let id: string;
  beforeEach(async () => {
    runtime.found = first;
    room = await ProviderRoom.make({ runtimes: [runtime] });
    id = await room.administration.add({ runtime: 'torznab', url: 'https://example.org/' });
  });
  const now = async () => {
    const { version, health } = await room.views.one(id, 'ada');
    return [version, health.state, health.message];
  };
  /** What is found at its address from now on. */
  const becomes = (given: Partial<ProviderManifestInput>) =>
    (runtime.found = { ...first, manifest: testManifest({ ...first.manifest, version: '2.0.0', ...given }) });

  test('is taken, with settings and place; what cannot be read changes nothing', async () => {
    await room.administration.change(id, { enabled: true });
    becomes({ name: 'Renamed', config: [key] });
    await room.renewal.renew(id);
    expect(await now()).toEqual([
      '1.0.0',
      'ready',
      'Its newer version has to be told: Key. Add it again for that.',
    ]);
    becomes({ name: 'Renamed', version: '1.0.0', config: [key] });
    expect(await room.administration.add({ runtime: 'torznab', url: 'https://example.org/' })).toBe(id);
    expect(await now()).toEqual(['1.0.0', 'unconfigured', 'It has to be told: Key.']);
    becomes({ name: 'Renamed' });
    await room.renewal.renew(id);
    expect(await now()).toEqual(['2.0.0', 'ready', null]);
    runtime.found = { ...first, manifest: testManifest({ id: 'org.example.other' }) };
    await room.renewal.renew(id);
    expect((await now())[0]).toBe('2.0.0');
    expect((await now())[2]).toMatch(/^Another provider answers/);
  });

  test('does not leave the way of torrents by itself', async () => {
    becomes({ hints: { p2p: true } });
    await room.renewal.renew(id);
    becomes({ version: '3.0.0' });
    await room.renewal.renew(id);
    expect((await now())[0]).toBe('2.0.0');
    expect((await now())[2]).toMatch(/beside the way of torrents/);
  });

  test.each([
    [
      new ProblemError('PROVIDER_CONSENT_NEEDED', { detail: 'More hosts.' }),
      'More hosts. Add it again to agree.',
    ],
    [
      new ProblemError('PROVIDER_REFUSED', { detail: 'Another key.' }),
      'Its newer version is refused. Another key.',
    ],
    [new ProviderTrouble('timeout', 'It did not answer.'), null],
  ])('that comes with trouble stays as it was: %s', async (error, message) => {
    const refusing = Object.assign(new TestRuntime(), { recognise: () => Promise.reject(error) });
    const next = await ProviderRoom.make({ runtimes: [refusing], sharing: room });
    await next.renewal.renew(id);
    expect((await next.views.one(id, 'ada')).health).toMatchObject({ state: 'ready', message });
    expect((await next.views.one(id, 'ada')).version).toBe('1.0.0');
  });

  test('is read without being asked for, and again a day later', async () => {
    const next = await ProviderRoom.make({ runtimes: [runtime], sharing: room });
    becomes({});
    const renewed = new Promise<void>((resolve) => {
      next.events.listen(({ name }) => name === 'provider.changed' && resolve());
    });
    next.renewal.onApplicationBootstrap();
    next.clock.pass(10 * 60_000);
    await renewed;
    expect(await now()).toEqual(['2.0.0', 'ready', null]);
    expect(next.clock.isAwaited).toBe(true);
    next.renewal.onApplicationShutdown();
  });
});
