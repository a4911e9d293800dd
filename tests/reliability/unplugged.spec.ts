import { mkdir, rename, rm } from 'node:fs/promises';
import { libraryRoutes } from '../../contract/src/library.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { type TitleCard, titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, rescan } from '../support/scanned.js';

describe.each(databaseKinds)('a disk that goes away, on %s', (database) => {
  let hearth: Hearth;
  let admin: Client;
  let media: MediaFolder;
  let libraryId: string;
  let before: TitleCard[];

  const titles = async () => (await admin.call(titleRoutes.list, { limit: 100 })).items;
  const gone = () => rename(media.path('disk'), media.path('elsewhere'));
  const back = async () => {
    await rm(media.path('disk'), { recursive: true, force: true });
    await rename(media.path('elsewhere'), media.path('disk'));
  };
  /** What must not change: everything but whether it is there. */
  const kept = (cards: TitleCard[]) =>
    cards.map(({ id, name, state, favorite }) => [id, name, state, favorite]);

  beforeAll(async () => {
    media = await MediaFolder.make();
    for (const name of ['Hill (2001)', 'Lake (2002)', 'Rock (2003)']) {
      await media.film(`disk/${name}/${name}.mkv`, { seconds: 100 });
    }
    await media.film('disk/Harbour/Season 1/Harbour S01E01.mkv');
    hearth = await Hearth.start({ database });
    admin = await hearth.setUp();
    libraryId = (await addLibrary(admin, 'mixed', media.path('disk'))).id;
    const lake = (await titles()).find(({ name }) => name === 'Lake');
    const titleId = lake?.id ?? '';
    const { sessionId } = await admin.call(playbackRoutes.start, { titleId, client: {} });
    await admin.call(playbackRoutes.progress, { sessionId, positionSeconds: 55 });
    await admin.call(playbackRoutes.addFavorite, { titleId });
    before = await titles();
    expect(before.map(({ available }) => available)).toEqual([true, true, true, true]);
  }, 60_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  test.each([
    ['the folder is not there', () => Promise.resolve()],
    ['an empty mount point is there', () => mkdir(media.path('disk')).then(() => undefined)],
  ])(
    '%s: everything stays, marked unavailable, and returns',
    async (_, leaveBehind) => {
      await gone();
      await leaveBehind();
      for (let scan = 0; scan < 3; scan++) {
        const library = await rescan(admin, libraryId);
        expect(library).toMatchObject({ titleCount: 4, fileCount: 4, unavailableCount: 4 });
      }
      const away = await titles();
      expect(away.map(({ available }) => available)).toEqual([false, false, false, false]);
      expect(kept(away)).toEqual(kept(before));
      await back();
      expect(await rescan(admin, libraryId)).toMatchObject({ fileCount: 4, unavailableCount: 0 });
      expect(kept(await titles())).toEqual(kept(before));
      expect((await titles()).every(({ available }) => available)).toBe(true);
    },
    60_000,
  );

  test('nothing goes but by an administrator’s word', async () => {
    await gone();
    await hearth.stop();
    await hearth.boot();
    await rescan(admin, libraryId);
    expect(kept(await titles())).toEqual(kept(before));
    await admin.call(libraryRoutes.forgetMissing, { id: libraryId });
    const library = (await admin.call(libraryRoutes.list)).items[0];
    // A folder that cannot be read says nothing about its files: their disk may be in a drawer.
    expect([0, 4]).toContain(library?.fileCount);
    await back();
    expect(await rescan(admin, libraryId)).toMatchObject({ fileCount: 4, unavailableCount: 0 });
  }, 60_000);
});
