import { execFileSync } from 'node:child_process';
import { mkdir, open, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import { accountRoutes } from '../../contract/src/account.js';
import { type Library, libraryRoutes } from '../../contract/src/library.js';
import { musicRoutes } from '../../contract/src/music.js';
import { photoRoutes } from '../../contract/src/photo.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, libraryOf, rescan } from '../support/scanned.js';
import { jpeg, photo, song } from '../support/songs.js';

let media: MediaFolder;

const lamps = {
  album: 'Night Work',
  album_artist: 'The Lamps',
  artist: 'The Lamps',
  date: '2004',
  genre: 'Rock',
};

beforeAll(async () => {
  media = await MediaFolder.make();
  const at = (name: string): string => media.path(name);
  await song(
    at('music/The Lamps/Night Work/01.flac'),
    { ...lamps, title: 'Dusk', track: '1' },
    { seconds: 2 },
  );
  await song(
    at('music/The Lamps/Night Work/02.m4a'),
    { ...lamps, title: 'Midnight', track: '2' },
    { codec: 'alac' },
  );
  await song(at('music/The Lamps/Night Work/03.wma'), { ...lamps, title: 'Dawn', track: '3' });
  await writeFile(at('music/The Lamps/Night Work/cover.jpg'), await jpeg('#224488'));
  const alone = { title: 'Öde', artist: 'Zoë feat. The Lamps', album: 'Echo', date: '2011', genre: 'Jazz' };
  await song(at('music/Zoë/Echo/1.mp3'), alone, { cover: '#cc2200' });
  for (const [number, artist] of ['Ann', 'Bob', 'Cid'].entries())
    await song(at(`music/mix/${number}.ogg`), { title: `Mix ${number}`, artist, album: 'Summer Mix' });
  await photo(at('photos/Lake/b.jpg'), {
    takenAt: '2024:07:01 18:30:05',
    camera: ['Canon', 'Canon EOS R6'],
    orientation: 6,
  });
  await photo(at('photos/Lake/a.jpg'), { takenAt: '2024:07:02 09:00:00' });
  await photo(at('photos/IMG_20200229_101112.jpg'));
  await hostile(at);
}, 120_000);
afterAll(() => media.remove());

/** Files that lie about themselves. None may hold the scan up, none may show in a list. */
async function hostile(at: (name: string) => string): Promise<void> {
  await mkdir(dirname(at('music/bad/x')), { recursive: true });
  const whole = await readFile(at('music/Zoë/Echo/1.mp3'));
  await writeFile(
    at('music/bad/cut.flac'),
    (await readFile(at('music/The Lamps/Night Work/01.flac'))).subarray(0, 30),
  );
  await writeFile(at('music/bad/noise.mp3'), Buffer.alloc(100_000, 0x5a));
  // A tag of 100 MB before a sound track that is whole.
  const size = 100 * 1024 * 1024;
  const bytes = [21, 14, 7, 0].map((shift) => (size >> shift) & 0x7f);
  const huge = await open(at('music/bad/huge tag.mp3'), 'w');
  await huge.write(Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, ...bytes]));
  await huge.write(whole, 0, whole.length, size + 10);
  await huge.close();
  await writeFile(at('photos/Lake/bomb.png'), bomb(50_000, 50_000));
  await writeFile(at('photos/Lake/text.jpg'), 'no picture');
  await writeFile(at('photos/Lake/empty.jpg'), '');
  await writeFile(at('photos/Lake/drawing.dng'), await jpeg('#111111'));
  await truncate(await photo(at('photos/Lake/cut.jpg'), { width: 1200, height: 900 }), 3000);
}

