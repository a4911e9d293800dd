import { jest } from '@jest/globals';
import type { ServerEvent } from '../../events/event-bus.js';
import { MediaFile } from '../../library/entities/media-file.entity.js';
import { torrentLibraryId } from '../../library/torrent/torrent-ids.js';
import { PlayedFiles } from './played-files.service.js';

let now = 0;
beforeEach(() => {
  now = 1000;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

function stage(libraryId = 'films') {
  let place = '/disk/a.mkv';
  let tell: (event: ServerEvent) => void = () => undefined;
  const hidden = new Set<string>();
  const file = jest.fn((id: string) =>
    Promise.resolve({ file: Object.assign(new MediaFile(), { id, libraryId }), path: place }),
  );
  const mustSeeFile = (_: string, accountId: string): Promise<void> =>
    hidden.has(accountId) ? Promise.reject(new Error('NOT_FOUND')) : Promise.resolve();
  const files = new PlayedFiles(
    { file },
    { mustSeeFile },
    { listen: (listener) => ((tell = listener), () => true) },
  );
  return {
    files,
    file,
    hide: (accountId: string) => hidden.add(accountId),
    move: (to: string) => (place = to),
    change: () => tell({ name: 'library.changed', payload: { libraryId, titleIds: [] } }),
  };
}

test('ranges that follow each other look a file up once; what changes in the library counts at once', async () => {
  const { files, file, move, change } = stage();
  const places = await Promise.all([
    files.locate('a', 'ann'),
    files.locate('a', 'ben'),
    files.locate('a', 'ann'),
  ]);
  expect(places.map(({ path }) => path)).toEqual(['/disk/a.mkv', '/disk/a.mkv', '/disk/a.mkv']);
  expect(file).toHaveBeenCalledTimes(1);
  move('/disk/b.mkv');
  change();
  expect((await files.locate('a', 'ann')).path).toBe('/disk/b.mkv');
});

test('what nobody tells of counts a second later', async () => {
  const { files, move } = stage();
  await files.locate('a', 'ann');
  move('/disk/b.mkv');
  now = 1999;
  expect((await files.locate('a', 'ann')).path).toBe('/disk/a.mkv');
  now = 2000;
  expect((await files.locate('a', 'ann')).path).toBe('/disk/b.mkv');
});

test('whoever may not see it any more is refused, also while it is kept', async () => {
  const { files, hide } = stage();
  await files.locate('a', 'ann');
  hide('ann');
  await expect(files.locate('a', 'ann')).rejects.toThrow('NOT_FOUND');
});

test('what is in a torrent, or was not found, is asked for each time', async () => {
  const { files, file } = stage(torrentLibraryId);
  await files.locate('a', 'ann');
  await files.locate('a', 'ann');
  expect(file).toHaveBeenCalledTimes(2);
  file.mockRejectedValueOnce(new Error('gone'));
  await expect(files.locate('b', 'ann')).rejects.toThrow('gone');
  await expect(files.locate('b', 'ann')).resolves.toMatchObject({ path: '/disk/a.mkv' });
});
