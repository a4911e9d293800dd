import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { libraryRoutes } from '../../contract/src/library.js';
import { filesAmong, sourceRoutes } from '../../contract/src/source.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, rescan } from '../support/scanned.js';

// What a file holds is read before any database is asked, so one database is enough here.
let hearth: Hearth;
let admin: Client;
let media: MediaFolder;

const nested = (depth: number): string => Array.from({ length: depth }, (_, n) => `level ${n}`).join('/');

/** Files that no reader can make sense of: they must be listed with a reason. */
const hopeless = [
  'Zero Bytes (2001).mkv',
  'Random Bytes (2002).mkv',
  'Random Bytes (2003).mp4',
  'Text In Disguise (2004).avi',
  'Picture In Disguise (2005).mp4',
  'Cut At Header (2006).mkv',
  'Cut Without Index (2007).mp4',
  'Lying Sizes (2008).mkv',
];
/** Files with a fault that a reader can live with: they must play. */
const bearable = [
  'Cut In Half (2010).mkv',
  'Wrong Ending (2011).avi',
  'Many Chapters (2012).mkv',
  'New\nLine (2013).mkv',
  `${'L'.repeat(240)} (2014).mkv`.slice(-200),
  `${nested(30)}/Deep Down (2015).mkv`,
];

async function makeDamage(): Promise<void> {
  const good = await readFile(await media.film('Good Film (2000).mkv'));
  const mp4 = await readFile(await media.film('Other Good Film (1999).mp4'));
  await media.write('Zero Bytes (2001).mkv', '');
  await media.write('Random Bytes (2002).mkv', randomBytes(300_000));
  await media.write('Random Bytes (2003).mp4', randomBytes(300_000));
  await media.write('Text In Disguise (2004).avi', 'This is not a film.\n'.repeat(1000));
  const picture = await media.picture('picture.jpg');
  await media.write('Picture In Disguise (2005).mp4', await readFile(picture));
  await media.write('Cut At Header (2006).mkv', good.subarray(0, 40));
  // Our MP4 has its index at the end.
  await media.write('Cut Without Index (2007).mp4', mp4.subarray(0, mp4.length / 2));
  // A Matroska header whose elements claim to be larger than the universe.
  await media.write(
    'Lying Sizes (2008).mkv',
    Buffer.concat([good.subarray(0, 60), Buffer.alloc(5000, 0x01)]),
  );
  await media.write('Cut In Half (2010).mkv', good.subarray(0, good.length / 2));
  await media.write('Wrong Ending (2011).avi', mp4);
  await manyChapters('Many Chapters (2012).mkv');
  // Deeper than a scan looks (40): passed over, not stumbled over.
  await media.copy('Good Film (2000).mkv', `${nested(200)}/Too Deep (2016).mkv`);
  for (const name of bearable.slice(3)) await media.copy('Good Film (2000).mkv', name);
}

/** 20 000 chapters of a millisecond. */
async function manyChapters(name: string): Promise<void> {
  const chapter = (n: number) =>
    `[CHAPTER]\nTIMEBASE=1/10000\nSTART=${n * 5}\nEND=${n * 5 + 5}\ntitle=Chapter ${n}\n`;
  const list = Array.from({ length: 20_000 }, (_, n) => chapter(n)).join('');
  const metadata = await media.write('chapters.txt', `;FFMETADATA1\n${list}`);
  const from = media.path('Good Film (2000).mkv');
  const inputs = ['-i', from, '-i', metadata, '-map_metadata', '1', '-c', 'copy'];
  execFileSync(process.env['FFMPEG_PATH'] || 'ffmpeg', ['-v', 'error', '-y', ...inputs, media.path(name)]);
}

/** Things that are no files at all; to open one of them could wait for ever. */
async function makeTraps(): Promise<void> {
  execFileSync('mkfifo', [media.path('Pipe (2020).mkv')]);
  await mkdir(media.path('Folder (2021).mkv'));
  await symlink(media.root, media.path('loop'));
  await symlink('/nowhere/at/all.mkv', media.path('Dangling (2022).mkv'));
  await symlink('/dev/zero', media.path('Endless (2023).mkv'));
  const notUtf8 = Buffer.concat([
    Buffer.from(media.path('')),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(' (2024).mkv'),
  ]);
  await symlink(media.path('Good Film (2000).mkv'), notUtf8);
}

beforeAll(async () => {
  media = await MediaFolder.make();
  await makeDamage();
  await makeTraps();
  hearth = await Hearth.start();
  admin = await hearth.setUp();
}, 60_000);
afterAll(async () => {
  await hearth.dispose();
  await media.remove();
});

const fileNames = async (): Promise<string[]> => {
  const { items } = await admin.call(titleRoutes.list, { limit: 200 });
  const sources = await Promise.all(
    items.map(async ({ id }) => filesAmong((await admin.call(sourceRoutes.ofTitle, { id })).items)),
  );
  return sources.flat().map(({ fileName }) => fileName);
};
const failures = async () =>
  (await admin.call(libraryRoutes.attention, { state: 'failed', limit: 200 })).items;
const lastPart = (path: string): string => path.split('/').at(-1) ?? '';

test('a scan gets through all of it and the server stays', async () => {
  const library = await addLibrary(admin, 'movies', media.root);
  expect(library.folders[0]?.available).toBe(true);
  const names = await fileNames();
  expect(names).toEqual(expect.arrayContaining(['Good Film (2000).mkv', 'Other Good Film (1999).mp4']));
  expect(names).toEqual(expect.arrayContaining(bearable.map(lastPart)));
  const again = await rescan(admin, library.id);
  expect({ ...again, lastScanAt: null }).toEqual({ ...library, lastScanAt: null });
}, 120_000);

test.each(hopeless)('%s is listed with a reason', async (name) => {
  const failure = (await failures()).find(({ relativePath }) => relativePath === name);
  expect(failure?.reason).toMatch(/\w{3}/);
});

test('what is no file is neither opened nor listed', async () => {
  const listed = [...(await fileNames()), ...(await failures()).map(({ relativePath }) => relativePath)];
  for (const name of ['Pipe (2020).mkv', 'Folder (2021).mkv', 'Dangling (2022).mkv', 'Endless (2023).mkv']) {
    expect(listed).not.toContain(name);
  }
  expect(listed.filter((name) => name.startsWith('Good Film'))).toHaveLength(1);
});
