import { TestLibrary } from '../../../../tests/support/library.js';
import { newId } from '../../common/id.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { insertRows } from '../store/chunks.js';
import { fileKey, loadKnownFiles } from './known-files.js';

const row = (libraryId: string, folderId: string, relativePath: string): MediaFile => ({
  id: newId(),
  libraryId,
  folderId,
  relativePath,
  size: 1,
  modifiedMs: 2,
  fingerprint: null,
  state: 'unmatched',
  reason: null,
  parsed: null,
  manualMatch: null,
  media: null,
  titleId: null,
  extraKind: null,
  versionLabel: null,
  available: true,
  missingSince: null,
  addedAt: 3,
  scannedAt: 4,
});

test('all files of a folder are read, however many pages they take, and only those in scope', async () => {
  const home = await TestLibrary.open('movies');
  const { id: folderId, libraryId } = home.folder;
  const paths = Array.from({ length: 2001 }, (_, index) => `${index % 2 ? 'odd' : 'even'}/${index}.mkv`);
  await home.database.write((manager) =>
    insertRows(
      manager,
      MediaFile,
      paths.map((path) => row(libraryId, folderId, path)),
    ),
  );
  const read = () => home.database.read;
  const all = await loadKnownFiles(read, folderId, ['']);
  expect([...all.keys()].sort()).toEqual(paths.map((path) => fileKey(folderId, path)).sort());
  const odd = await loadKnownFiles(read, folderId, ['odd', 'none']);
  expect(odd.size).toBe(1000);
  expect(odd.get(fileKey(folderId, 'odd/7.mkv'))).toMatchObject({
    path: 'odd/7.mkv',
    available: true,
    scannedAt: 4,
  });
  expect(await loadKnownFiles(read, newId(), [''])).toEqual(new Map());
  await home.close();
});
