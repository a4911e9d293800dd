import type { Page } from 'playwright-core';
import { libraryRoutes, type LibraryKind } from '../../contract/src/library.js';
import type { Client } from './client.js';
import { waitFor } from './wait-for.js';

/** Signs in through the sign-in page and waits for home. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Name', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** Adds a library by the API and waits until it has been scanned. @returns its id */
export async function addLibrary(
  admin: Client,
  kind: LibraryKind,
  path: string,
  timeoutMs = 60_000,
): Promise<string> {
  const { id } = await admin.call(libraryRoutes.create, { name: kind, kind, path });
  await waitFor(
    async () => {
      const { items } = await admin.call(libraryRoutes.list);
      const library = items.find((one) => one.id === id);
      return library && library.scanJobId === null && library.lastScanAt !== null;
    },
    `the scan of ${path}`,
    timeoutMs,
  );
  return id;
}
