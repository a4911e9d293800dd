import { waitFor } from '../../../tests/support/wait-for.js';
import type { Cache } from './cache.js';
import { remember } from './remember.js';

/** How every cache behaves. Registers its own tests. @param open gives an empty cache */
export function cacheContract(open: () => Promise<Cache>): void {
  let cache: Cache;

  beforeEach(async () => {
    cache = await open();
  });
  afterEach(() => cache.close());

  test.each([
    ['an object', { title: 'Metropolis', year: 1927, tags: ['a', null], deep: { ü: '\u{1F3AC}' } }],
    ['null', null],
    ['false', false],
    ['zero', 0],
    ['an empty text', ''],
    ['a list', [1, 2, 3]],
  ])('gives back %s', async (_, value) => {
    await cache.set('key', value, 60);
    expect(await cache.get('key')).toEqual(value);
  });

  test('misses what was never there', async () => {
    expect(await cache.get('nothing')).toBeUndefined();
  });

  test('gives a copy: nobody changes what others get', async () => {
    const value = { list: [1] };
    await cache.set('key', value, 60);
    value.list.push(2);
    const first = await cache.get<{ list: number[] }>('key');
    first?.list.push(3);
    expect(await cache.get('key')).toEqual({ list: [1] });
  });

  test('replaces, and forgets what is set to nothing or for no time', async () => {
    await cache.set('key', 1, 60);
    await cache.set('key', 2, 60);
    expect(await cache.get('key')).toBe(2);
    await cache.set('key', undefined, 60);
    expect(await cache.get('key')).toBeUndefined();
    await cache.set('key', 3, 60);
    await cache.set('key', 4, 0);
    expect(await cache.get('key')).toBeUndefined();
  });

  test('lets go when the lifetime is over', async () => {
    await cache.set('short', 1, 0.15);
    await cache.set('long', 2, 60);
    expect(await cache.get('short')).toBe(1);
    await waitFor(async () => (await cache.get('short')) === undefined, 'the end of the lifetime');
    expect(await cache.get('long')).toBe(2);
  });

  test('keeps keys of any characters, case and length apart', async () => {
    const long = 'provider:details:'.padEnd(400, 'é/');
    const keys = ['a', 'A', 'a/b', '../a', '..', '.', 'a b*?[c]', 'ä:ö', `${long}1`, `${long}2`, ''];
    for (const [index, key] of keys.entries()) await cache.set(key, index, 60);
    for (const [index, key] of keys.entries()) expect([key, await cache.get(key)]).toEqual([key, index]);
  });

  test('drops what starts with a prefix, taken literally', async () => {
    const long = 'q:'.padEnd(300, 'long');
    const keys = ['p:1', 'p:2', 'p*', 'P:1', 'pp:1', 'other', `${long}a`, `${long}b`];
    for (const key of keys) await cache.set(key, key, 60);
    const left = async () => {
      const values = await Promise.all(keys.map((key) => cache.get(key)));
      return values.filter((value) => value !== undefined);
    };
    await cache.drop('p*');
    expect(await left()).toEqual(keys.filter((key) => key !== 'p*'));
    await cache.drop('p:');
    await cache.drop(`${long}a`);
    expect(await left()).toEqual(['P:1', 'pp:1', 'other', `${long}b`]);
    await cache.drop('');
    expect(await left()).toEqual([]);
  });

  test('does not throw for what JSON cannot hold', async () => {
    await cache.set('big', 1n, 60);
    expect(await cache.get('big')).toBeUndefined();
  });

  test('stands many at once', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, n) => cache.set(`k${n % 20}`, n % 20, 60)));
    const values = await Promise.all(Array.from({ length: 20 }, (_, n) => cache.get(`k${n}`)));
    expect(values).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  test('remember makes a value once, however many ask', async () => {
    let made = 0;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const produce = async () => {
      made++;
      await gate;
      return { made };
    };
    const asked = Array.from({ length: 10 }, () => remember(cache, 'flight', 60, produce));
    await waitFor(() => made > 0, 'the flight');
    release();
    for (const value of await Promise.all(asked)) expect(value).toEqual({ made: 1 });
    expect(await remember(cache, 'flight', 60, produce)).toEqual({ made: 1 });
    expect(made).toBe(1);
  });

  test('remember passes a failure on and keeps nothing of it', async () => {
    const failing = () => Promise.reject(new Error('no answer'));
    await expect(remember(cache, 'bad', 60, failing)).rejects.toThrow('no answer');
    expect(await remember(cache, 'bad', 60, () => Promise.resolve('good'))).toBe('good');
  });
}
