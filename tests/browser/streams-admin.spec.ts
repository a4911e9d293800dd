import type { Page } from 'playwright-core';
import { type Account, accountRoutes } from '../../contract/src/account.js';
import { downloadRoutes } from '../../contract/src/download.js';
import { type PlaybackSession, playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, phone, type Visitor } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { axe, overflow, smallTargets } from '../support/page-audit.js';
import { bytesOf, mediaPlaylists, playlistOf } from '../support/stream-fetch.js';

const password = 'correct horse';
const player = { containers: ['mp4'], videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2'] };

describe('streams, as an administrator sees them', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let ada: Client;
  let ben: Client;
  let benAccount: Account;
  let admin: Visitor;
  let page: Page;

  beforeAll(async () => {
    media = await MediaFolder.make();
    await media.film('Long Crossing', { year: 2020 });
    await media.series('Night Shift', 2018, [2]);
    hearth = await Hearth.start();
    ada = await hearth.setUp('Ada', password);
    const account = { username: 'Ben', password };
    benAccount = await ada.call(accountRoutes.createUser, { ...account, role: 'member' });
    const login = { ...account, deviceName: 'Kitchen tablet' };
    ben = hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
    await addLibrary(ada, 'mixed', media.path);
    admin = await browser.visitor(hearth.client.baseUrl);
    ({ page } = admin);
    await signIn(page, 'Ada', password);
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });
  afterEach(async () => {
    const { items } = await ada.call(playbackRoutes.sessions);
    for (const { sessionId } of items) await ada.call(playbackRoutes.stop, { sessionId });
  });

  async function titleId(name: string): Promise<string> {
    const { items } = await ada.call(titleRoutes.list, {});
    const found = items.find((one) => one.name === name);
    if (!found) throw new Error(`no title is called ${name}`);
    return found.id;
  }

  /** Ben plays the film at a quality below the file, so that it is converted. */
  const convert = async (): Promise<PlaybackSession> =>
    ben.call(playbackRoutes.start, {
      titleId: await titleId('Long Crossing'),
      client: player,
      choice: { quality: '360p' },
    });

  /** Asks for the first piece of every rendition, as a player does. @returns the picture's pieces */
  async function watch(session: PlaybackSession): Promise<readonly string[]> {
    const urls = await mediaPlaylists(ben, session.url);
    const lists = await Promise.all(urls.map((url) => playlistOf(ben, url)));
    await Promise.all(lists.map(({ segments }) => bytesOf(ben, segments[0] ?? '')));
    return lists[0]?.segments ?? [];
  }

  const cards = () => page.getByRole('main').locator('app-stream-card');

  browser.test('nobody watches: the page says so, and what the machine converts with', async () => {
    await page.goto('/admin');
    await page
      .getByRole('navigation', { name: 'Administration' })
      .getByRole('link', { name: 'Streams' })
      .click();
    await page.getByRole('heading', { name: 'Nobody is watching' }).waitFor();
    await page.getByText('None yet. On a film’s page').waitFor();
    const hardware = page.locator('app-hardware-card');
    // A report comes when every encoder has been tried; the page asks again by itself.
    await hardware.getByText(/converts \(\w+\)\./).waitFor({ timeout: 45_000 });
    expect(await hardware.getByRole('listitem').count()).toBeGreaterThan(1);
    await hardware.getByText('VA-API').waitFor();
  });

  browser.test('a converted stream shows who, what, how, why and at what cost, live', async () => {
    await page.goto('/admin/streams');
    await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
    const session = await convert();
    await watch(session);
    const card = cards().filter({ hasText: 'Ben' });
    await card.getByText('Kitchen tablet').waitFor();
    await card.getByText('Ben chose this quality.').waitFor();
    await card.getByText('libx264').waitFor();
    await card.getByText(/frames a second/).waitFor();
    await card.getByText(/× as fast as it plays/).waitFor();
    await card
      .getByText(/\d+ secs? ahead/)
      .first()
      .waitFor();
    // Two readings of the encoder's clock make a share.
    await card.getByText(/\d+% of a core/).waitFor();
    await card.locator('summary').click();
    await card.getByRole('row', { name: /^First piece .*\d ms/ }).waitFor();

    await ben.call(playbackRoutes.progress, { sessionId: session.sessionId, positionSeconds: 47 });
    await card.getByText('0:47 of 1:20').waitFor();
    await ben.call(playbackRoutes.progress, {
      sessionId: session.sessionId,
      positionSeconds: 48,
      paused: true,
    });
    await card.getByText('Paused').waitFor();
    expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
    expect(await axe(page)).toEqual([]);
    await card.getByRole('link', { name: 'Long Crossing' }).click();
    await page.getByRole('heading', { level: 1, name: 'Long Crossing' }).waitFor();
  });

  browser.test('an episode is named, and goes by its series', async () => {
    const { items } = await ada.call(titleRoutes.episodes, { id: await titleId('Night Shift') });
    await ben.call(playbackRoutes.start, { episodeId: items[1]?.id ?? '', client: player });
    await page.goto('/admin/streams');
    await cards().getByRole('link', { name: 'Night Shift' }).waitFor();
    await cards()
      .getByText(/^S1 E2 · /)
      .waitFor();
    await cards().getByText('The file as it is').waitFor();
  });

  browser.test('a stream that is stopped here ends there, converted or not', async () => {
    const converted = await convert();
    const segments = await watch(converted);
    await page.goto('/admin/streams');
    await cards().getByRole('button', { name: 'Stop what Ben plays' }).click();
    const dialog = page.getByRole('dialog', { name: 'Stop what Ben plays?' });
    await dialog.getByText('“Long Crossing” ends on Kitchen tablet.').waitFor();
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Ben’s stream has ended.').waitFor();
    await page.getByRole('heading', { name: 'Nobody is watching' }).waitFor();
    const { sessionId } = converted;
    expect((await ben.call(playbackRoutes.status, { sessionId })).state).toBe('ended');
    expect((await ben.fetch(segments[5] ?? '')).status).toBe(404);

    const direct = await ben.call(playbackRoutes.start, {
      titleId: await titleId('Long Crossing'),
      client: player,
    });
    expect(direct.method).toBe('direct');
    await cards().getByRole('button', { name: 'Stop what Ben plays' }).click();
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('heading', { name: 'Nobody is watching' }).waitFor();
    // Its player says where it is every ten seconds, and does not know yet.
    await ben.call(playbackRoutes.progress, { sessionId: direct.sessionId, positionSeconds: 12 });
    expect((await ada.call(playbackRoutes.sessions)).items).toEqual([]);
  });

  browser.test('when the streams cannot be read, the page says so and tries again', async () => {
    admin.watch.allow(/500|Internal/);
    await page.route('**/api/playback', (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto('/admin/streams');
    await page.getByRole('heading', { name: 'The streams can’t be shown' }).waitFor();
    await page.unroute('**/api/playback');
    await page.getByRole('heading', { name: 'Nobody is watching' }).waitFor();
    admin.watch.forbidAgain();
  });

  browser.test('a smaller version is asked for on the title’s page, made, listed and deleted', async () => {
    await page.goto(`/title/${await titleId('Long Crossing')}`);
    await page.getByRole('button', { name: /^Download/ }).click();
    await page.getByRole('menuitem', { name: 'Keep a 360p version on the server' }).click();
    await page.getByText('The 360p version is being made').waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const row = page.locator('app-made-versions').getByRole('listitem');
    await row.getByText(/^360p · .* · kept$/).waitFor({ timeout: 60_000 });
    const { items, bytes } = await ada.call(downloadRoutes.versions);
    expect(items).toEqual([
      expect.objectContaining({ state: 'ready', kept: true, quality: '360p', size: bytes }),
    ]);
    await row.getByRole('button', { name: 'Delete the 360p version of Long Crossing' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('None yet. On a film’s page').waitFor();
    expect((await ada.call(downloadRoutes.versions)).items).toEqual([]);
  });

  browser.test('nobody else is offered to keep versions', async () => {
    const visitor = await browser.visitor(hearth.client.baseUrl);
    await signIn(visitor.page, 'Ben', password);
    await visitor.page.goto(`/title/${await titleId('Long Crossing')}`);
    await visitor.page.getByRole('button', { name: /^Download/ }).click();
    await visitor.page.getByRole('menuitem', { name: /^Original file/ }).waitFor();
    expect(await visitor.page.getByRole('menuitem', { name: /^Keep/ }).count()).toBe(0);
    await visitor.context.close();
  });

  browser.test('limits are set in words people know, and an empty field is none', async () => {
    const limits = async () =>
      (await ada.call(accountRoutes.users)).items.find(({ id }) => id === benAccount.id)?.limits;
    await page.goto('/admin/people');
    const open = async () => {
      await page.getByRole('button', { name: 'More for Ben' }).click();
      await page.getByRole('menuitem', { name: 'Limits' }).click();
    };
    await open();
    const dialog = page.getByRole('dialog', { name: 'Limits for Ben' });
    await dialog.getByLabel('Streams at the same time').fill('two');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Type a whole number up to 1000, or nothing.').waitFor();
    await dialog.getByLabel('Streams at the same time').fill('2');
    await dialog.getByLabel('Largest stream (Mbit/s)').fill('2,5');
    await dialog.getByLabel('All streams together (Mbit/s)').fill('20');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The limits for Ben are set.').waitFor();
    expect(await limits()).toMatchObject({ maxStreams: 2, maxBitrate: 2_500_000, bandwidth: 20_000_000 });
    await page.getByText('2 streams · up to 2.5 Mb/s a stream · up to 20 Mb/s together').waitFor();
    await open();
    for (const field of [
      'Streams at the same time',
      'Largest stream (Mbit/s)',
      'All streams together (Mbit/s)',
    ])
      await dialog.getByLabel(field).fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await limits()).toMatchObject({ maxStreams: null, maxBitrate: null, bandwidth: null });
  });

  browser.test('the address for Prometheus is handed out and works without signing in', async () => {
    await admin.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/admin');
    await page.getByRole('button', { name: 'Copy the address' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(await page.getByLabel('Address for Prometheus').inputValue()).toBe(copied);
    const metrics = await fetch(copied);
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toContain('# TYPE ');
  });

  browser.test('on a phone, in German, everything fits under a finger', async () => {
    await ada.call(accountRoutes.updateMe, { preferences: { language: 'de' } });
    await watch(await convert());
    await page.setViewportSize(phone);
    await page.goto('/admin/streams');
    await cards().getByText('Ben hat diese Qualität gewählt.').waitFor();
    await cards().locator('summary').click();
    expect(await smallTargets(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await overflow(page)).toEqual({ pixels: 0, culprits: [] });
    expect(await axe(page)).toEqual([]);
  });
});