/** A PNG of a few kilobytes that says it has billions of pixels. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(4_000_000))), chunk('IEND', Buffer.alloc(0))]); // prettier-ignore
}

describe.each(databaseKinds)('music and photos on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let music: Library;
  let photos: Library;

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
    ada = await hearth.setUp();
    music = await addLibrary(ada, 'music', media.path('music'));
    photos = await addLibrary(ada, 'photos', media.path('photos'));
  }, 120_000);
  afterAll(() => hearth.dispose());

  const albumNamed = async (name: string, client = ada) => {
    const { items } = await client.call(musicRoutes.albums, { q: name });
    const found = items.find((album) => album.name === name);
    if (!found) throw new Error(`No album “${name}”`);
    return found;
  };
  const bytesOf = async (url: string, headers: HeadersInit = {}): Promise<[Response, Buffer]> => {
    const response = await hearth.client.fetch(url, { headers });
    return [response, Buffer.from(await response.arrayBuffer())];
  };
  const probe = (bytes: Buffer): string =>
    execFileSync(
      'ffprobe',
      ['-v', 'error', '-show_entries', 'stream=codec_name,duration', '-of', 'csv=p=0', '-'],
      {
        input: bytes,
      },
    ).toString();

  test('cards of libraries count what is in them; what cannot be read says why', async () => {
    expect(music).toMatchObject({
      albumCount: 4,
      trackCount: 8,
      titleCount: 0,
      unmatchedCount: 0,
      failedCount: 2,
    });
    expect(photos).toMatchObject({ photoCount: 4, titleCount: 0, failedCount: 4 });
    const { items } = await ada.call(libraryRoutes.attention, { limit: 50 });
    const reasons = Object.fromEntries(items.map(({ relativePath, reason }) => [relativePath, reason]));
    expect(Object.keys(reasons).sort()).toEqual([
      'Lake/bomb.png',
      'Lake/drawing.dng',
      'Lake/empty.jpg',
      'Lake/text.jpg',
      'bad/cut.flac',
      'bad/noise.mp3',
    ]);
    expect(reasons['Lake/bomb.png']).toContain('2500 megapixels');
    expect(reasons['Lake/drawing.dng']).toContain('DNG');
  });

  test('albums by name, artist, year and time, page by page, with exact totals', async () => {
    const names = async (sort: 'name' | 'artist' | 'year'): Promise<string[]> => {
      const result: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await ada.call(musicRoutes.albums, { sort, limit: 1, ...(cursor && { cursor }) });
        expect(page.total).toBe(4);
        result.push(...page.items.map(({ name }) => name));
        if (page.nextCursor === null) return result;
        cursor = page.nextCursor;
      }
    };
    expect(await names('name')).toEqual(['bad', 'Echo', 'Night Work', 'Summer Mix']);
    expect(await names('artist')).toEqual(['Night Work', 'bad', 'Summer Mix', 'Echo']);
    expect((await names('year')).slice(0, 2)).toEqual(['Echo', 'Night Work']);
    const { items } = await ada.call(musicRoutes.albums, { genre: 'Jazz' });
    expect(items.map(({ name }) => name)).toEqual(['Echo']);
    expect((await ada.call(musicRoutes.genres)).items).toEqual([
      { genre: 'Jazz', albumCount: 1 },
      { genre: 'Rock', albumCount: 1 },
    ]);
    expect((await ada.refused(musicRoutes.albums, { cursor: 'x' })).problem.code).toBe('VALIDATION_FAILED');
  });

  test('an album has its tracks in order, an artist the albums, and those they appear on', async () => {
    const { id } = await albumNamed('Night Work');
    const album = await ada.call(musicRoutes.album, { id });
    expect(album).toMatchObject({
      artist: { name: 'The Lamps' },
      year: 2004,
      genres: ['Rock'],
      trackCount: 3,
    });
    expect(album.tracks.map(({ name, number, codec }) => [number, name, codec])).toEqual([
      [1, 'Dusk', 'flac'],
      [2, 'Midnight', 'alac'],
      [3, 'Dawn', 'wmav2'],
    ]);
    expect(await albumNamed('Summer Mix')).toMatchObject({ artist: null, trackCount: 3 });
    const { items } = await ada.call(musicRoutes.artists, { limit: 50 });
    expect(items.map(({ name }) => name)).toEqual(['Ann', 'Bob', 'Cid', 'The Lamps', 'Zoë']);
    const artist = await ada.call(musicRoutes.artist, { id: album.artist?.id ?? '' });
    expect(artist.albums.map(({ name }) => name)).toEqual(['Echo', 'Night Work']);
    expect((await ada.refused(musicRoutes.album, { id: 'nothing' })).status).toBe(404);
  });

  test('tracks come in ranges as they are; those no browser plays are converted once', async () => {
    const { tracks } = await ada.call(musicRoutes.album, { id: (await albumNamed('Night Work')).id });
    const [flac, alac, wma] = tracks;
    const file = await readFile(media.path('music/The Lamps/Night Work/01.flac'));
    const [part, bytes] = await bytesOf(flac?.url ?? '', { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-type')]).toEqual([206, 'audio/flac']);
    expect(bytes.equals(file.subarray(100, 200))).toBe(true);
    const [lossless, asFlac] = await bytesOf(alac?.url ?? '');
    expect([lossless.status, lossless.status === 200 ? '' : String(asFlac)]).toEqual([200, '']);
    expect([lossless.headers.get('content-type'), alac?.contentType]).toEqual(['audio/flac', 'audio/flac']);
    expect(probe(asFlac)).toMatch(/^flac,0\.5/);
    const [lossy, asAac] = await bytesOf(wma?.url ?? '', { range: 'bytes=0-' });
    expect([lossy.status, lossy.headers.get('content-type')]).toEqual([206, 'audio/mp4']);
    expect(probe(asAac)).toMatch(/^aac/);
    expect((await hearth.client.fetch((wma?.url ?? '').replace(/signature=./, 'signature=_'))).status).toBe(
      403,
    );
  });

  test('covers: of the folder, else the one inside a track', async () => {
    const colorOf = async (name: string): Promise<number[]> => {
      const { cover } = await albumNamed(name);
      const [, bytes] = await bytesOf(`${cover?.url}&width=160`);
      const { channels } = await sharp(bytes).stats();
      return channels.slice(0, 3).map(({ mean }) => Math.round(mean / 17));
    };
    expect(await colorOf('Night Work')).toEqual([2, 4, 8]);
    expect(await colorOf('Echo')).toEqual([12, 2, 0]);
    expect((await albumNamed('Summer Mix')).cover).toBeNull();
  });

  test('photos by folder and by month, by the camera’s clock, upright, without where they were taken', async () => {
    const folders = await ada.call(photoRoutes.albums, { kind: 'folder' });
    expect(folders.items.map(({ name, photoCount }) => [name, photoCount])).toContainEqual(['Lake', 3]);
    const months = await ada.call(photoRoutes.albums, { kind: 'month' });
    expect(months.items.map(({ name }) => name)).toEqual(expect.arrayContaining(['2024-07', '2020-02']));
    const july = months.items.find(({ name }) => name === '2024-07');
    expect(july).toMatchObject({ photoCount: 2, from: '2024-07-01T18:30:05', to: '2024-07-02T09:00:00' });
    const { items, total } = await ada.call(photoRoutes.list, { albumId: july?.id ?? '' });
    expect(total).toBe(2);
    expect(items).toMatchObject([
      {
        name: 'b',
        takenAt: '2024-07-01T18:30:05',
        camera: 'Canon EOS R6',
        image: { width: 80, height: 120 },
      },
      { name: 'a', takenAt: '2024-07-02T09:00:00', camera: null, image: { width: 120, height: 80 } },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/gps|latitude/i);
    const [, small] = await bytesOf(`${items[0]?.image.url}&width=160`);
    expect(await sharp(small).metadata()).toMatchObject({ format: 'webp', width: 80, height: 120 });
    const [original, bytes] = await bytesOf(items[0]?.originalUrl ?? '');
    expect(original.headers.get('content-type')).toBe('image/jpeg');
    expect(bytes.equals(await readFile(media.path('photos/Lake/b.jpg')))).toBe(true);
    const all = await ada.call(photoRoutes.list, { order: 'desc', limit: 10 });
    expect(all.items.map(({ takenAt }) => takenAt)).toEqual(
      all.items
        .map(({ takenAt }) => takenAt)
        .sort()
        .reverse(),
    );
    expect(all.items.map(({ name }) => name)).toContain('IMG_20200229_101112');
  });

  test('a photo that was cut off shows what there is', async () => {
    const { items } = await ada.call(photoRoutes.list, { q: 'cut' });
    const [response, bytes] = await bytesOf(`${items[0]?.image.url}&width=240`);
    expect([response.status, (await sharp(bytes).metadata()).width]).toEqual([200, 240]);
  });

  test('the search finds them, typing errors forgiven', async () => {
    const found = await ada.call(titleRoutes.search, { q: 'lamps' });
    expect(found.artists.map(({ name }) => name)).toEqual(['The Lamps']);
    expect(found.albums.map(({ name }) => name)).toEqual(['Night Work']);
    expect(found.files).toEqual([]);
    expect((await ada.call(titleRoutes.search, { q: 'midnihgt' })).tracks).toMatchObject([
      { name: 'Midnight', albumName: 'Night Work' },
    ]);
    expect((await ada.call(titleRoutes.search, { q: 'ode' })).tracks.map(({ name }) => name)).toEqual([
      'Öde',
    ]);
    expect((await ada.call(titleRoutes.search, { q: 'eos r6' })).photos.map(({ name }) => name)).toEqual([
      'b',
    ]);
  });

  test('what is hidden from an account does not exist for it, by any way', async () => {
    const login = { username: 'kim', password: 'long enough' };
    const { id } = await ada.call(accountRoutes.createUser, { ...login, role: 'child' });
    const kim = hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
    const album = await albumNamed('Night Work');
    const before = await kim.call(musicRoutes.album, { id: album.id });
    expect(before.tracks).toHaveLength(3);
    const url = before.tracks[0]?.url ?? '';
    const converted = before.tracks[1]?.url ?? '';
    await ada.call(accountRoutes.updateUser, { id, limits: { hiddenLibraryIds: [music.id] } });
    expect(await kim.call(musicRoutes.albums)).toEqual({ items: [], total: 0, nextCursor: null });
    expect((await kim.call(musicRoutes.artists)).total).toBe(0);
    expect((await kim.call(musicRoutes.genres)).items).toEqual([]);
    expect((await kim.refused(musicRoutes.album, { id: album.id })).status).toBe(404);
    expect((await kim.refused(musicRoutes.artist, { id: album.artist?.id ?? '' })).status).toBe(404);
    const found = await kim.call(titleRoutes.search, { q: 'lamps' });
    expect([found.albums, found.artists, found.tracks]).toEqual([[], [], []]);
    expect((await hearth.client.fetch(url)).status).toBe(404);
    expect((await hearth.client.fetch(converted)).status).toBe(404);
    expect((await kim.call(photoRoutes.list)).total).toBe(4);
  });

  test('a folder that goes is unavailable, and is there again when it returns', async () => {
    const before = await albumNamed('Echo');
    await rename(media.path('music/Zoë'), media.path('aside'));
    await rescan(ada, music.id);
    expect(await albumNamed('Echo')).toMatchObject({ id: before.id, available: false });
    expect(await libraryOf(ada, music.id)).toMatchObject({ albumCount: 4, unavailableCount: 1 });
    await rename(media.path('aside'), media.path('music/Zoë'));
    await rescan(ada, music.id);
    expect(await albumNamed('Echo')).toMatchObject({ id: before.id, available: true });
  });

  test('a power cut in the middle of a scan leaves nothing half done', async () => {
    await ada.call(libraryRoutes.scan, { id: music.id, full: true });
    await hearth.stop('SIGKILL');
    await hearth.boot();
    ada = hearth.client.as(ada.accessToken);
    expect((await rescan(ada, music.id)).trackCount).toBe(8);
    expect((await ada.call(musicRoutes.albums)).total).toBe(4);
  });

  test('forgetting a library leaves nothing of it', async () => {
    await ada.call(libraryRoutes.remove, { id: photos.id });
    expect((await ada.call(photoRoutes.list)).total).toBe(0);
    expect((await ada.call(photoRoutes.albums, { kind: 'month' })).total).toBe(0);
    expect((await ada.call(titleRoutes.search, { q: 'eos r6' })).photos).toEqual([]);
  });
});
