import { Readable } from 'node:stream';
import type { RendererDevice } from '../renderer/opened-renderer-media.js';
import type { Watching } from '../renderer/positions.service.js';
import { AddonPlays } from './addon-plays.service.js';

const size = 1000;
const app = { address: '192.0.2.7', userAgent: 'Stremio/5' };

interface Note extends Pick<Watching, 'fileId' | 'accountId' | 'device'> {
  readonly sent: object;
}
let notes: Note[];
let opened: RendererDevice[];
let container: 'film' | 'song';
beforeEach(() => {
  [notes, opened, container] = [[], [], 'film'];
});

/** A film of 100 s whose first half of the bytes is its first ten seconds. */
const plays = () =>
  new AddonPlays(
    {
      openBytes: (fileId, _, device) => {
        if (device) opened.push(device);
        const video = container === 'film' ? { video: { codec: 'h264' } } : {};
        const read = (from: number, to: number) =>
          Readable.from([Buffer.alloc(250), Buffer.alloc(to - from - 249)]);
        const media = { format: { container: 'mp4', ...video } };
        return Promise.resolve({
          kind: 'bytes',
          fileId,
          media,
          mediaType: 'video/mp4',
          size,
          durationSeconds: 100,
          modified: new Date(0),
          read,
        });
      },
    },
    { atOnce: () => (share) => (share <= 0.5 ? share * 20 : 10 + (share - 0.5) * 180) },
    { note: ({ fileId, accountId, device }, sent) => void notes.push({ fileId, accountId, device, sent }) },
  );

async function read(start: number, chunks = Infinity): Promise<void> {
  const { source } = await plays().open('file', 'mia', app);
  let left = chunks;
  for await (const chunk of source.read(start, size - 1, new AbortController().signal))
    if (chunk.length > 0 && --left <= 0) break;
}

test('what was taken of a film is told as seconds of it, for the account whose address it is', async () => {
  await read(500);
  expect(notes.map(({ sent }) => sent)).toEqual([
    { transferId: 0, from: 10, to: 55, ended: false },
    { transferId: 0, from: 10, to: 100, ended: false },
    { transferId: 0, from: 10, to: 100, ended: true },
  ]);
  expect(notes[0]).toMatchObject({ fileId: 'file', accountId: 'mia', device: { name: 'Stremio' } });
  expect(opened.map(({ id }) => id)).toEqual([notes[0]?.device.id]);
});

test('what was sent and not taken does not count; a transfer that is left has ended', async () => {
  await read(0, 1);
  expect(notes.map(({ sent }) => sent)).toEqual([{ transferId: 0, from: 0, to: 0, ended: true }]);
});

test('music has no position, and another app is another device', async () => {
  container = 'song';
  await read(0);
  expect(notes).toEqual([]);
  await plays().open('file', 'mia', { ...app, address: '192.0.2.8' });
  expect(new Set(opened.map(({ id }) => id)).size).toBe(2);
});
