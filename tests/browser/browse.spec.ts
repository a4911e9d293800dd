import type { Page } from 'playwright-core';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile } from '../support/browser.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { playsPast } from '../support/picture.js';
import { waitFor } from '../support/wait-for.js';

const crowdSize = 3000;

describe('browsing', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let crowd: MediaFolder;
  let page: Page;

  beforeAll(async () => {
    [media, crowd] = await Promise.all([MediaFolder.make(), MediaFolder.make()]);
    await media.film('Aardvark Alley', {
      year: 1987,
      genres: ['Comedy'],
      cast: ['Ines Okafor'],
      rating: 7.5,
    });
    await media.film('Zephyr Point', { year: 2014, genres: ['Drama', 'Mystery'], cast: ['Ines Okafor'] });
    await media.tinyFilm('Zwölf Brücken', { year: 2015, genres: ['Drama'], rating: 8.1 });
    await crowd.crowd(crowdSize, 'Crowd');
    hearth = await Hearth.start();
    const admin = await hearth.setUp('Ada', 'correct horse');
    await addLibrary(admin, 'movies', media.path);
    await addLibrary(admin, 'movies', crowd.path, 240_000);
    ({ page } = await browser.visitor(hearth.client.baseUrl));
    await signIn(page, 'Ada', 'correct horse');
  }, 400_000);
  afterAll(async () => {
    await hearth.dispose();
    await Promise.all([media.remove(), crowd.remove()]);
  });

  const wall = () => page.getByRole('list', { name: /Movies/ });
  const card = (name: string | RegExp) => page.getByRole('main').getByRole('link', { name });
  const count = () => page.getByRole('status').filter({ hasText: /title/ });

  browser.test('filters live in the address: they survive a reload and the way back', async () => {
    await page.goto('/movies');
    await count().filter({ hasText: '3,003 titles' }).waitFor();
    await page.getByRole('button', { name: 'Genre' }).click();
    await page.getByRole('menuitemcheckbox', { name: /Drama/ }).click();
    await page.keyboard.press('Escape');
    await count().filter({ hasText: '2 titles' }).waitFor();
    await page.getByRole('button', { name: 'Decade' }).click();
    await page.getByRole('menuitemradio', { name: /2010s/ }).click();
    await page.getByRole('button', { name: /^Sort/ }).click();
    await page.getByRole('menuitemradio', { name: 'Year' }).click();
    await page.waitForURL(/genre=Drama.*sort=year|sort=year.*genre=Drama/);
    expect(new URL(page.url()).searchParams.get('year')).toBe('2010-2019');
    const names = () => wall().getByRole('listitem').getByRole('link').allInnerTexts();
    await card(/Zwölf Brücken/).waitFor();
    const before = await names();
    expect(before.map((name) => name.split('\n').at(-2) ?? name)).toHaveLength(2);
    await page.reload();
    await card(/Zwölf Brücken/).waitFor();
    expect(await names()).toEqual(before);
    await card(/Zwölf Brücken/).click();
    await page.getByRole('heading', { name: 'Zwölf Brücken', level: 1 }).waitFor();
    await page.goBack();
    await count().filter({ hasText: '2 titles' }).waitFor();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await count().filter({ hasText: '3,003 titles' }).waitFor();
  });

  browser.test('of 3 000 titles only those in sight are in the page, wherever one scrolls', async () => {
    await page.goto('/movies');
    await card(/Aardvark Alley/).waitFor();
    const most: number[] = [];
    const cells = wall().getByRole('listitem');
    // The first titles are drawn a moment before the wall is as tall as all of them.
    await waitFor(
      async () => ((await wall().boundingBox())?.height ?? 0) > crowdSize * 20,
      'the wall’s height',
    );
    for (const part of [0.25, 0.5, 0.75, 1]) {
      await page.evaluate((to) => scrollTo(0, document.documentElement.scrollHeight * to), part);
      const low = Math.floor(crowdSize * part * 0.9) - 60;
      await waitFor(async () => {
        const places = await cells.evaluateAll((all) => all.map((one) => Number(one.ariaPosInSet)));
        return Math.max(...places) > low;
      }, `title ${low} of the wall`);
      await waitFor(async () => (await cells.getByRole('link').count()) > 10, 'titles instead of skeletons');
      most.push(await cells.count());
    }
    expect(Math.max(...most)).toBeLessThan(200);
    expect(await page.locator('*').count()).toBeLessThan(5000);
    await card(/Zwölf Brücken/).waitFor();
    expect(await cells.last().getAttribute('aria-setsize')).toBe('3003');
  });

  browser.test('the letter rail jumps to the end of the alphabet', async () => {
    await page.goto('/movies');
    await page.getByRole('button', { name: 'Jump to Z', exact: true }).click();
    await card(/Zephyr Point/).waitFor();
  });

  browser.test('without a mouse: from the wall by arrows to a title, and into the film', async () => {
    await page.goto('/movies?genre=Comedy,Drama,Mystery');
    await card(/Aardvark Alley/).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Skip to content' }).waitFor();
    await page.keyboard.press('Enter');
    const focused = () =>
      page.evaluate(() =>
        document.activeElement?.matches('a, button') ? document.activeElement.textContent : '',
      );
    for (let step = 0; step < 30 && !/Aardvark/.test(await focused()); step++)
      await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/Aardvark Alley/);
    await page.keyboard.press('ArrowRight');
    await waitFor(async () => /Zephyr Point/.test(await focused()), 'the focus on the next poster');
    const ring = await page.locator(':focus').evaluate((element) => {
      const of = (one: Element): boolean => getComputedStyle(one).outlineStyle !== 'none';
      return of(element) || [...element.querySelectorAll('*')].some(of);
    });
    expect(ring).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Zephyr Point', level: 1 }).waitFor();
    const play = /^Play$/;
    for (let step = 0; step < 30 && !play.test((await focused()).trim()); step++)
      await page.keyboard.press('Tab');
    expect((await focused()).trim()).toMatch(play);
    await page.keyboard.press('Enter');
    await playsPast(page, 1);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Zephyr Point', level: 1 }).waitFor();
  });

  browser.test('search opens by its key, forgives typos and accents, and finds people', async () => {
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox', { name: 'Search' });
    await field.fill('zephir point');
    await page
      .getByRole('region', { name: 'Movies and series' })
      .getByRole('link', { name: /Zephyr Point/ })
      .waitFor();
    await field.fill('zwolf brucken');
    await card(/Zwölf Brücken/)
      .first()
      .waitFor();
    await field.fill('ines okafor');
    await page
      .getByRole('region', { name: 'People' })
      .getByRole('link', { name: /Ines Okafor/ })
      .click();
    await count().filter({ hasText: '2 titles' }).waitFor();
    await page.goto('/search?q=qqqqzzzxx');
    await page.getByText(/Nothing found for/).waitFor();
  });
});
