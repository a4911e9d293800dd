import type { Page } from 'playwright-core';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, type Visitor } from '../support/browser.js';
import { filmSeconds } from '../support/clips.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { currentTime, playsPast } from '../support/picture.js';

describe('when the server goes away', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    media = await MediaFolder.make();
    await media.film('Lighthouse', { year: 2022, genres: ['Drama'] });
    await media.tinyFilm('Foghorn', { year: 2012, genres: ['Comedy'] });
    hearth = await Hearth.start();
    const admin = await hearth.setUp('Ada', 'correct horse');
    await addLibrary(admin, 'movies', media.path);
    visitor = await browser.visitor(hearth.client.baseUrl);
    page = visitor.page;
    await signIn(page, 'Ada', 'correct horse');
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  const banner = () => page.getByRole('status').filter({ hasText: 'The server can’t be reached' });
  const markPage = () => page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  const isSamePage = () => page.evaluate(() => 'neverReloaded' in window);
  const refused =
    /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_CONTENT_LENGTH_MISMATCH|WebSocket connection|xhr poll error|dynamically imported module/;

  browser.test(
    'a banner says so, and everything goes on by itself when it is back',
    async () => {
      await page
        .getByRole('link', { name: /Lighthouse/ })
        .first()
        .waitFor();
      await markPage();
      visitor.watch.allow(refused);
      await hearth.stop('SIGKILL');
      await page.getByRole('link', { name: 'Movies', exact: true }).click();
      await banner().waitFor();
      // What was loaded stays usable.
      await page.getByRole('link', { name: 'Home', exact: true }).click();
      await page
        .getByRole('link', { name: /Lighthouse/ })
        .first()
        .waitFor();

      await hearth.boot();
      await banner().waitFor({ state: 'hidden', timeout: 30_000 });
      visitor.watch.forbidAgain();
      await page.getByRole('link', { name: 'Movies', exact: true }).click();
      await page
        .getByRole('main')
        .getByRole('link', { name: /Foghorn/ })
        .first()
        .waitFor();
      expect(await isSamePage()).toBe(true);
    },
    90_000,
  );

  browser.test(
    'a film that plays goes on at its place after a restart of the server',
    async () => {
      await page.goto('/movies');
      await page
        .getByRole('main')
        .getByRole('link', { name: /Lighthouse/ })
        .click();
      await page.getByRole('main').getByRole('link', { name: 'Play', exact: true }).click();
      await playsPast(page, 2);
      await markPage();
      visitor.watch.allow(refused, /status of (401|403|404|410)/, /failed: /);
      await hearth.stop('SIGTERM');
      await hearth.boot();
      await page.locator('main.stage').focus();
      await page.keyboard.press('6');
      await playsPast(page, filmSeconds * 0.6, 40_000);
      expect(await currentTime(page)).toBeLessThan(filmSeconds * 0.6 + 20);
      expect(await isSamePage()).toBe(true);
      visitor.watch.forbidAgain();
    },
    90_000,
  );

  browser.test('someone who is signed in stays so when the server is away as the page opens', async () => {
    visitor.watch.allow(refused);
    await page.goto('/movies');
    await page
      .getByRole('main')
      .getByRole('link', { name: /Foghorn/ })
      .waitFor();
    // The page itself is there; only the interface does not answer.
    await page.route('**/api/**', (route) => route.abort('connectionrefused'));
    await page.reload();
    await banner().waitFor();
    expect(new URL(page.url()).pathname).toBe('/movies');
    await page.unroute('**/api/**');
    await page
      .getByRole('main')
      .getByRole('link', { name: /Foghorn/ })
      .waitFor({ timeout: 30_000 });
    visitor.watch.forbidAgain();
  });
});
