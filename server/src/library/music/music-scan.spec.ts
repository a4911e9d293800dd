import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, utimes } from 'node:fs/promises';
import { TestLibrary } from '../../../../tests/support/library.js';
import { jpeg, song as makeSong } from '../../../../tests/support/songs.js';
import { Album } from '../entities/album.entity.js';
import { Artist } from '../entities/artist.entity.js';
import { Image } from '../entities/image.entity.js';
import { Track } from '../entities/track.entity.js';

const song = (home: TestLibrary, name: string, tags: Record<string, string> = {}, cover?: string) =>
  makeSong(home.path(name), tags, cover ? { cover } : {});

const albums = (home: TestLibrary): Promise<Album[]> =>
  home.database.read.find(Album, { order: { sortName: 'ASC', id: 'ASC' } });
const artists = (home: TestLibrary): Promise<Artist[]> =>
  home.database.read.find(Artist, { order: { sortName: 'ASC' } });
const tracks = (home: TestLibrary): Promise<Track[]> =>
  home.database.read.find(Track, { order: { position: 'ASC' } });

describe('a library of music', () => {
  let home: TestLibrary;
  beforeEach(async () => {
    home = await TestLibrary.open('music');
  });
  afterEach(() => home.close());

  test('tags make albums, artists and tracks; counts, year, genres and order follow from them', async () => {
    const common = { album: 'Night Work', album_artist: 'The Lamps', date: '2004-05-01', genre: 'Rock; Pop' };
    await song(home, 'a/2.flac', { ...common, title: 'Second', artist: 'The Lamps', track: '2/2' });
    await song(home, 'a/1.mp3', { ...common, title: 'First', artist: 'The Lamps feat. Ada', track: '1/2' });
    await home.scan();
    const [album, ...others] = await albums(home);
    expect(others).toEqual([]);
    expect(album).toMatchObject({
      name: 'Night Work',
      year: 2004,
      genres: ['Rock', 'Pop'],
      trackCount: 2,
      compilation: false,
      available: true,
    });
    expect(album?.durationSeconds).toBeCloseTo(1, 0);
    const [ada, lamps] = await artists(home);
    expect([ada, lamps]).toMatchObject([
      { name: 'Ada', albumCount: 1, trackCount: 1 },
      { name: 'The Lamps', sortName: 'lamps', albumCount: 1, trackCount: 2 },
    ]);
    expect(album?.artistId).toBe(lamps?.id);
    expect((await tracks(home)).map(({ name, number }) => [number, name])).toEqual([
      [1, 'First'],
      [2, 'Second'],
    ]);
    expect(await home.titles()).toEqual([]);
  });

  test('an unchanged tree is scanned again without opening a file, and ids stay over a full scan', async () => {
    await song(home, 'x/a.mp3', { title: 'A', artist: 'X', album: 'One' });
    await home.scan();
    const before = [await albums(home), await artists(home), await tracks(home)];
    home.events.length = 0;
    await home.scan();
    expect(home.events.map(({ name }) => name)).not.toContain('library.changed');
    await home.scan({ full: true });
    const after = [await albums(home), await artists(home), await tracks(home)];
    expect(after.map((rows) => rows.map(({ id }) => id))).toEqual(
      before.map((rows) => rows.map(({ id }) => id)),
    );
  });

  test('without tags, folders and file names tell', async () => {
    await song(home, 'The Lamps/Dusk (1999)/01 - First.flac');
    await song(home, 'The Lamps/Dusk (1999)/02 - Second.flac');
    await home.scan();
    expect(await albums(home)).toMatchObject([{ name: 'Dusk', year: 1999, trackCount: 2 }]);
    expect(await artists(home)).toMatchObject([{ name: 'The Lamps' }]);
    expect((await tracks(home)).map(({ name }) => name)).toEqual(['First', 'Second']);
  });

  test('one folder of many artists is a compilation; one of mostly one is theirs', async () => {
    for (const [at, artist] of ['A', 'B', 'C'].entries())
      await song(home, `mix/${at}.mp3`, { title: `T${at}`, artist, album: 'Mix', track: String(at + 1) });
    for (const [at, artist] of ['D', 'D feat. E', 'D', 'F'].entries())
      await song(home, `own/${at}.mp3`, { title: `T${at}`, artist, album: 'Own', track: String(at + 1) });
    await song(home, 'flag/1.flac', { title: 'T', artist: 'G', album: 'Flagged', compilation: '1' });
    await home.scan();
    const byId = new Map((await artists(home)).map(({ id, name }) => [id, name]));
    expect((await albums(home)).map(({ name, artistId, compilation }) => [name, byId.get(artistId ?? ''), compilation])).toEqual([
      ['Flagged', undefined, false],
      ['Mix', undefined, true],
      ['Own', 'D', false],
    ]); // prettier-ignore
  });

  test('discs in folders are one album, in order; the same album in two folders is one too', async () => {
    const common = { album: 'Long', album_artist: 'X', artist: 'X' };
    await song(home, 'Long/CD 2/01.mp3', { ...common, title: 'Third', track: '1' });
    await song(home, 'Long/CD 1/02.mp3', { ...common, title: 'Second', track: '2' });
    await song(home, 'Long/CD 1/01.mp3', { ...common, title: 'First', track: '1' });
    await song(home, 'elsewhere/03.mp3', { ...common, title: 'Fourth', track: '2', disc: '2' });
    await home.scan();
    expect(await albums(home)).toMatchObject([{ name: 'Long', discCount: 2, trackCount: 4 }]);
    expect((await tracks(home)).map(({ name }) => name)).toEqual(['First', 'Second', 'Third', 'Fourth']);
  });

  test('the folder’s picture is the cover, else the one inside; it comes and goes with its file', async () => {
    await song(home, 'x/1.mp3', { title: 'A', artist: 'X', album: 'One' }, '#a00');
    await home.scan();
    const [track] = await tracks(home);
    const coverOf = async (): Promise<Image | null> =>
      home.database.read.findOneBy(Image, { id: (await albums(home))[0]?.coverId ?? '' });
    expect(await coverOf()).toMatchObject({ id: track?.id, kind: 'embedded', relativePath: 'x/1.mp3' });
    await home.text('x/Folder.jpg', await jpeg('#0a0'));
    await home.scan();
    expect(await coverOf()).toMatchObject({ kind: 'cover', relativePath: 'x/Folder.jpg' });
    await rm(home.path('x/Folder.jpg'));
    await home.scan();
    expect(await coverOf()).toMatchObject({ kind: 'embedded' });
  });

  test('a folder that is renamed keeps tracks and album; one that is retagged keeps its album', async () => {
    await song(home, 'old/1.mp3', { title: 'A', artist: 'X', album: 'One' });
    await song(home, 'old/2.mp3', { title: 'B', artist: 'X', album: 'One' });
    await home.scan();
    const [before, known] = [await albums(home), await tracks(home)];
    await rename(home.path('old'), home.path('new'));
    await home.scan();
    expect((await albums(home)).map(({ id, available }) => [id, available])).toEqual([[before[0]?.id, true]]);
    expect((await tracks(home)).map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort());
    for (const name of ['1', '2'])
      await song(home, `new/${name}.mp3`, { title: name, artist: 'X', album: 'Two' });
    await home.scan();
    expect((await albums(home)).map(({ id, name }) => [id, name])).toEqual([[before[0]?.id, 'Two']]);
  });

  test('what vanishes and what is unplugged is kept, and comes back; only an administrator forgets', async () => {
    await song(home, 'x/1.mp3', { title: 'A', artist: 'X', album: 'One' });
    await song(home, 'y/1.mp3', { title: 'B', artist: 'Y', album: 'Two' });
    await home.scan();
    await rename(home.path('x'), `${home.folder.path}-aside`);
    await home.scan();
    const there = async (): Promise<unknown> =>
      Promise.all([albums(home), artists(home), tracks(home)]).then((lists) =>
        lists.map((rows) => rows.map(({ available }) => available)),
      );
    expect((await albums(home)).map(({ available }) => available)).toEqual([false, true]);
    expect((await artists(home)).map(({ available }) => available)).toEqual([false, true]);
    await rename(home.folder.path, `${home.folder.path}-unplugged`);
    await mkdir(home.folder.path);
    await home.scan();
    expect(await there()).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
    await rm(home.folder.path, { recursive: true });
    await rename(`${home.folder.path}-unplugged`, home.folder.path);
    await rename(`${home.folder.path}-aside`, home.path('x'));
    await home.scan();
    expect(await there()).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test('a copy is a second track; when the first then goes, its row lives on where the copy lies', async () => {
    await song(home, 'x/1.mp3', { title: 'A', artist: 'X', album: 'One' });
    await home.scan();
    const [first] = await tracks(home);
    execFileSync('cp', [home.path('x/1.mp3'), home.path('x/9.mp3')]);
    await home.scan();
    expect(await tracks(home)).toHaveLength(2);
    await rm(home.path('x/1.mp3'));
    await home.scan();
    expect(await tracks(home)).toMatchObject([{ id: first?.id, available: true }]);
    expect(await artists(home)).toMatchObject([{ trackCount: 1 }]);
    expect(await albums(home)).toMatchObject([{ trackCount: 1 }]);
  });

  test('what is no music says why, and is tried again when it changes', async () => {
    await home.text('x/cut.mp3', 'this is no music at all');
    await home.text('x/empty.flac', '');
    await home.scan();
    expect(await tracks(home)).toEqual([]);
    expect((await home.files()).map(({ state }) => state)).toEqual(['failed', 'failed']);
    await song(home, 'x/cut.mp3', { title: 'Whole', artist: 'X', album: 'One' });
    await utimes(home.path('x/cut.mp3'), 1, 1);
    await home.scan();
    expect(await tracks(home)).toMatchObject([{ name: 'Whole' }]);
  });
});

test('a track that is damaged cannot be played until it is whole again, and stays who it is', async () => {
  const home = await TestLibrary.open('music');
  await song(home, 'x/1.mp3', { title: 'A', artist: 'X', album: 'One' });
  await home.scan();
  const [before] = await tracks(home);
  await home.text('x/1.mp3', 'no music any more');
  await home.scan();
  expect(await tracks(home)).toMatchObject([{ id: before?.id, available: false }]);
  expect(await albums(home)).toMatchObject([{ available: false }]);
  await song(home, 'x/1.mp3', { title: 'B', artist: 'X', album: 'One' });
  await home.scan();
  expect(await tracks(home)).toMatchObject([{ id: before?.id, name: 'B', available: true }]);
  await home.close();
});
