import { accountRoutes } from '../../contract/src/account.js';
import { signIn } from '../support/app.js';
import { browserForFile, plainHost } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';

const password = 'correct horse';

describe('the household', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let ada: Client;

  beforeAll(async () => {
    hearth = await Hearth.start();
    ada = await hearth.setUp('Ada', password);
  }, 120_000);
  afterAll(() => hearth.dispose());

  browser.test('a second person joins by a link, once', async () => {
    const { code } = await ada.call(accountRoutes.invite, { role: 'member' });
    const ben = await browser.visitor(hearth.client.baseUrl);
    await ben.page.goto(`/invite/${code}`);
    await ben.page.getByRole('heading', { name: 'You’re invited' }).waitFor();
    await ben.page.getByLabel('Name', { exact: true }).fill('Ben');
    await ben.page.getByLabel('Password', { exact: true }).fill('another horse');
    await ben.page.getByRole('button', { name: 'Join the household' }).click();
    await ben.page.getByRole('navigation', { name: 'Main' }).waitFor();
    // A member: no way into the administration, not even by its address.
    expect(await ben.page.getByRole('link', { name: 'Admin' }).count()).toBe(0);
    await ben.page.goto('/admin');
    await ben.page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    await ben.context.close();

    const late = await browser.visitor(hearth.client.baseUrl);
    late.watch.allow(/status of 4\d\d/);
    await late.page.goto(`/invite/${code}`);
    await late.page.getByLabel('Name', { exact: true }).fill('Carl');
    await late.page.getByLabel('Password', { exact: true }).fill('another horse');
    await late.page.getByRole('button', { name: 'Join the household' }).click();
    await late.page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    const { items } = await ada.call(accountRoutes.users);
    expect(items.map(({ username }) => username).sort()).toEqual(['Ada', 'Ben']);
    await late.context.close();
  });

  browser.test('an administrator makes the link in the administration', async () => {
    const { page, context } = await browser.visitor(hearth.client.baseUrl);
    await signIn(page, 'Ada', password);
    await page.goto('/admin/people');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Invite someone' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite someone' });
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    expect(new URL(link).origin).toBe(hearth.client.baseUrl);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page
      .getByText(/^open until/)
      .first()
      .waitFor();
    const guest = await browser.visitor(hearth.client.baseUrl);
    await guest.page.goto(link);
    await guest.page.getByRole('button', { name: 'Join the household' }).waitFor();
    await guest.context.close();
    await context.close();
  });

  browser.test('wrong passwords are answered in words and lead nowhere', async () => {
    const { page, watch, context } = await browser.visitor(hearth.client.baseUrl);
    watch.allow(/status of 401/);
    await page.goto('/history');
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Ada');
    await page.getByLabel('Password', { exact: true }).fill('not the horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: /password/i })
      .waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    // Where they wanted to go in the first place.
    await page.waitForURL('**/history');
    await context.close();
  });

  browser.test('an access token that ran out is renewed without anyone noticing', async () => {
    const { page, context } = await browser.visitor(hearth.client.baseUrl);
    await page.clock.install();
    await signIn(page, 'Ada', password);
    const renewals: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/auth/refresh')) renewals.push(request.url());
    });
    const answered = page.waitForResponse(
      (response) => /\/api\/favorites/.test(response.url()) && response.ok(),
    );
    await page.clock.fastForward('16:00');
    await page.getByRole('link', { name: 'Favorites' }).first().click();
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await answered;
    expect(renewals).toHaveLength(1);
    expect(new URL(page.url()).pathname).toBe('/favorites');
    await context.close();
  });

  browser.test('a token that the server no longer takes is renewed, and the request repeated', async () => {
    const { page, watch, context } = await browser.visitor(hearth.client.baseUrl);
    await signIn(page, 'Ada', password);
    watch.allow(/status of 401/);
    let refusals = 0;
    await page.route('**/api/favorites*', async (route) => {
      if (refusals++ > 0) return route.continue();
      const problem = { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'UNAUTHENTICATED' };
      await route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify(problem),
      });
    });
    const answered = page.waitForResponse(
      (response) => /\/api\/favorites/.test(response.url()) && response.ok(),
    );
    await page.getByRole('link', { name: 'Favorites' }).first().click();
    await answered;
    expect(refusals).toBe(2);
    expect(new URL(page.url()).pathname).toBe('/favorites');
    await context.close();
  });

  for (const host of ['127.0.0.1', plainHost]) {
    browser.test(`tabs at http://${host} renew at once and none signs the others out`, async () => {
      const url = new URL(hearth.client.baseUrl);
      url.hostname = host;
      const { page, context } = await browser.visitor(url.origin);
      await signIn(page, 'Ada', password);
      const tabs = [page, await context.newPage(), await context.newPage()];
      for (let round = 0; round < 3; round++) {
        // A fresh page has no access token: every tab asks for one at the same moment.
        await Promise.all(tabs.map((tab) => tab.goto('/')));
        await Promise.all(
          tabs.map((tab) => tab.getByRole('heading', { name: 'Welcome to Hearth' }).waitFor()),
        );
      }
      expect(tabs.map((tab) => new URL(tab.url()).pathname)).toEqual(['/', '/', '/']);
      // Signing out in one is signing out in all.
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL('**/login');
      await context.close();
    });
  }
});
