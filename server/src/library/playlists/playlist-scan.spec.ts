import { copyFile, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { TestLibrary } from '../../../../tests/support/library.js';
import { song } from '../../../../tests/support/songs.js';
import { PlaylistEntry } from '../entities/playlist-entry.entity.js';
import { Playlist } from '../entities/playlist.entity.js';

let home: TestLibrary;
beforeEach(async () => {
  home = await TestLibrary.open('music');
});
afterEach(() => home.close());

const playlists = (): Promise<Playlist[]> =>
  home.database.read.find(Playlist, { order: { sortName: 'ASC', id: 'ASC' } });

/** What is in a playlist: `name` of what is missing, `name → path` of what is not. */
async function shown(name: string): Promise<string[]> {
  const row = await home.database.read.findOneByOrFail(Playlist, { name });
  const order = { position: 'ASC' } as const;
  const entries = await home.database.read.find(PlaylistEntry, { where: { playlistId: row.id }, order });
  const paths = new Map((await home.files()).map(({ id, relativePath }) => [id, relativePath]));
  return entries.map((entry) => (entry.trackId ? `${entry.name} → ${paths.get(entry.trackId)}` : entry.name));
}
const ids = async (): Promise<string[]> =>
  (await home.database.read.find(PlaylistEntry, { order: { position: 'ASC' } })).map(({ id }) => id);

test('what a playlist names is found; what is missing stays named, and is found when it comes', async () => {
  await song(home.path('x/a.mp3'), { title: 'A', artist: 'X', album: 'One' });
  await home.text('lists/Mix.m3u', '../x/a.mp3\nhttp://host/radio\n#EXTINF:9,Later\n..\\x\\b.mp3\n../../out.mp3\n../x/a.mp3');
  await home.scan();
  expect(await shown('Mix')).toEqual(['a → x/a.mp3', 'Later', 'out', 'a → x/a.mp3']);
  const before = [(await playlists())[0]?.id, ...(await ids())];

  await song(home.path('x/b.mp3'), { title: 'B', artist: 'X', album: 'One' });
  await home.scan();
  expect(await shown('Mix')).toEqual(['a → x/a.mp3', 'Later → x/b.mp3', 'out', 'a → x/a.mp3']);
  await home.scan({ full: true });
  expect([(await playlists())[0]?.id, ...(await ids())]).toEqual(before);

  home.events.length = 0;
  await home.scan();
  expect(home.events.map(({ name }) => name)).not.toContain('library.changed');
}); // prettier-ignore

test('a changed file keeps the ids of what it still says; a file that is gone takes its playlist along', async () => {
  await song(home.path('a.mp3'), { title: 'A', artist: 'X', album: 'One' });
  await home.text('Mix.m3u8', 'a.mp3\nb.mp3\n');
  await home.text('Other.pls', '[playlist]\nFile1=a.mp3\n');
  await home.scan();
  const entryOf = (reference: string) => home.database.read.findOneBy(PlaylistEntry, { reference });
  const b = await entryOf('b.mp3');
  const [mix] = await playlists();

  await home.text('Mix.m3u8', '#PLAYLIST:Mixed\nb.mp3\nc.mp3\na.mp3\n');
  await rm(home.path('Other.pls'));
  home.events.length = 0;
  await home.scan({ within: [{ folderId: home.folder.id, path: '' }] });
  expect((await playlists()).map(({ id, name }) => [id, name])).toEqual([[mix?.id, 'Mixed']]);
  expect(await shown('Mixed')).toEqual(['b', 'c', 'a → a.mp3']);
  expect((await entryOf('b.mp3'))?.id).toBe(b?.id);
  expect(home.events.map(({ name }) => name)).toContain('library.changed');
});

test('an unplugged disk, and a track that moves, cost no entry', async () => {
  await song(home.path('a.mp3'), { title: 'A', artist: 'X', album: 'One' });
  await home.text('Mix.m3u', 'a.mp3');
  await home.scan();
  const before = await ids();
  const { path } = home.folder;
  await rename(path, `${path}-away`);
  await mkdir(path);
  await home.scan();
  expect(await shown('Mix')).toEqual(['a → a.mp3']);
  await rm(path, { recursive: true });
  await rename(`${path}-away`, path);
  await rename(home.path('a.mp3'), home.path('z.mp3'));
  await home.scan();
  expect(await shown('Mix')).toEqual(['a → z.mp3']);
  expect(await ids()).toEqual(before);
});

test('a copy that takes the place of a file that is gone takes its entries too', async () => {
  await song(home.path('a.mp3'), { title: 'A', artist: 'X', album: 'One' });
  await home.text('Mix.m3u', 'new/a.mp3');
  await home.scan();
  await mkdir(home.path('new'));
  await copyFile(home.path('a.mp3'), home.path('new/a.mp3'));
  await home.scan();
  expect(await shown('Mix')).toEqual(['a → new/a.mp3']);
  await rm(home.path('a.mp3'));
  await home.scan();
  expect(await shown('Mix')).toEqual(['a → new/a.mp3']);
  expect(await home.files()).toHaveLength(1);
});

test('links are not read, nor what is too large or no list; none of it fails the scan', async () => {
  const secret = `${home.folder.path}-secret.txt`;
  await writeFile(secret, 'secret\n');
  await symlink(secret, home.path('Link.m3u'));
  await home.text('Huge.m3u', 'x.mp3\n'.repeat(400_000));
  await home.text('Radio.pls', '[playlist]\nFile1=http://host/live');
  await mkdir(home.path('Folder.m3u'));
  await home.scan();
  expect(await playlists()).toEqual([]);
});

test('libraries of films have none', async () => {
  const films = await TestLibrary.open('movies');
  try {
    await films.text('Mix.m3u', 'a.mp3');
    await films.scan();
    expect(await films.database.read.find(Playlist)).toEqual([]);
  } finally {
    await films.close();
  }
});
