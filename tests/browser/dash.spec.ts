import type { Page } from 'playwright-core';
import { playbackRoutes } from '../../contract/src/playback.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { filmSeconds } from '../support/clips.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { titleNamed } from '../support/scanned.js';

/** What a player made of a manifest. */
interface Played {
  /** Of the media element, s. */
  duration: number;
  /** Media time of the frame shown after each seek, s. */
  shown: number[];
  error: string | null;
}

/**
 * A small player: reads the first picture and sound of an MPD as ISO 23009-1 says, and feeds Media Source with the segments
 * around each place. Runs in the page.
 */
async function playDash({ url, places }: { url: string; places: number[] }): Promise<Played> {
  const manifest = new DOMParser().parseFromString(await (await fetch(url)).text(), 'application/xml');
  const length = Number(
    /PT([\d.]+)S/.exec(manifest.documentElement.getAttribute('mediaPresentationDuration') ?? '')?.[1],
  );
  const media = new MediaSource();
  const video = document.createElement('video');
  document.body.append(video);
  video.muted = true;
  video.src = URL.createObjectURL(media);
  await new Promise((resolve) => media.addEventListener('sourceopen', resolve, { once: true }));
  media.duration = length;
  const bytes = async (name: string): Promise<ArrayBuffer> => {
    const response = await fetch(new URL(name, new URL(url, location.href)));
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.arrayBuffer();
  };
  const tracks = ['video', 'audio'].map((kind) => {
    const set = manifest.querySelector(`AdaptationSet[contentType=${kind}]`);
    const representation = set?.querySelector('Representation');
    const template = representation?.querySelector('SegmentTemplate');
    if (!set || !representation || !template) throw new Error(`no ${kind}`);
    const scale = Number(template.getAttribute('timescale'));
    const first = Number(template.getAttribute('startNumber'));
    const spans: { number: number; start: number; end: number }[] = [];
    let at = 0;
    for (const run of template.querySelectorAll('S')) {
      at = run.hasAttribute('t') ? Number(run.getAttribute('t')) : at;
      for (let again = Number(run.getAttribute('r') ?? 0); again >= 0; again -= 1) {
        const end = at + Number(run.getAttribute('d'));
        spans.push({ number: first + spans.length, start: at / scale, end: end / scale });
        at = end;
      }
    }
    const id = representation.getAttribute('id') ?? '';
    const named = (pattern: string, number = 0): string =>
      (template.getAttribute(pattern) ?? '')
        .replace('$RepresentationID$', id)
        .replace('$Number$', String(number));
    const buffer = media.addSourceBuffer(
      `${set.getAttribute('mimeType')}; codecs="${representation.getAttribute('codecs')}"`,
    );
    const append = async (name: string): Promise<void> => {
      const piece = await bytes(name);
      await new Promise((resolve, reject) => {
        buffer.addEventListener('updateend', resolve, { once: true });
        buffer.addEventListener('error', () => reject(new Error(`${name} was refused`)), { once: true });
        buffer.appendBuffer(piece);
      });
    };
    return { spans, append, init: named('initialization'), name: (number: number) => named('media', number) };
  });
  for (const { append, init } of tracks) await append(init);
  const shown: number[] = [];
  for (const place of places) {
    for (const { spans, append, name } of tracks)
      for (const { number } of spans.filter(({ start, end }) => end > place && start < place + 1))
        await append(name(number));
    shown.push(
      await new Promise<number>((resolve) => {
        let last = -1;
        let there = false;
        const settle = (): void => void (there && Math.abs(last - place) < 1 && resolve(last));
        const frame = (_: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
          last = mediaTime;
          settle();
          video.requestVideoFrameCallback(frame);
        };
        video.requestVideoFrameCallback(frame);
        video.addEventListener('seeked', () => ((there = true), settle()), { once: true });
        video.currentTime = place;
      }),
    );
  }
  return { duration: video.duration, shown, error: video.error?.message ?? null };
}

describe('the same segments by an MPEG-DASH manifest', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let page: Page;
  let ada: Client;
  let titleId: string;

  beforeAll(async () => {
    media = await MediaFolder.make();
    await media.film('Long Crossing', { year: 2020 });
    hearth = await Hearth.start();
    ada = await hearth.setUp('Ada', 'correct horse');
    await addLibrary(ada, 'movies', media.path);
    titleId = (await titleNamed(ada, 'Long Crossing')).id;
    ({ page } = await browser.visitor(hearth.client.baseUrl));
    await signIn(page, 'Ada', 'correct horse');
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  for (const [way, quality] of [
    ['copied', undefined],
    ['encoded', '360p'],
  ] as const)
    browser.test(
      `${way}: played and seeked in Chromium, to the frame`,
      async () => {
        const session = await ada.call(playbackRoutes.start, {
          titleId,
          client: { containers: ['webm'], videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2'] },
          ...(quality && { choice: { quality } }),
        });
        expect(session.method).toBe(quality ? 'transcode' : 'remux');
        const places = [0.5, 50.02, 17.3, filmSeconds - 1.5];
        const played = await page.evaluate(playDash, { url: session.dashUrl ?? '', places });
        expect(played.error).toBeNull();
        expect(Math.abs(played.duration - filmSeconds)).toBeLessThan(0.2);
        for (const [at, place] of places.entries())
          expect(Math.abs((played.shown[at] ?? NaN) - place)).toBeLessThan(0.1);
      },
      60_000,
    );
});
