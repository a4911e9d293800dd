import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { playbackRoutes } from '../../contract/src/playback.js';
import { addLibrary, signIn } from '../support/app.js';
import { blockFont } from '../support/block-font.js';
import { browserForFile, plainHost, type Visitor } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { externalLine, srt } from '../support/clips.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { currentTime, playsPast } from '../support/picture.js';
import { look } from '../support/player-page.js';
import { titleNamed } from '../support/scanned.js';
import { colorsAt, nameOf } from '../support/screen-colors.js';
import { blackFilm, letter, pictures, rectangle, script, seconds, sign } from '../support/signs-film.js';
import { vobsubPair } from '../support/vobsub.js';
import { waitFor } from '../support/wait-for.js';

type Place = readonly [number, number];
const password = 'correct horse';
const scriptAddress = (url: URL): boolean => url.searchParams.get('format') === 'ass';
const pictureAddress = (url: URL): boolean => url.searchParams.get('format') === 'pgs';

describe('subtitles over the film', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let ada: Client;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    media = await MediaFolder.make();
    const film = 'films/Signs at Sea (2019)/Signs at Sea (2019)';
    const [ass, sup, font] = await Promise.all([
      media.write('work/signs.ass', script),
      media.write('work/pictures.sup', pictures),
      media.write('work/Blocks.ttf', blockFont('Hearth Blocks')),
      media.write(
        `${film}.fr.srt`,
        srt(seconds, (second) => externalLine('French', second)),
      ),
    ]);
    blackFilm(
      [...['-i', ass, '-i', sup], ...['-map', '0', '-map', '1', '-map', '2', '-map', '3']],
      [
        ...['-metadata:s:s:0', 'title=Signs', '-metadata:s:s:0', 'language=eng'],
        ...['-metadata:s:s:1', 'title=Pictures', '-metadata:s:s:1', 'language=eng'],
        ...['-attach', font, '-metadata:s:t', 'mimetype=font/ttf', media.path(`${film}.mkv`)],
      ],
    );
    const plain = 'films/Plain Sails (2018)/Plain Sails (2018)';
    await media.write(`${plain}.de.ass`, script);
    await media.write(`${plain}.en.sup`, pictures);
    const disc = vobsubPair({ fr: [{ start: 4, end: 6, x: 60, y: 380, width: 600, height: 100 }] });
    await media.write(`${plain}.idx`, disc.idx);
    await media.write(`${plain}.sub`, disc.sub);
    blackFilm([], ['-movflags', '+faststart', media.path(`${plain}.mp4`)]);
    const english = '-c:s dvbsub -metadata:s:s:0 language=eng'.split(' ');
    const news = [...english, media.path('films/Night News (2017).ts')];
    blackFilm(['-i', media.path(`${plain}.idx`), '-map', '0', '-map', '1', '-map', '2'], news);
    hearth = await Hearth.start();
    ada = await hearth.setUp('Ada', password);
    await addLibrary(ada, 'movies', join(media.root, 'films'));
    visitor = await browser.visitor(hearth.client.baseUrl);
    page = visitor.page;
    await signIn(page, 'Ada', password);
    await open(page);
  }, 180_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  /** Starts the film and stops it, so that every picture waits to be looked at. */
  const open = async (on: Page, name = 'Signs at Sea'): Promise<void> => {
    await on.goto(`/watch/title/${(await titleNamed(ada, name)).id}`);
    await playsPast(on, 0.5);
    await goTo(on, 2);
  };
  const goTo = (on: Page, to: number): Promise<void> =>
    on.locator('video').evaluate(async (video: HTMLVideoElement, time) => {
      video.pause();
      const there = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
      video.currentTime = time;
      await there;
    }, to);
  const choose = async (on: Page, name: RegExp): Promise<void> => {
    const item = on.getByRole('menuitemradio', { name });
    // A menu that has just closed takes the next press for the one that closed it.
    await waitFor(async () => {
      await on.getByRole('button', { name: 'Subtitles (C)' }).click();
      return item.isVisible();
    }, 'the menu of subtitles');
    await item.click();
  };
  const seen = async (on: Page, ...places: Place[]): Promise<string> =>
    (await colorsAt(on, places)).map(nameOf).join(' ');
  /** With the film standing still where it is. */
  const stillShows = async (on: Page, colors: string, ...places: Place[]): Promise<void> => {
    let last = '';
    await waitFor(async () => (last = await seen(on, ...places)) === colors, colors, 20_000).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}; it was ${last}`);
      },
    );
  };
  const showsAt = async (on: Page, time: number, colors: string, ...places: Place[]): Promise<void> => {
    await goTo(on, time);
    await stillShows(on, colors, ...places);
  };
  /** By the panel; a press is a tenth of a second. */
  const delay = async (on: Page, word: 'Later' | 'Earlier', tenths: number): Promise<void> => {
    const settings = on.getByRole('menuitem', { name: /timing/i });
    await waitFor(async () => {
      await on.getByRole('button', { name: 'Subtitles (C)' }).click();
      return settings.isVisible();
    }, 'the menu of subtitles');
    await settings.click();
    const panel = on.getByRole('region', { name: /timing/ });
    await panel.getByRole('button', { name: word }).evaluate((element: HTMLButtonElement, times) => {
      for (let time = 0; time < times; time++) element.click();
    }, tenths);
    await panel.getByRole('button', { name: 'Close' }).click();
  };
  const lines = (on: Page) => on.locator('app-subtitle-layer p');
  /** Nothing drawn is left behind on the page, and nothing runs that would draw. */
  const nothingLeft = async (on: Page): Promise<void> => {
    await waitFor(() => on.workers().length === 0, 'the workers to end');
    expect(await on.locator('canvas').count()).toBe(0);
    expect(await on.locator('track').count()).toBe(0);
  };

  browser.test('ASS is drawn as designed, in its own font, at its time and at no other', async () => {
    await showsAt(page, 5, 'black black', sign, letter);
    await choose(page, /Signs/);
    await showsAt(page, 5, 'red green', sign, letter);
    await showsAt(page, 7, 'black black', sign, letter);
    await showsAt(page, 4.1, 'red green', sign, letter);
    await showsAt(page, 3.8, 'black black', sign, letter);
  });

  browser.test('while the film runs it comes and goes by itself', async () => {
    await goTo(page, 3);
    await page.locator('video').evaluate((video: HTMLVideoElement) => {
      // Two seconds are little on a busy machine.
      video.playbackRate = 0.5;
      return video.play();
    });
    await stillShows(page, 'red green', sign, letter);
    expect(await currentTime(page)).toBeGreaterThan(4);
    await stillShows(page, 'black black', sign, letter);
    expect(await currentTime(page)).toBeGreaterThan(6);
    await page.locator('video').evaluate((video: HTMLVideoElement) => {
      video.playbackRate = 1;
      video.pause();
    });
  });

  browser.test('letters of a font that nobody has come from the font that is shipped', async () => {
    await goTo(page, 9);
    const rows = Array.from({ length: 12 }, (_, row) => (90 + row * 10) / 360);
    const grid = rows.flatMap((down) =>
      Array.from({ length: 40 }, (_, at) => [(80 + at * 5) / 640, down] as const),
    );
    await waitFor(async () => {
      const blue = (await colorsAt(page, grid)).map(nameOf).filter((name) => name === 'blue').length;
      // Letters fill a part of their box: neither nothing nor all of it.
      return blue > grid.length * 0.1 && blue < grid.length * 0.6;
    }, 'letters in blue');
  });

  browser.test('ASS follows the delay at once, and the size of the window', async () => {
    await showsAt(page, 5, 'red green', sign, letter);
    await delay(page, 'Later', 50);
    await stillShows(page, 'black black', sign, letter);
    await showsAt(page, 10, 'red green', sign, letter);
    await page.setViewportSize({ width: 900, height: 900 });
    await stillShows(page, 'red green', sign, letter);
    await page.setViewportSize({ width: 1440, height: 900 });
    await stillShows(page, 'red green', sign, letter);
    await delay(page, 'Earlier', 50);
    await stillShows(page, 'black black', sign, letter);
    await showsAt(page, 5, 'red green', sign, letter);
  });

  browser.test(
    'in a small window of its own, where no canvas goes, its words are the browser’s',
    async () => {
      const announce = (name: string) =>
        page.locator('video').evaluate((video, type) => video.dispatchEvent(new Event(type)), name);
      const shownByBrowser = () =>
        page
          .locator('video')
          .evaluate((video: HTMLVideoElement) =>
            [...video.textTracks].flatMap(({ mode, cues }) =>
              mode === 'showing' ? [...(cues ?? [])].length : [],
            ),
          );
      await announce('enterpictureinpicture');
      await waitFor(async () => ((await shownByBrowser())[0] ?? 0) > 0, 'the words');
      await announce('leavepictureinpicture');
      await waitFor(async () => (await shownByBrowser()).length === 0, 'the words to go');
      await showsAt(page, 5, 'red green', sign, letter);
    },
  );

  browser.test('switched off, nothing is left of it', async () => {
    await showsAt(page, 5, 'red green', sign, letter);
    await choose(page, /Off/);
    await stillShows(page, 'black black', sign, letter);
    await nothingLeft(page);
  });

  browser.test('pictures of a Blu-ray come and go at their time, with the delay too', async () => {
    await showsAt(page, 5, 'black', rectangle);
    await choose(page, /Pictures/);
    // The first of them, with the film standing still where it belongs.
    await stillShows(page, 'white', rectangle);
    await showsAt(page, 7, 'black', rectangle);
    await showsAt(page, 4.2, 'white', rectangle);
    await delay(page, 'Later', 50);
    await stillShows(page, 'black', rectangle);
    await showsAt(page, 10, 'white', rectangle);
    await page.setViewportSize({ width: 900, height: 900 });
    await stillShows(page, 'white', rectangle);
    await page.setViewportSize({ width: 1440, height: 900 });
    await delay(page, 'Earlier', 50);
    await stillShows(page, 'black', rectangle);
    await showsAt(page, 5, 'white', rectangle);
  });

  browser.test('from one kind to another: only the last is there', async () => {
    await choose(page, /Signs/);
    await showsAt(page, 5, 'red green black', sign, letter, rectangle);
    expect(await page.locator('canvas').count()).toBe(1);
    await choose(page, /French/);
    await lines(page)
      .filter({ hasText: externalLine('French', 5) })
      .waitFor();
    await stillShows(page, 'black black black', sign, letter, rectangle);
    await delay(page, 'Later', 50);
    await goTo(page, 11);
    await lines(page)
      .filter({ hasText: externalLine('French', 6) })
      .waitFor();
    await delay(page, 'Earlier', 50);
    await lines(page)
      .filter({ hasText: externalLine('French', 11) })
      .waitFor();
    await choose(page, /Off/);
    await lines(page).first().waitFor({ state: 'detached' });
    await nothingLeft(page);
  });

  browser.test('files beside a film that plays as it is are drawn the same', async () => {
    await open(page, 'Plain Sails');
    await choose(page, /German/);
    await showsAt(page, 5, 'red', sign);
    await showsAt(page, 7, 'black', sign);
    await choose(page, /English/);
    await showsAt(page, 5, 'white black', rectangle, sign);
    await showsAt(page, 7, 'black', rectangle);
    await choose(page, /French/);
    await showsAt(page, 5, 'red black', rectangle, sign);
    await showsAt(page, 7, 'black', rectangle);
    await choose(page, /Off/);
    await nothingLeft(page);
    await open(page);
  });

  browser.test('pictures of a broadcast are drawn here, too, not into the film', async () => {
    await open(page, 'Night News');
    await choose(page, /English/);
    await showsAt(page, 5, 'red black', rectangle, sign);
    await look(page, 'broadcast');
    await showsAt(page, 7, 'black', rectangle);
    await choose(page, /Off/);
    await nothingLeft(page);
    await open(page);
  });

  browser.test('the film does not wait for subtitles that take their time', async () => {
    const held: (() => void)[] = [];
    await page.route(scriptAddress, async (route) => {
      await new Promise<void>((release) => held.push(release));
      await route.continue();
    });
    await choose(page, /Signs/);
    await waitFor(() => held.length === 1, 'the question for the script');
    await page.locator('video').evaluate((video: HTMLVideoElement) => video.play());
    await playsPast(page, (await currentTime(page)) + 1);
    await choose(page, /Off/);
    await choose(page, /Signs/);
    await waitFor(() => held.length === 2, 'the question for the script');
    await goTo(page, 5);
    held.forEach((release) => release());
    await stillShows(page, 'red green', sign, letter);
    expect(await page.locator('canvas').count()).toBe(1);
    await page.unroute(scriptAddress);
  });

  browser.test('at an address of plain http, with fewer rights, they are drawn too', async () => {
    const { port } = new URL(hearth.client.baseUrl);
    const home = await browser.visitor(`http://${plainHost}:${port}`);
    await signIn(home.page, 'Ada', password);
    await open(home.page);
    expect(await home.page.evaluate(() => isSecureContext)).toBe(false);
    await choose(home.page, /Signs/);
    await showsAt(home.page, 5, 'red green', sign, letter);
    await choose(home.page, /Pictures/);
    await showsAt(home.page, 5, 'white black', rectangle, sign);
    await home.context.close();
  });

  browser.test('lines of a film that is still on its way come while it is watched', async () => {
    let address = '';
    let asked = 0;
    await page.route('**/api/playback', async (route) => {
      const response = await route.fetch();
      const session = playbackRoutes.start.reply.parse(await response.json());
      const french = session.subtitles.find(({ language }) => language === 'fr');
      if (!french) throw new Error('no French subtitles');
      address = new URL(french.url, hearth.client.baseUrl).pathname;
      await route.fulfill({ response, json: { ...session, subtitles: [{ ...french, growing: true }] } });
    });
    await page.route(
      (url) => url.pathname === address,
      async (route) => {
        const response = await route.fetch();
        const [head = '', ...cues] = (await response.text()).trim().split('\n\n');
        const here = asked++ === 0 ? cues.slice(0, 5) : cues;
        await route.fulfill({ response, body: [head, ...here, ''].join('\n\n') });
      },
    );
    await open(page);
    await choose(page, /French/);
    await lines(page)
      .filter({ hasText: externalLine('French', 2) })
      .waitFor();
    await page.locator('video').evaluate((video: HTMLVideoElement) => {
      video.loop = true;
      return video.play();
    });
    await waitFor(() => asked > 1, 'the player to look for new lines');
    await goTo(page, 11);
    await lines(page)
      .filter({ hasText: externalLine('French', 11) })
      .waitFor();
    expect(await page.locator('track').count()).toBe(1);
    await page.unrouteAll();
    await choose(page, /Off/);
    await nothingLeft(page);
    await open(page);
  });

  browser.test('whoever leaves the player leaves nothing running', async () => {
    await choose(page, /Signs/);
    await showsAt(page, 5, 'red green', sign, letter);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await page.getByRole('heading', { name: 'Signs at Sea', level: 1 }).waitFor();
    await nothingLeft(page);
  });

  browser.test('without libass the words are read as plain text, and one line says so', async () => {
    // The library says it in several ways, none of which is a person's concern.
    visitor.watch.allow(/wasm|Aborted|WebAssembly|fetch|Unserializable return value/i);
    await page.route('**/*.wasm', (route) => route.abort());
    await open(page);
    await choose(page, /Signs/);
    await page.getByText('You read them as plain text.').waitFor();
    await goTo(page, 9);
    await lines(page).filter({ hasText: 'Жук' }).waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    await page.unroute('**/*.wasm');
    await choose(page, /Off/);
    visitor.watch.forbidAgain();
  });

  browser.test(
    'pictures that cannot be drawn here can be drawn by the server',
    async () => {
      visitor.watch.allow(/500/);
      await page.route(pictureAddress, (route) => route.fulfill({ status: 500 }));
      await goTo(page, 5);
      await choose(page, /Pictures/);
      await page.getByRole('button', { name: 'Draw them into the picture' }).click();
      await stillShows(page, 'white', rectangle);
      expect(await page.locator('canvas').count()).toBe(0);
      await showsAt(page, 7, 'black', rectangle);
      await choose(page, /Off/);
      await showsAt(page, 5, 'black', rectangle);
      await page.unroute(pictureAddress);
      visitor.watch.forbidAgain();
    },
    120_000,
  );
});
