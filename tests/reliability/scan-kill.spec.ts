import { libraryRoutes } from '../../contract/src/library.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, libraryOf, scanned } from '../support/scanned.js';
import { contents, fillHousehold } from './household.js';
import { kills } from './kills.js';

let media: MediaFolder;

beforeAll(async () => {
  media = await MediaFolder.make();
  await fillHousehold(media);
}, 60_000);
afterAll(() => media.remove());

describe.each(databaseKinds)('a scan on %s', (database) => {
  let hearth: Hearth;
  let admin: Client;
  let undisturbed: unknown[];
  let undisturbedMs: number;

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
    admin = await hearth.setUp();
    const started = performance.now();
    const { id } = await addLibrary(admin, 'mixed', media.path('library'));
    undisturbedMs = performance.now() - started;
    undisturbed = await contents(admin);
    expect(undisturbed).toHaveLength(43);
    await admin.call(libraryRoutes.remove, { id });
    expect(await contents(admin)).toEqual([]);
  }, 120_000);
  afterAll(() => hearth.dispose());

  test(`${kills} first scans, each killed in the middle, end as if nothing had happened (HEARTH_KILLS=50 for all)`, async () => {
    let interrupted = 0;
    // Kills after the end prove nothing: others are made for them, earlier ones.
    for (let kill = 0; interrupted < kills; kill++) {
      const draft = { name: 'All', kind: 'mixed', path: media.path('library') } as const;
      const { id } = await admin.call(libraryRoutes.create, draft);
      // Somewhere in the scan, another place each time (golden ratio).
      const delay = (undisturbedMs * ((kill * 0.618) % 1)) / (1 + kill - interrupted);
      await new Promise((resolve) => setTimeout(resolve, delay));
      const { lastScanAt } = await libraryOf(admin, id);
      if (lastScanAt === null) interrupted++;
      await hearth.stop('SIGKILL');
      await hearth.boot();
      // Nobody asks for the scan again: it was accepted, so it ends.
      await scanned(admin, id);
      expect(await contents(admin)).toEqual(undisturbed);
      await admin.call(libraryRoutes.remove, { id });
    }
  }, 1_200_000);
});
