import type { Torrent } from 'webtorrent';
import { Layout } from './layout.js';
import { WebConnection, webSeedUrl } from './web-connections.js';

test.each([
  ['http://a/film.mkv', 'film.mkv', true, 'http://a/film.mkv'],
  ['http://a/films/', 'film #1?.mkv', true, 'http://a/films/film%20%231%3F.mkv'],
  ['http://a/films', 'Pack/b#2.srt', false, 'http://a/films/Pack/b%232.srt'],
  ['http://a/films/', 'Pack/50%/ü.srt', false, 'http://a/films/Pack/50%25/%C3%BC.srt'],
])('%s has %s', (base, path, isOnlyFile, expected) => {
  expect(webSeedUrl(base, path, isOnlyFile)).toBe(expected);
});

const layout = new Layout(16, 48, [
  { offset: 0, length: 20, padding: false },
  { offset: 20, length: 12, padding: true },
  { offset: 32, length: 16, padding: false },
]);
// Of a torrent, a web connection only wants to know names, and how many pieces there are.
const torrent = {
  files: [{ path: 'T/a' }, { path: 'T/.pad/12' }, { path: 'T/b' }],
  pieces: ['', '', ''],
} as unknown as Torrent;

interface Asked {
  url: string;
  start: number;
  end: number;
}

function connect(answer: (asked: Asked) => string): { connection: WebConnection; asked: Asked[] } {
  const asked: Asked[] = [];
  const connection = new WebConnection('http://seed/', { torrent, layout }, (url, start, end) => {
    asked.push({ url, start, end });
    try {
      const final = answer({ url, start, end });
      return Promise.resolve({ bytes: new Uint8Array(end - start + 1).fill(7), url: final });
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
  return { connection, asked };
}

const request = (
  connection: WebConnection,
  piece: number,
  offset: number,
  length: number,
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    void connection.httpRequest(piece, offset, length, (error, bytes) => {
      if (error || !bytes) reject(error ?? new Error('nothing'));
      else resolve(bytes);
    });
  });

test('padding is zeros that nobody is asked for', async () => {
  const { connection, asked } = connect(({ url }) => url);
  expect([...(await request(connection, 1, 0, 16))]).toEqual([7, 7, 7, 7, ...new Array<number>(12).fill(0)]);
  expect(asked).toEqual([{ url: 'http://seed/T/a', start: 16, end: 19 }]);
  connection.destroy();
});

test('where a redirect led is asked at once, until it does not answer any more', async () => {
  let isGone = false;
  const { connection, asked } = connect(({ url }) => {
    if (url.startsWith('http://mirror/') && isGone) throw new Error('gone');
    return 'http://mirror/b';
  });
  await request(connection, 2, 0, 8);
  await request(connection, 2, 8, 8);
  isGone = true;
  await request(connection, 2, 0, 16);
  expect(asked.map(({ url }) => url)).toEqual([
    'http://seed/T/b',
    'http://mirror/b',
    'http://mirror/b',
    'http://seed/T/b',
  ]);
  connection.destroy();
});

test('a server that fails says so once, and is not asked for ever', async () => {
  const { connection, asked } = connect(() => {
    throw new Error('The web seed answers 404');
  });
  await expect(request(connection, 0, 0, 16)).rejects.toThrow('404');
  expect(asked).toHaveLength(1);
  connection.destroy();
});
