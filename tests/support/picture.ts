import type { Page } from 'playwright-core';

export interface Picture {
  /** Seconds. */
  readonly time: number;
  /** 0–255, over all pixels. */
  readonly mean: number;
  /** Of the brightness: 0 for one flat colour, black above all. */
  readonly variance: number;
}

/** The frame that the page's video shows now, measured on a canvas. */
export async function picture(page: Page): Promise<Picture> {
  return page.locator('video').evaluate((element) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error('not a video');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [160, 90];
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.drawImage(element, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const light: number[] = [];
    for (let at = 0; at < data.length; at += 4)
      light.push(0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0));
    const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
    const variance = light.reduce((sum, value) => sum + (value - mean) ** 2, 0) / light.length;
    return { time: element.currentTime, mean, variance };
  });
}

/** Where the video is, in seconds. */
export function currentTime(page: Page): Promise<number> {
  return page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);
}

/** Waits until the video plays at or beyond `seconds`. */
export async function playsPast(page: Page, seconds: number, timeout = 60_000): Promise<void> {
  await page.waitForFunction(
    (past) => {
      const video = document.querySelector('video');
      return video !== null && !video.paused && !video.seeking && video.currentTime > past;
    },
    seconds,
    { timeout },
  );
}
