import { mkdir, rename, rm } from 'node:fs/promises';
import { TestLibrary } from '../../../../tests/support/library.js';
import { waitFor } from '../../../../tests/support/wait-for.js';
import { FolderWatch } from './folder-watch.js';
import { networkMountOf } from './network-mount.js';

describe('a watched folder', () => {
  let home: TestLibrary;
  let watch: FolderWatch;
  const asked: string[][] = [];
  let scanning = Promise.resolve();
  beforeEach(async () => {
    asked.length = 0;
    home = await TestLibrary.open('movies');
    scanning = Promise.resolve();
    const requests = {
      within: (_: unknown, scopes: string[]) => {
        asked.push(scopes);
        const within = scopes.map((path) => ({ folderId: home.folder.id, path }));
        scanning = scanning.then(() => home.scan({ within }));
      },
      all: () => {
        scanning = scanning.then(() => home.scan());
      },
    };
    watch = new FolderWatch(home.folder, requests, home.logger, { quietMs: 150, pollMs: 60_000 });
    await watch.start();
  });
  afterEach(async () => {
    await watch.stop();
    await scanning; // its last one may still write
    await home.close();
  });

  const names = async () =>
    (await home.titles()).filter(({ available }) => available).map(({ name }) => name);

  test('shows what comes, moves and goes, and scans no more than that', async () => {
    expect(watch.isPolling).toBe(false);
    await home.film('Alpha (1999)/Alpha (1999).mkv');
    await waitFor(async () => (await names()).includes('Alpha'), 'the new film');
    const { id } = await home.title('Alpha');

    await mkdir(home.path('moved'));
    await rename(home.path('Alpha (1999)'), home.path('moved/Omega (2003)'));
    await waitFor(async () => (await names()).includes('Alpha'), 'the film again');
    await rename(
      home.path('moved/Omega (2003)/Alpha (1999).mkv'),
      home.path('moved/Omega (2003)/Omega (2003).mkv'),
    );
    await waitFor(async () => (await names()).includes('Omega'), 'the new name');
    expect((await home.title('Omega')).id).toBe(id);

    await rm(home.path('moved'), { recursive: true });
    await waitFor(async () => (await names()).length === 0, 'the film to be unavailable');
    expect(await home.titles()).toHaveLength(1);
    expect(asked.flat()).not.toContain('');
  });

  test('ends and hears nothing afterwards', async () => {
    await watch.stop();
    await home.film('Beta (2001).mkv');
    await new Promise((resolve) => setTimeout(resolve, 400)); // the absence of an event can only be waited for
    expect(asked).toEqual([]);
  });
});

test('a local disk is watched, not polled', async () => {
  expect(await networkMountOf('/tmp')).toBeNull();
});

test('a folder that is not there is polled for', async () => {
  const home = await TestLibrary.open('movies');
  await rm(home.folder.path, { recursive: true });
  const watch = new FolderWatch(home.folder, { within: () => undefined, all: () => undefined }, home.logger, {
    quietMs: 100,
    pollMs: 60_000,
  });
  await watch.start();
  expect(watch.isPolling).toBe(true);
  await watch.stop();
  await home.close();
});
