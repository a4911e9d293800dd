import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { axe } from './page-audit.js';

/** Where somebody wants to look at the pictures; nothing is written without it. */
const gallery = process.env['SCREENSHOTS'];

/** Keeps a picture of the page. */
export async function look(page: Page, name: string): Promise<void> {
  if (!gallery) return;
  await mkdir(gallery, { recursive: true });
  await page.screenshot({ path: join(gallery, `${name}.png`) });
}

/** Keys go to the picture, as after a click on it. */
export async function press(page: Page, key: string): Promise<void> {
  await page.locator('main.stage').focus();
  await page.keyboard.press(key);
}

/** Mean light, 0–255, of what is on the screen there. */
export async function lightOf(place: Locator): Promise<number> {
  const { channels } = await sharp(await place.screenshot()).stats();
  return channels[0]?.mean ?? NaN;
}

/** Puts the mouse over a part of the seek bar, 0–1. */
export async function hover(page: Page, part: number): Promise<void> {
  await page.mouse.move(400, 300);
  const box = await page.getByRole('slider', { name: 'Position' }).boundingBox();
  if (!box) throw new Error('no seek bar');
  await page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
}

/** What the seek bar shows of a place. */
export const preview = (page: Page): Locator => page.locator('app-seek-preview');

/** The picture of a place, once it is there. */
export async function tile(page: Page): Promise<Locator> {
  await page.waitForFunction(
    () => {
      const image = document.querySelector<HTMLImageElement>('app-seek-preview img');
      return image?.complete === true && image.naturalWidth > 0;
    },
    null,
    { timeout: 30_000 },
  );
  return preview(page).locator('.picture');
}

/** Opens each menu: it is inside the window, and axe has nothing to say. */
export async function tryMenus(page: Page, names: readonly string[], where: string): Promise<void> {
  for (const name of names) {
    await page.getByRole('button', { name, exact: true }).click();
    const menu = page.getByRole('menu', { name, exact: true });
    await menu.waitFor();
    await look(page, `${name.toLowerCase()}-${where}`);
    const box = await menu.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
  }
}

/** Controls that stick out of the window, by their names. */
export const cutOff = (page: Page): Promise<string[]> =>
  page
    .locator('app-player-controls button')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => button.checkVisibility() && button.getBoundingClientRect().right > innerWidth)
        .map((button) => button.getAttribute('aria-label') ?? '?'),
    );
