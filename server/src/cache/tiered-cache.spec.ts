import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess } from '../../../tests/support/private-server.js';
import { quietLogger } from '../../../tests/support/probe-job.js';
import { waitFor } from '../../../tests/support/wait-for.js';
import { Logger, LogSink } from '../common/log/logger.js';
import { cacheContract } from './cache.contract.js';
import { MemoryTier } from './memory-tier.js';
import { TieredCache, type TieredCacheSettings } from './tiered-cache.js';

const tests = join(import.meta.dirname, '../../../tests');

describe('TieredCache', () => {
  let directory: string;
  const open = (settings: Partial<TieredCacheSettings> = {}): TieredCache =>
    new TieredCache({ directory, logger: quietLogger(), ...settings });

  const files = async (): Promise<string[]> =>
    (await readdir(directory, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const bytesOnDisk = async (): Promise<number> => {
    const facts = await Promise.all((await files()).map((file) => stat(file)));
    return facts.reduce((sum, { size }) => sum + size, 0);
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hearth-cache-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  describe('in memory and on disk', () => cacheContract(() => Promise.resolve(open())));
  describe('on disk alone', () => cacheContract(() => Promise.resolve(open({ memoryCapacity: 0 }))));

  test('outlives the process, but not the lifetime', async () => {
    let time = Date.now();
    const now = (): number => time;
    await open({ now }).set('key', 'value', 60);
    expect(await open({ now }).get('key')).toBe('value');
    time += 60_000;
    expect(await open({ now }).get('key')).toBeUndefined();
    expect(await files()).toEqual([]);
  });

  test('keeps to its share of the disk, and lets the oldest go first', async () => {
    const diskCapacity = 100_000;
    const cache = open({ diskCapacity, memoryCapacity: 0 });
    for (let n = 0; n < 50; n++) {
      await cache.set(`k${n}`, 'x'.repeat(5000), 60);
      await cache.get('k0');
    }
    expect(await bytesOnDisk()).toBeLessThanOrEqual(diskCapacity);
    expect(await bytesOnDisk()).toBeGreaterThan(diskCapacity * 0.9);
    expect(await cache.get('k49')).toBeDefined();
    expect(await cache.get('k0')).toBeDefined();
    expect(await cache.get('k1')).toBeUndefined();
    // What an earlier run left counts as well.
    await open({ diskCapacity: 30_000, memoryCapacity: 0 }).set('new', 1, 60);
    expect(await bytesOnDisk()).toBeLessThanOrEqual(30_000);
  });

  test('does not let one huge value push everything out', async () => {
    const cache = open({ diskCapacity: 100_000, memoryCapacity: 100_000 });
    await cache.set('small', 1, 60);
    await cache.set('huge', 'old', 60);
    await cache.set('huge', 'x'.repeat(50_000), 60);
    expect(await cache.get('small')).toBe(1);
    expect(await cache.get('huge')).toBeUndefined();
  });

  test.each([
    ['empty', () => ''],
    ['cut short', (text: string) => text.slice(0, -3)],
    ['changed', (text: string) => text.replace('precious', 'precioux')],
    ['without its head', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['another entry', (text: string) => text.replace('"key":"key"', '"key":"kez"')],
    ['no text at all', () => Buffer.from([0xff, 0x00, 0x0a, 0xfe])],
  ])('misses and removes a file that is %s', async (_, damage) => {
    await open().set('key', { value: 'precious' }, 60);
    const [file = ''] = await files();
    await writeFile(file, damage(await readFile(file, 'utf8')));
    expect(await open().get('key')).toBeUndefined();
    expect(await files()).toEqual([]);
  });

  test('clears away what a killed process was writing', async () => {
    await mkdir(join(directory, 'ab'), { recursive: true });
    const leftOver = join(directory, 'ab', 'key.json.01ARZ.tmp');
    await writeFile(leftOver, 'half');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(leftOver, longAgo, longAgo);
    await open().set('other', 1, 60);
    expect((await files()).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  test('goes on in memory when the disk fails, and complains once', async () => {
    const lines: string[] = [];
    const logger = new Logger(new LogSink('debug', (line) => void lines.push(line)), 'cache');
    await rm(directory, { recursive: true });
    await writeFile(directory, 'a file where the folder should be');
    const cache = open({ logger });
    for (let n = 0; n < 5; n++) await cache.set(`k${n}`, n, 60);
    expect(await cache.get('k3')).toBe(3);
    expect(await cache.get('nothing')).toBeUndefined();
    await cache.drop('k');
    expect(await cache.get('k3')).toBeUndefined();
    expect(lines).toHaveLength(1);
  });

  test('is whole after kill -9 in the middle of writing', async () => {
    const script = join(tests, 'fixtures/cache-process.ts');
    const hooks = join(tests, 'support/typescript-hooks.mjs');
    const child = spawn(process.execPath, ['--import', hooks, script, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await waitFor(() => printed.split('\n').length > 120, 'the writer');
    await endProcess(child, 'SIGKILL');
    const stored = printed.split('\n').filter(Boolean).map(Number);
    const cache = open({ memoryCapacity: 0 });
    for (const n of stored.slice(-49)) {
      const value = await cache.get<{ n: number; filling: string }>(`entry ${n % 50}`);
      // The killed one may have been replaced just before it could be said.
      expect([n, n + 50]).toContain(value?.n);
      expect(value?.filling).toHaveLength(200_000);
    }
  }, 40_000);
});

describe('MemoryTier', () => {
  test('never holds more than its capacity, and gives up the least recently used', () => {
    const tier = new MemoryTier(10_000);
    const entry = { text: 'x'.repeat(200), expiresAt: 0 };
    for (let n = 0; n < 100; n++) {
      tier.set(`${n}`, entry);
      tier.get('0');
      expect(tier.bytes).toBeLessThanOrEqual(10_000);
    }
    expect(tier.get('0')).toBe(entry);
    expect(tier.get('99')).toBe(entry);
    expect(tier.get('50')).toBeUndefined();
    tier.drop('');
    expect(tier.bytes).toBe(0);
  });
});
