import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secrets } from './secrets.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const keyFile = (): string => join(folder, 'secret.key');
const mediaKey = (): string => Secrets.load(folder).key('media-url').toString('hex');

test('the key is made once, for its owner only, and each purpose has its own', async () => {
  const first = mediaKey();
  expect(mediaKey()).toBe(first);
  expect(Secrets.load(folder).key('access-token').toString('hex')).not.toBe(first);
  expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
});

test('a key that a full disk left empty is made anew; a damaged one is not passed over', async () => {
  await writeFile(keyFile(), '');
  const healed = mediaKey();
  expect(await readFile(keyFile(), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  expect(mediaKey()).toBe(healed);
  await writeFile(keyFile(), 'not a key');
  expect(mediaKey).toThrow(/secret\.key in .* is damaged/);
});

test('a data directory that cannot be one is named', async () => {
  await writeFile(join(folder, 'file'), '');
  for (const path of ['file', 'file/data'])
    expect(() => Secrets.load(join(folder, path))).toThrow(
      `DATA_DIR: ${join(folder, path)} cannot be written`,
    );
});
