import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderBrowser } from './folder-browser.js';
import { guessKind } from './guess-kind.js';
import { checkFolder, checkOverlap } from './library-folders.js';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'hearth-browse-')));
  await mkdir(join(root, 'Films/Alpha'), { recursive: true });
  await mkdir(join(root, '.hidden'));
  await mkdir(join(root, '@eaDir'));
  await writeFile(join(root, 'Clip.mkv'), '');
  await writeFile(join(root, 'notes.txt'), '');
  await symlink(root, join(root, 'up'));
  await symlink('/proc', join(root, 'kernel'));
  await symlink(join(root, 'Films'), join(root, 'link'));
  await symlink('/nowhere', join(root, 'broken'));
});
afterEach(() => rm(root, { recursive: true }));

const browser = new FolderBrowser();

test('shows folders that can be chosen, and a few media names', async () => {
  expect(await browser.list(`${root}/`)).toEqual({
    path: root,
    parent: tmpdir(),
    folders: [
      { name: 'Films', path: join(root, 'Films') },
      { name: 'link', path: join(root, 'link') },
    ],
    sampleFiles: ['Clip.mkv'],
    truncated: false,
  });
});

test('the root has no parent and none of the kernel’s places', async () => {
  const listing = await browser.list();
  expect(listing.parent).toBeNull();
  expect(listing.folders.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['proc']));
});

test.each(['/nowhere', '/proc', '/proc/self', '/sys'])('refuses %s', async (path) => {
  await expect(browser.list(path)).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
});

test('stops at 500 folders', async () => {
  for (let index = 0; index < 502; index++) await mkdir(join(root, 'Films', `Folder ${index}`));
  const listing = await browser.list(join(root, 'Films'));
  expect(listing.folders).toHaveLength(500);
  expect(listing.truncated).toBe(true);
  expect(listing.folders[2]?.name).toBe('Folder 1');
});

test('a library’s folder exists, is a folder, and overlaps with no other, whatever links lead there', async () => {
  expect(await checkFolder(`${root}/Films/`)).toBe(join(root, 'Films'));
  await expect(checkFolder('/nowhere')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  for (const place of ['/', '/proc', '/sys/class', join(root, 'kernel')])
    await expect(checkFolder(place)).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  await expect(checkOverlap(root, ['/'])).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
  await expect(checkFolder(join(root, 'Clip.mkv'))).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  for (const [own, other] of [
    ['Films', 'Films'],
    ['Films/Alpha', 'Films'],
    ['Films', 'Films/Alpha'],
    ['link/Alpha', 'Films'],
  ]) {
    await expect(checkOverlap(join(root, own ?? ''), [join(root, other ?? '')])).rejects.toMatchObject({
      code: 'FOLDER_IN_USE',
    });
  }
  await expect(checkOverlap(join(root, 'Films'), [join(root, 'Films2')])).resolves.toBeUndefined();
});

test.each([
  [['Alpha (1999).mkv', 'Beta.2001.1080p.mkv'], 'movies'],
  [['Show/Season 1/Show S01E01.mkv', 'Show/Season 1/Show S01E02.mkv'], 'series'],
  [['Alpha (1999).mkv', 'Show/Show S01E01.mkv'], 'mixed'],
  [['Alpha (1999).mkv', 'Songs/One.mp3'], 'mixed'],
  [[], 'mixed'],
])('%j looks like %s', async (names, kind) => {
  const folder = join(root, 'guess');
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), '');
  }
  expect(await guessKind(folder)).toBe(kind);
});
