import type { Locator, Page } from 'playwright-core';
import { accountRoutes } from '../../../../contract/src/account.js';
import { torrentRoutes } from '../../../../contract/src/torrent.js';
import { signIn } from '../../../support/app.js';
import { browserForFile } from '../../../support/browser.js';
import type { Client } from '../../../support/client.js';
import { cached } from '../../../support/clips.js';
import type { Hearth } from '../../../support/hearth.js';
import { startSwarm, type Swarm } from '../../../support/swarm.js';
import { startTorrentHearth } from '../../../support/torrent-hearth.js';

/** Against hanging, for machines many times slower than this one; no measure. */
const limitMs = 300_000;
const actionMs = 60_000;
const seconds = 180;

/** Far longer than a browser buffers, and large enough for pieces: 2 Mbit/s, mostly filling. */
const clip = (): Promise<string> =>
  cached('filled.mp4', seconds, () =>
    Promise.resolve([
      ...['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=10:duration=${seconds}`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '20'],
      ...['-b:v', '2M', '-minrate', '2M', '-maxrate', '2M', '-bufsize', '1M'],
      ...['-x264-params', 'nal-hrd=cbr:filler=1', '-movflags', '+faststart'],
    ]),
  );

describe('torrents between browsers', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let swarm: Swarm;
  let ada: Client;

  beforeAll(async () => {
    swarm = await startSwarm({
      files: [{ name: 'Long Crossing (2020).mp4', from: await clip() }],
      pieceLength: 64 * 1024,
    });
    ({ hearth, ada } = await startTorrentHearth({}, { browserPeers: true }));
    const body = new FormData();
    body.append('torrent', new Blob([new Uint8Array(swarm.metainfo)]), 'film.torrent');
    await ada.fetch(torrentRoutes.add.path, { method: 'POST', body });
  }, limitMs);
  afterAll(async () => {
    await hearth.dispose();
    await swarm.close();
  }, limitMs);

  /** A browser of its own that shows the film. */
  const watch = async (): Promise<Page> => {
    const { page, context, watch: faults } = await browser.visitor(hearth.client.baseUrl);
    context.setDefaultTimeout(actionMs);
    // Shown out by the tracker, a browser tries again, and is refused.
    faults.allow(/WebSocket connection to .*\/swarm/);
    await signIn(page, 'Ada', 'correct horse');
    await page.goto(`/watch/file/torrent-${swarm.infoHash}-0`);
    await playing(page, 0.2);
    return page;
  };
  /** Until the picture moves beyond `from` (s). */
  const playing = (page: Page, from: number): Promise<unknown> =>
    page.waitForFunction(
      (least) => {
        const video = document.querySelector('video');
        return video !== null && !video.seeking && video.readyState > 2 && video.currentTime > least;
      },
      from,
      { timeout: actionMs },
    );
  const statistic = (page: Page, name: string): Locator =>
    page
      .locator('app-stats-panel dl > div')
      .filter({ has: page.locator('dt', { hasText: name }) })
      .locator('dd');
  /** Until the statistics say so. */
  const says = (page: Page, name: string, what: RegExp): Promise<void> =>
    statistic(page, name).filter({ hasText: what }).waitFor({ timeout: actionMs });
  const address = (page: Page): Promise<string> =>
    page.evaluate(() => document.querySelector('video')?.src ?? '');
  const workers = (page: Page): Promise<number> =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  const press = async (page: Page, key: string): Promise<void> => {
    await page.locator('main.stage').focus();
    await page.keyboard.press(key);
  };

  browser.test(
    'a film comes from another browser that has it; when that and the tracker go, from the server',
    async () => {
      const tv = await watch();
      // Nobody who did not choose it has any of it.
      expect(await workers(tv)).toBe(0);
      expect(await address(tv)).not.toContain('#');
      await ada.call(accountRoutes.updateMe, { preferences: { browserPeers: true } });
      await tv.reload();
      await playing(tv, 0.2);
      expect(await workers(tv)).toBe(1);
      // It reads all of the film, as its element would in the end.
      const size = await tv.evaluate(async () => {
        const { src } = document.querySelector('video') ?? { src: '' };
        const reply = await fetch(src, { headers: { Range: 'bytes=0-' } });
        return (await reply.arrayBuffer()).byteLength;
      });
      expect(size).toBe(swarm.files[0]?.size);
      const tablet = await watch();
      await press(tablet, 'i');
      await says(tablet, 'Browsers', /^\s*1\s*$/);
      await says(tablet, 'From them', /[MkK]B/);
      await press(tablet, '1');
      await playing(tablet, seconds * 0.1);
      await ada.call(torrentRoutes.changeSettings, { browserPeers: false });
      await tv.context().close();
      await says(tablet, 'Browsers', /^\s*0\s*$/);
      const before = await statistic(tablet, 'From the server').innerText();
      // Farther than anything was fetched ahead.
      await press(tablet, '9');
      await playing(tablet, seconds * 0.9 + 0.5);
      await tablet.waitForFunction(
        ([name, last]) => {
          const row = [...document.querySelectorAll('app-stats-panel dl > div')].find((each) =>
            each.textContent.includes(name),
          );
          return row !== undefined && !row.textContent.includes(last);
        },
        ['From the server', before] as const,
      );
    },
    limitMs,
  );
});
