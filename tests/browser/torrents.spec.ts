import type { Locator, Page } from 'playwright-core';
import { accountRoutes } from '../../contract/src/account.js';
import { torrentRoutes } from '../../contract/src/torrent.js';
import { signIn } from '../support/app.js';
import { browserForFile, desktop, phone, type Visitor } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { filmClip, filmSeconds } from '../support/clips.js';
import { Hearth } from '../support/hearth.js';
import { axe, overflow, smallTargets, toastsGone } from '../support/page-audit.js';
import { look } from '../support/player-page.js';
import { startSwarm, type Swarm } from '../support/swarm.js';
import { quietTorrents, torrentThat } from '../support/torrent-hearth.js';
import { waitFor } from '../support/wait-for.js';

const password = 'correct horse';
/** Against hanging, for machines many times slower than this one; no measure. */
const limitMs = 300_000;
const actionMs = 60_000;
const filmName = 'Long Crossing (2020).mp4';

describe('torrents', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let swarm: Swarm;
  let ada: Client;
  let admin: Visitor;
  let page: Page;

  beforeAll(async () => {
    swarm = await startSwarm({
      files: [
        { name: filmName, from: await filmClip() },
        {
          name: 'Long Crossing (2020).en.srt',
          from: Buffer.from('1\n00:00:01,000 --> 00:00:05,000\nHello\n'),
        },
        { name: 'notes.txt', from: Buffer.from('made for a test') },
      ],
      name: 'Long.Crossing.2020.1080p',
      pieceLength: 64 * 1024,
    });
    // Off, as it comes; the tracker of the test lives on loopback.
    hearth = await Hearth.start({
      env: {
        TORRENT_ALLOW_PRIVATE: 'true',
        WEBTORRENT_DHT_PORT: '0',
        TORRENT_DHT_BOOTSTRAP: '127.0.0.1:9',
      },
    });
    ada = await hearth.setUp('Ada', password);
    await ada.call(accountRoutes.createUser, { username: 'Ben', password, role: 'member' });
    admin = await browser.visitor(hearth.client.baseUrl);
    ({ page } = admin);
    admin.context.setDefaultTimeout(actionMs);
    await signIn(page, 'Ada', password);
  }, limitMs);
  afterAll(async () => {
    await hearth.dispose();
    await swarm.close();
  }, limitMs);

  const row = (): Locator => page.locator('app-torrent-row').filter({ hasText: 'Long.Crossing' });

  /** As wide as a desk and as a phone: axe has nothing to say, and nothing sticks out. */
  async function sane(name: string): Promise<void> {
    await toastsGone(page);
    for (const [size, viewport] of [
      ['desktop', desktop],
      ['phone', phone],
    ] as const) {
      await page.setViewportSize(viewport);
      await look(page, `${name}-${size}`);
      expect(await axe(page)).toEqual([]);
      expect((await overflow(page)).culprits).toEqual([]);
    }
    await page.setViewportSize(desktop);
  }

  const mayUse = async (name: string): Promise<void> => {
    const { items } = await ada.call(torrentRoutes.permissions);
    const { accountId = '' } = items.find(({ username }) => username === name) ?? {};
    await ada.call(torrentRoutes.changePermission, { accountId, allowed: true });
  };

  browser.test(
    'they are off until the notice was read; then they have a place in the navigation',
    async () => {
      await page.goto('/torrents');
      await page.getByRole('heading', { name: 'Torrents are switched off' }).waitFor();
      await sane('off');
      const main = page.getByRole('navigation', { name: 'Main' });
      expect(await main.getByRole('link', { name: 'Torrents' }).count()).toBe(0);
      await page.getByRole('link', { name: 'Go to the settings' }).click();
      await page.getByRole('heading', { name: 'Before you switch torrents on' }).waitFor();
      await page.getByText('Creative Commons works').waitFor();
      await sane('notice');
      await page.getByRole('button', { name: 'I have read this. Switch torrents on.' }).click();
      await page.getByRole('heading', { name: 'Engine' }).waitFor();
      await main.getByRole('link', { name: 'Torrents' }).waitFor();
      await quietTorrents(ada);
      await sane('settings');
    },
  );

  browser.test(
    'a setting that is typed holds, nonsense is refused beside its field',
    async () => {
      await page.goto('/admin/torrents');
      await page.getByLabel('Connections of one torrent').fill('none');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Type a number from 1 to 2,000.').waitFor();
      await page.getByLabel('Connections of one torrent').fill('40');
      await page.getByLabel('Upload at most (MB/s)').first().fill('12.5');
      await page.getByRole('button', { name: 'Save' }).click();
      await waitFor(
        async () => {
          const { maxPeers, uploadLimit } = await ada.call(torrentRoutes.settings);
          return maxPeers === 40 && uploadLimit === 12_500_000;
        },
        'the settings that were typed',
        actionMs,
      );
      await ada.call(torrentRoutes.changeSettings, { uploadLimit: 0 });
    },
    limitMs,
  );

  browser.test(
    'who is not allowed is told whom to ask',
    async () => {
      const ben = await browser.visitor(hearth.client.baseUrl);
      await signIn(ben.page, 'Ben', password);
      await ben.page.goto('/torrents');
      await ben.page.getByRole('heading', { name: 'You may not use torrents here' }).waitFor();
      await mayUse('Ben');
      await ben.page.reload();
      await ben.page.getByRole('heading', { name: 'No torrents yet' }).waitFor();
      await ben.context.close();
    },
    limitMs,
  );

  browser.test(
    'a .torrent shows what is in it; what is chosen is added',
    async () => {
      await page.goto('/torrents');
      await page.getByRole('heading', { name: 'No torrents yet' }).waitFor();
      await page.getByRole('button', { name: 'Add a torrent' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Add a torrent' });
      await dialog.getByLabel('Magnet link or address').fill('a film');
      await dialog.getByRole('button', { name: 'Continue' }).click();
      await dialog.getByText('Paste a magnet link, an infohash').waitFor();
      await dialog.locator('input[type=file]').setInputFiles({
        name: 'film.torrent',
        mimeType: 'application/x-bittorrent',
        buffer: swarm.metainfo,
      });
      await dialog.getByText('Looks like Long Crossing (2020)').waitFor();
      await sane('add');
      expect(await dialog.getByRole('checkbox', { name: /\.mp4/ }).isChecked()).toBe(true);
      expect(await dialog.getByRole('checkbox', { name: /\.srt/ }).isChecked()).toBe(true);
      expect(await dialog.getByRole('checkbox', { name: /notes\.txt/ }).isChecked()).toBe(false);
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await row().waitFor();
      await row().getByText('Ready to play').waitFor();
      await sane('list');
    },
    limitMs,
  );

  browser.test(
    'its page has files, pieces, trackers and the way to a picture',
    async () => {
      await row().getByRole('link', { name: 'Long.Crossing.2020.1080p', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Long.Crossing.2020.1080p' }).waitFor();
      await page.getByRole('img', { name: /^\d+ of [\d,]+ pieces are here$/ }).waitFor();
      await page.getByRole('listitem').filter({ hasText: '.srt' }).first().waitFor();
      await page
        .getByText(swarm.trackerUrl.replace(/\/announce.*$/, ''), { exact: false })
        .first()
        .waitFor();
      await sane('details');
      await page.getByRole('combobox', { name: /^Priority of notes\.txt/ }).selectOption('low');
      await waitFor(
        async () => {
          const { files } = await ada.call(torrentRoutes.info, { hash: swarm.infoHash });
          return files.find(({ name }) => name === 'notes.txt')?.priority === 'low';
        },
        'the priority that was chosen',
        actionMs,
      );
    },
    limitMs,
  );

  /** Where the picture is (s), once it moves. */
  const playing = (from: number): Promise<unknown> =>
    page.waitForFunction(
      (least) => {
        const video = document.querySelector('video');
        return video !== null && !video.seeking && video.readyState > 2 && video.currentTime > least;
      },
      from,
      { timeout: actionMs },
    );

  browser.test(
    'it plays while it is fetched, and goes where somebody wants to go',
    async () => {
      await page.goto(`/torrents/${swarm.infoHash}`);
      await page.getByRole('link', { name: 'Play', exact: true }).click();
      await playing(0.2);
      await page.locator('main.stage').focus();
      // Seven tenths of the film.
      await page.keyboard.press('7');
      await playing(filmSeconds * 0.7);
      await page.keyboard.press('i');
      await page.getByRole('heading', { name: 'From the swarm' }).waitFor();
      await page.keyboard.press('Escape');
      await page.goto('/torrents');
      await row().waitFor();
    },
    120_000,
  );

  browser.test(
    'downloaded as a whole it is whole, paused and resumed it stays so',
    async () => {
      await page.goto('/torrents');
      const menu = row().getByRole('button', { name: /^More for/ });
      await menu.click();
      await row().getByRole('menuitem', { name: 'Download all of it' }).click();
      await torrentThat(ada, swarm.infoHash, 'is whole', ({ progress }) => progress >= 100);
      await row().getByText('Whole, sharing with others').waitFor();
      await menu.click();
      await row().getByRole('menuitem', { name: 'Pause' }).click();
      await row().getByText('Paused').waitFor();
      await menu.click();
      await row().getByRole('menuitem', { name: 'Go on' }).click();
      await row().getByText('Whole, sharing with others').waitFor();
      await page.getByRole('button', { name: /^Whole/ }).click();
      await row().waitFor();
      await page.getByRole('button', { name: /^In trouble/ }).click();
      await page.getByRole('heading', { name: 'No torrent fits' }).waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      await row().waitFor();
    },
    120_000,
  );

  browser.test(
    'shared, it is in the other’s list; he plays it but does not manage it',
    async () => {
      await row()
        .getByRole('button', { name: /^More for/ })
        .click();
      await row().getByRole('menuitem', { name: 'Show it to everybody here' }).click();
      await row().getByText('everybody sees it').waitFor();
      const ben = await browser.visitor(hearth.client.baseUrl);
      await signIn(ben.page, 'Ben', password);
      await ben.page.goto('/torrents');
      const his = ben.page.locator('app-torrent-row').filter({ hasText: 'Long.Crossing' });
      await his.getByText('shared by Ada').waitFor();
      await his.getByRole('button', { name: /^More for/ }).click();
      await his.getByRole('menuitem', { name: 'Copy the magnet link' }).waitFor();
      expect(await his.getByRole('menuitem', { name: /Pause|Remove/ }).count()).toBe(0);
      await ben.context.close();
    },
    limitMs,
  );

  browser.test(
    'on a phone every control is large enough for a finger',
    async () => {
      const mine = await browser.visitor(hearth.client.baseUrl, {
        ...{ viewport: phone, hasTouch: true, isMobile: true },
      });
      await signIn(mine.page, 'Ada', password);
      const table: string[] = [];
      for (const [path, sign] of [
        ['/torrents', '1 torrent'],
        [`/torrents/${swarm.infoHash}`, 'Connected peers'],
        ['/admin/torrents', 'Where traffic leaves'],
      ] as const) {
        await mine.page.goto(path);
        await mine.page.getByText(sign).waitFor();
        table.push(...(await smallTargets(mine.page)).map((control) => `${path}: ${control}`));
      }
      await mine.page.goto('/torrents');
      await mine.page.getByRole('button', { name: 'Add a torrent' }).click();
      await mine.page.getByRole('dialog').waitFor();
      table.push(...(await smallTargets(mine.page)).map((control) => `adding: ${control}`));
      expect(table).toEqual([]);
      await mine.context.close();
    },
    limitMs,
  );

  browser.test(
    'removed, it is gone from the list and from the server',
    async () => {
      await row()
        .getByRole('button', { name: /^More for/ })
        .click();
      await row().getByRole('menuitem', { name: 'Remove…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Remove Long.Crossing.2020.1080p?' });
      await dialog.getByRole('switch', { name: /^Delete what was downloaded/ }).waitFor();
      await sane('remove');
      await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('heading', { name: 'No torrents yet' }).waitFor();
      expect((await ada.call(torrentRoutes.list)).items).toEqual([]);
    },
    limitMs,
  );

  browser.test(
    'a pasted magnet link is looked into, added and played in one go',
    async () => {
      await page.goto('/torrents');
      await page.getByRole('heading', { name: 'No torrents yet' }).waitFor();
      await page.evaluate((text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
      }, swarm.magnet);
      const dialog = page.getByRole('dialog', { name: 'Add a torrent' });
      await dialog.getByRole('button', { name: 'Look inside first' }).click();
      await dialog.getByText('Looks like Long Crossing (2020)').waitFor({ timeout: actionMs });
      await dialog.getByRole('button', { name: 'Add and play' }).click();
      await page.waitForURL(/\/watch\/file\/torrent-/, { timeout: actionMs });
      await playing(0.2);
    },
    150_000,
  );
});
