import { lstat, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeFile } from './place-file.js';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'hearth-place-'))));
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const options = { signal: new AbortController().signal, onBytes: () => undefined };
const otherDisk = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('other disk'), { code: 'EXDEV' }));

test('on one disk nothing is copied, and both names are the same file', async () => {
  await writeFile(at('7'), 'film');
  const to = await placeFile(at('7'), at('Film (2019)/Film (2019).mkv'), options);
  expect(to).toBe(at('Film (2019)/Film (2019).mkv'));
  expect((await stat(to)).ino).toBe((await stat(at('7'))).ino);
  // Again, after a crash in the middle.
  expect(await placeFile(at('7'), to, options)).toBe(to);
  expect(await readdir(at('Film (2019)'))).toEqual(['Film (2019).mkv']);
});

test('another file of that name stays as it is', async () => {
  await writeFile(at('7'), 'film');
  await writeFile(at('Film.mkv'), 'mine');
  expect(await placeFile(at('7'), at('Film.mkv'), options)).toBe(at('Film (2).mkv'));
  expect(await readFile(at('Film.mkv'), 'utf8')).toBe('mine');
  expect(await readFile(at('Film (2).mkv'), 'utf8')).toBe('film');
});

test('on another disk it is copied, counted, and lies there once', async () => {
  await writeFile(at('7'), 'film');
  await writeFile(at('Film.mkv'), 'mine');
  let copied = 0;
  const onBytes = (count: number): void => void (copied += count);
  const to = await placeFile(at('7'), at('Film.mkv'), { ...options, onBytes, link: otherDisk });
  expect(to).toBe(at('Film (2).mkv'));
  expect(await readFile(to, 'utf8')).toBe('film');
  expect(await readFile(at('Film.mkv'), 'utf8')).toBe('mine');
  expect(copied).toBeGreaterThanOrEqual(4);
  expect((await lstat(at('7'))).isSymbolicLink()).toBe(true);
  expect(await readFile(at('7'), 'utf8')).toBe('film');
  expect((await readdir(folder)).sort()).toEqual(['7', 'Film (2).mkv', 'Film.mkv']);
});

test('a copy that is given up leaves nothing', async () => {
  await writeFile(at('7'), 'film');
  const signal = AbortSignal.abort();
  await expect(
    placeFile(at('7'), at('x/Film.mkv'), { ...options, signal, link: otherDisk }),
  ).rejects.toThrow();
  expect(await readdir(at('x'))).toEqual([]);
  expect((await lstat(at('7'))).isFile()).toBe(true);
});
