import { readFile, rename, rm } from 'node:fs/promises';
import { TestLibrary } from '../../../../tests/support/library.js';
import { type PhotoOptions, photo as makePhoto, song } from '../../../../tests/support/songs.js';
import { Image } from '../entities/image.entity.js';
import { PhotoAlbum } from '../entities/photo-album.entity.js';
import { PhotoMonth } from '../entities/photo-month.entity.js';
import { Photo } from '../entities/photo.entity.js';
import { Track } from '../entities/track.entity.js';
import { ForgetService } from '../forget.service.js';

let home: TestLibrary;
afterEach(() => home.close());

const photo = (name: string, options: PhotoOptions = {}): Promise<string> =>
  makePhoto(home.path(name), options);
const photos = (): Promise<Photo[]> =>
  home.database.read.find(Photo, { order: { takenAt: 'ASC', name: 'ASC' } });
const albums = (): Promise<PhotoAlbum[]> =>
  home.database.read.find(PhotoAlbum, { order: { sortName: 'ASC' } });
const months = async (): Promise<[string, number][]> =>
  (await home.database.read.find(PhotoMonth, { order: { month: 'ASC' } })).map((row) => [
    row.month,
    row.photoCount,
  ]);

describe('a library of photos', () => {
  beforeEach(async () => {
    home = await TestLibrary.open('photos');
  });

  test('albums by folder, months by the camera’s clock, sizes as shown', async () => {
    await photo('Lake/a.jpg', { takenAt: '2024:07:01 10:00:00', orientation: 6 });
    await photo('Lake/b.jpg', { takenAt: '2024:08:02 10:00:00' });
    await photo('Hill/c.png');
    await home.scan();
    const [a, b] = await photos();
    expect([a, b]).toMatchObject([
      { name: 'a', takenAt: '2024-07-01T10:00:00', month: '2024-07', width: 80, height: 120 },
      { name: 'b', takenAt: '2024-08-02T10:00:00', width: 120, height: 80 },
    ]);
    expect(await albums()).toMatchObject([
      { name: 'Hill', photoCount: 1 },
      { name: 'Lake', photoCount: 2, firstAt: a?.takenAt, lastAt: b?.takenAt, coverId: b?.id },
    ]);
    expect((await months()).slice(0, 2)).toEqual([['2024-07', 1], ['2024-08', 1]]); // prettier-ignore
    expect(await home.database.read.findOneBy(Image, { id: a?.id ?? '' })).toMatchObject({
      kind: 'photo',
      relativePath: 'Lake/a.jpg',
      width: 80,
    });
  });

  test('a folder that is renamed keeps photos and album; two that swap names keep who they are', async () => {
    await photo('Lake/a.jpg', { takenAt: '2024:07:01 10:00:00' });
    await photo('Lake/b.jpg', { takenAt: '2024:07:02 10:00:00' });
    await home.scan();
    const [before, [a, b]] = [await albums(), await photos()];
    await rename(home.path('Lake'), home.path('Sea'));
    await home.scan();
    expect(await albums()).toMatchObject([{ id: before[0]?.id, name: 'Sea', photoCount: 2 }]);
    await rename(home.path('Sea/a.jpg'), home.path('Sea/x.jpg'));
    await rename(home.path('Sea/b.jpg'), home.path('Sea/a.jpg'));
    await rename(home.path('Sea/x.jpg'), home.path('Sea/b.jpg'));
    await home.scan();
    expect(await photos()).toMatchObject([
      { id: a?.id, name: 'b' },
      { id: b?.id, name: 'a' },
    ]);
    expect((await home.database.read.findOneBy(Image, { id: a?.id ?? '' }))?.relativePath).toBe('Sea/b.jpg');
  });

  test('what is gone is unavailable, what is forgotten leaves nothing', async () => {
    await photo('Lake/a.jpg', { takenAt: '2024:07:01 10:00:00' });
    await photo('Hill/b.jpg', { takenAt: '2023:07:01 10:00:00' });
    await home.scan();
    await rm(home.path('Hill'), { recursive: true });
    await home.scan();
    expect((await albums()).map(({ name, available }) => [name, available])).toEqual([['Hill', false], ['Lake', true]]); // prettier-ignore
    expect(await months()).toHaveLength(2);
    await new ForgetService(home.database, home.writer).missingFiles(home.library.id);
    expect((await albums()).map(({ name }) => name)).toEqual(['Lake']);
    expect(await months()).toEqual([['2024-07', 1]]);
    expect(await home.database.read.countBy(Image, { kind: 'photo' })).toBe(1);
  });

  test('a raw photo alone is shown as the JPEG inside it', async () => {
    const inside = await photo('inside.jpg', { width: 90, height: 60, takenAt: '2024:07:01 18:30:05' });
    const bytes = await readFile(inside);
    await rm(inside);
    // A TIFF of one folder: where the JPEG lies, how long it is, and that the camera was turned.
    const head = Buffer.from('49492a00080000000300120103000100000006000000010204000100000032000000020204000100000000000000', 'hex');
    head.writeUInt32LE(bytes.length, 42);
    await home.text('Lake/d.dng', Buffer.concat([head, Buffer.alloc(4), bytes]));
    await home.scan();
    expect(await photos()).toMatchObject([{ name: 'd', width: 60, height: 90 }]);
    expect((await home.files()).map(({ state }) => state)).toEqual(['matched']);
  }); // prettier-ignore

  test('a raw photo beside its JPEG is no second one; alone it says why it is not shown', async () => {
    await photo('Lake/a.jpg');
    await home.text('Lake/a.CR2', 'raw');
    await home.text('Lake/b.nef', 'raw');
    await home.text('Lake/c.heic', 'raw');
    await home.scan();
    expect((await home.files()).map(({ relativePath, state }) => [relativePath, state])).toEqual([
      ['Lake/a.jpg', 'matched'],
      ['Lake/b.nef', 'failed'],
      ['Lake/c.heic', 'failed'],
    ]);
    expect((await home.file('Lake/b.nef')).reason).toContain('NEF');
    expect((await home.file('Lake/c.heic')).reason).toContain('cannot be read');
  });
});

test('a mixed library has films, music and photos; artwork and covers are none', async () => {
  home = await TestLibrary.open('mixed');
  await home.film('Films/Alpha (1999)/Alpha (1999).mkv');
  await photo('Films/Alpha (1999)/poster.jpg');
  await song(home.path('Music/X/One/1.mp3'), { title: 'A', artist: 'X', album: 'One' });
  await photo('Music/X/One/cover.jpg');
  await photo('Pictures/Lake/a.jpg');
  await home.scan();
  expect((await home.titles()).map(({ name }) => name)).toEqual(['Alpha']);
  expect((await photos()).map(({ name }) => name)).toEqual(['a']);
  expect(await home.database.read.count(Track)).toBe(1);
  expect((await home.files()).map(({ state }) => state)).toEqual(['matched', 'matched', 'matched']);
});

test('music and pictures that an older version could not place are read once more', async () => {
  home = await TestLibrary.open('mixed');
  await song(home.path('Music/X/One/1.mp3'), { title: 'A', artist: 'X', album: 'One' });
  await home.scan();
  await home.database.write(async (manager) => {
    await manager.sql`DELETE FROM track`;
    await manager.sql`UPDATE media_file SET state = 'unmatched', reason = 'Music is not shown'`;
  });
  await home.scan();
  expect(await home.database.read.count(Track)).toBe(1);
  expect((await home.files())[0]).toMatchObject({ state: 'matched', reason: null });
});
