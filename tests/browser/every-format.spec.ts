import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { clipTitle, type MatrixClip, matrixClips } from '../support/matrix-clips.js';
import { picture, playsPast } from '../support/picture.js';

const shaka = readFileSync(
  createRequire(import.meta.url).resolve('shaka-player/dist/shaka-player.dash.js'),
  'utf8',
);
/** Where to seek, as parts of the length: forwards, backwards, near the end; each far enough from the frame before. */
const places = [0.62, 0.4, 0.91];

describe('every sort of file plays and seeks in Chromium', () => {
  const browser = browserForFile();
  let folder: string;
  let hearth: Hearth;
  let ada: Client;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-formats-'));
    for (const clip of matrixClips)
      await symlink(await clip.path(), join(folder, clipTitle(clip) + extname(clip.name)));
    hearth = await Hearth.start();
    ada = await hearth.setUp('Ada', 'correct horse');
    await addLibrary(ada, 'movies', folder);
    ({ page } = await browser.visitor(hearth.client.baseUrl));
    await signIn(page, 'Ada', 'correct horse');
  }, 600_000);
  afterAll(async () => {
    await hearth.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function idOf(clip: MatrixClip): Promise<string> {
    const { items } = await ada.call(titleRoutes.list, { limit: 100 });
    const title = items.find(({ name }) => name === clipTitle(clip));
    if (!title) throw new Error(`${clip.name} is not in the library`);
    return title.id;
  }

  /** Seeks a paused video. @returns media time of the frame that is then shown, s */
  const seek = (seconds: number): Promise<number> =>
    page.locator('video').evaluate(
      (video: HTMLVideoElement, target) =>
        new Promise<number>((resolve, reject) => {
          const late = setTimeout(() => reject(new Error(`no frame at ${target} s`)), 20_000);
          let shown: number | undefined;
          let there = false;
          const settle = (): void => {
            // Frames that were on their way when the seek began come first.
            if (!there || shown === undefined || Math.abs(shown - target) > 1) return;
            clearTimeout(late);
            resolve(shown);
          };
          const frame = (_: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
            shown = mediaTime;
            settle();
            video.requestVideoFrameCallback(frame);
          };
          video.requestVideoFrameCallback(frame);
          video.addEventListener('seeked', () => ((there = true), settle()), { once: true });
          video.currentTime = target;
        }),
      seconds,
    );

  /** From the start, then from three other places, each shown by the frame that belongs there. */
  async function playsEverywhere(clip: MatrixClip): Promise<void> {
    await playsPast(page, 1);
    expect((await picture(page)).variance).toBeGreaterThan(50);
    await page.locator('video').evaluate((video: HTMLVideoElement) => video.pause());
    const length = await page.locator('video').evaluate((video: HTMLVideoElement) => video.duration);
    expect(Math.abs(length - clip.seconds)).toBeLessThan(2);
    for (const place of places) {
      const target = Math.round(length * place * 1000) / 1000;
      const shown = await seek(target);
      // A damaged stretch has no frames to be exact about.
      if (clip.damaged !== true && !clip.name.startsWith('variable'))
        expect({ target, off: Math.abs(shown - target) * clip.frameRate < 1.5 }).toEqual({
          target,
          off: true,
        });
    }
    await page.locator('video').evaluate((video: HTMLVideoElement) => video.play());
    const from = await page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);
    await playsPast(page, from + 0.5);
  }

  // First: what pages leave open counts as playing for a minute, and this is no device of theirs.
  const overDash = matrixClips.filter(({ name }) => ['h264-ac3-5.1.mkv', 'hevc-10.mkv'].includes(name));
  for (const clip of overDash) {
    browser.test(
      `${clip.name} by DASH, in a player that is not ours`,
      async () => {
        const client = { containers: ['none'], videoCodecs: ['h264'], audioCodecs: ['aac'] };
        const session = await ada.call(playbackRoutes.start, { titleId: await idOf(clip), client });
        await page.goto('/settings');
        await page.evaluate(`${shaka}; 0`);
        await page.evaluate(`(async () => {
          const video = document.body.appendChild(document.createElement('video'));
          const player = new shaka.Player();
          await player.attach(video);
          await player.load(${JSON.stringify(session.dashUrl)});
          await video.play();
        })()`);
        await playsEverywhere(clip);
        await ada.call(playbackRoutes.stop, { sessionId: session.sessionId });
      },
      120_000,
    );
  }

  for (const clip of matrixClips) {
    browser.test(
      clip.name,
      async () => {
        await page.goto(`/watch/title/${await idOf(clip)}?from=0`);
        await playsEverywhere(clip);
      },
      120_000,
    );
  }
});
