import type { Page } from 'playwright-core';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, desktop, phone } from '../support/browser.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { axe, overflow } from '../support/page-audit.js';
import { look } from '../support/player-page.js';
import { photo, song } from '../support/songs.js';
import { waitFor } from '../support/wait-for.js';

const password = 'correct horse';
const trackSeconds = 3;

describe('music and photos', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let page: Page;

  beforeAll(async () => {
    media = await MediaFolder.make();
    const albums = [
      { artist: 'The Lanterns', album: 'Harbour Songs', date: '1998', genre: 'Folk', cover: '#2b5d8a' },
      { artist: 'The Lanterns', album: 'Winter Light', date: '2004', genre: 'Folk', cover: '#b8c4d6' },
      { artist: 'Mira Stone', album: 'Basalt', date: '2019', genre: 'Electronic', cover: '#7a2f1d' },
    ];
    for (const { cover, ...tags } of albums)
      for (const [n, title] of ['Leaving', 'Midway', 'Ashore'].entries())
        await song(
          `${media.path}/music/${tags.artist}/${tags.album}/0${n + 1}.mp3`,
          { ...tags, album_artist: tags.artist, title, track: String(n + 1) },
          { seconds: trackSeconds, cover },
        );
    for (let day = 1; day <= 9; day++)
      await photo(`${media.path}/photos/${day < 6 ? 'Coast' : 'Garden'}/IMG_000${day}.jpg`, {
        width: day % 2 ? 1200 : 800,
        height: day % 2 ? 800 : 1200,
        takenAt: `2024:0${day < 6 ? 7 : 8}:0${day} 12:00:00`,
        camera: ['Kite', 'K1'],
      });
    hearth = await Hearth.start();
    const ada = await hearth.setUp('Ada', password);
    await addLibrary(ada, 'music', `${media.path}/music`);
    await addLibrary(ada, 'photos', `${media.path}/photos`);
    ({ page } = await browser.visitor(hearth.client.baseUrl));
    await signIn(page, 'Ada', password);
  }, 180_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  const bar = () => page.getByRole('region', { name: 'Now playing' });
  const sane = async (name: string): Promise<void> => {
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
  };

  browser.test('albums, an album, its artist: each page shows what is there', async () => {
    const main = page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: 'Music' }).click();
    await page.getByRole('link', { name: /Winter Light/ }).waitFor();
    await page.getByText('3 albums').waitFor();
    await sane('music');
    await page.getByText('Artists', { exact: true }).click();
    await page.getByText('2 artists').waitFor();
    await page.getByRole('link', { name: /The Lanterns/ }).click();
    await page.getByRole('heading', { name: 'The Lanterns' }).waitFor();
    await sane('artist');
    await page.getByRole('link', { name: /Harbour Songs/ }).click();
    await page.getByRole('button', { name: /^Midway/ }).waitFor();
    await sane('album');
  });

  browser.test('a playlist is made of an album, put in another order, and deleted', async () => {
    const tracks = page.locator('app-playlist ol > li .name > bdi');
    await page.getByRole('button', { name: 'Add to playlist' }).first().click();
    await page.getByRole('textbox', { name: 'Name of the playlist' }).fill('By the sea');
    await page.getByRole('button', { name: 'Create playlist' }).click();
    await page.getByText('It is in “By the sea” now.').waitFor();
    await page.goto('/music?view=playlists');
    await page.getByText('1 playlist', { exact: true }).waitFor();
    await sane('playlists');
    await page.getByRole('link', { name: /By the sea/ }).click();
    await page.getByRole('heading', { name: 'By the sea' }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: /^Move .*Ashore.* up$/ }).click();
    await waitFor(
      async () => (await tracks.allTextContents()).join() === 'Leaving,Ashore,Midway',
      'the order',
    );
    await sane('playlist');
    await page.reload();
    await waitFor(
      async () => (await tracks.allTextContents()).join() === 'Leaving,Ashore,Midway',
      'the order',
    );
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Delete playlist' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete playlist' }).click();
    await page.getByText('No playlists yet').waitFor();
    await page.goto('/music');
    await page.getByRole('link', { name: /Harbour Songs/ }).click();
    await page.getByRole('button', { name: /^Midway/ }).waitFor();
  });

  browser.test('an album plays on while somebody looks around, track after track', async () => {
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await bar().getByText('Leaving').waitFor();
    await page.getByRole('link', { name: 'Hearth', exact: true }).click();
    await waitFor(async () => (await bar().getByText('Midway').count()) > 0, 'the second track');
    await bar().getByRole('button', { name: 'Pause' }).click();
    await bar().getByRole('button', { name: 'Queue' }).click();
    await sane('queue');
    await bar().getByRole('button', { name: 'Take Ashore out of the queue' }).click();
    await bar().getByRole('button', { name: 'Play', exact: true }).click();
    await bar().getByRole('button', { name: 'Pause' }).waitFor();
    // Nothing follows: it stops at the end and is there to be played again.
    await bar().getByRole('button', { name: 'Play', exact: true }).waitFor();
    await bar().getByRole('button', { name: 'Stop the music' }).click();
    await bar().waitFor({ state: 'detached' });
  });

  browser.test('photos by folder and by month; one large, then the next', async () => {
    const main = page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: 'Photos' }).click();
    await page.getByRole('link', { name: /Coast/ }).waitFor();
    await sane('photos');
    await page.getByRole('link', { name: /Coast/ }).click();
    await page.getByRole('heading', { name: 'Coast' }).waitFor();
    await page.getByRole('button', { name: /Open IMG_0001/ }).waitFor();
    await sane('photo-album');
    await page.getByRole('button', { name: /Open IMG_0001/ }).click();
    const viewer = page.getByRole('dialog', { name: 'Photo 1 of 5' });
    await viewer.waitFor();
    await look(page, 'photo');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Photo 2 of 5' }).waitFor();
    await page.reload();
    await page.getByRole('dialog', { name: 'Photo 2 of 5' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  browser.test('the search finds albums, artists, tracks and photos', async () => {
    await page.goto('/search?q=lantern');
    await page.getByRole('heading', { name: 'Music' }).waitFor();
    await page
      .getByRole('link', { name: /The Lanterns/ })
      .first()
      .waitFor();
    await page.goto('/search?q=ashore');
    await page.getByRole('heading', { name: 'Tracks' }).waitFor();
    await sane('search-music');
  });
});
