import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunkSize, returnBuffer, takeBuffer } from './buffer-pool.js';
import { FileByteSource } from './file-byte-source.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-bytes-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a pipe is refused at once: nothing waits for its writer', async () => {
  const path = join(folder, 'film.mkv');
  execFileSync('mkfifo', [path]);
  await expect(FileByteSource.open(path)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('behind many stalled readers the next gets small buffers, the whole content, and large ones again later', async () => {
  const path = join(folder, 'film.mkv');
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
  await writeFile(path, content);
  const lent = Array.from({ length: 64 }, () => takeBuffer());
  const source = await FileByteSource.open(path);
  const chunks: Buffer[] = [];
  for await (const chunk of source.read(7, content.length - 1, new AbortController().signal))
    chunks.push(Buffer.from(chunk));
  await source.close();
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBe(64 * 1024);
  expect(Buffer.concat(chunks).equals(content.subarray(7))).toBe(true);
  lent.forEach(returnBuffer);
  const next = takeBuffer();
  expect(next).toHaveLength(chunkSize);
  returnBuffer(next);
});
