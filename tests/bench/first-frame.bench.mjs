/**
 * From the press of Play to the first picture on the screen of a real Chromium, and from a seek to its picture: a film
 * that plays as it is, one that is only packed anew, one that is converted. Times are the page's own
 * (`requestVideoFrameCallback`). `--runs` (5, at most 10) of each, every one of a film nobody has opened before: what was
 * once converted is kept. `--seconds` (60) of 1080p film, `--films` a folder that keeps the films for the next time;
 * `--waterfall` tells what each wait went to. Needs the built server and web, ffmpeg, and Chromium (`CHROMIUM_PATH`).
 */
/* global addEventListener, document, HTMLMediaElement, MutationObserver, PerformanceObserver, SourceBuffer */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { scanEnd, startHearth } from './hearth-process.mjs';
import { median, table, target } from './table.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    runs: { type: 'string', default: '5' },
    films: { type: 'string' },
    waterfall: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const runs = Number(values.runs);
const ffmpeg = process.env.FFMPEG_PATH || 'ffmpeg';
const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-frame-'));
const media = values.films ?? join(directory, 'media');

/** `padding`: bytes that players step over and that make a copy a film of its own. */
const films = [
  { name: 'Direct', ending: 'mp4', method: 'direct', limit: 300, padding: (n) => [0, 0, 0, 8 + n, 102, 114, 101, 101, ...zeros(n)] }, // prettier-ignore
  {
    name: 'Remux',
    ending: 'mkv',
    method: 'remux',
    limit: 700,
    padding: (n) => [0xec, 0x80 + n, ...zeros(n)],
  },
  { name: 'Transcode', ending: 'avi', method: 'transcode', limit: 1200, padding: (n) => zeros(n) },
];
const zeros = (count) => Array.from({ length: count }, () => 0);
const titleOf = ({ name }, run) => `${name} ${'ABCDEFGHIJ'[run]}`;
const seekLimit = 1500;

async function makeFilms() {
  await mkdir(media, { recursive: true });
  const path = (film, run) => join(media, `${titleOf(film, run)} (2020).${film.ending}`);
  if (films.every((film) => existsSync(path(film, runs - 1)))) return;
  const [direct, remux, transcode] = films.map((film) => join(directory, `made.${film.ending}`));
  const picture = ['-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=1920x1080:r=24`];
  const sound = ['-f', 'lavfi', '-i', `sine=d=${seconds}`];
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '6M', '-g', '96', '-pix_fmt', 'yuv420p'];
  const run = (...args) => execFileSync(ffmpeg, ['-v', 'error', '-y', ...args]);
  run(...picture, ...sound, '-vf', 'noise=alls=8:allf=t', ...h264, '-c:a', 'aac', '-movflags', '+faststart', direct); // prettier-ignore
  run('-i', direct, '-c', 'copy', remux);
  run('-i', direct, '-c:v', 'mpeg4', '-b:v', '8M', '-bf', '0', '-c:a', 'libmp3lame', transcode);
  for (const film of films)
    for (let run = 0; run < runs; run++) {
      await copyFile(join(directory, `made.${film.ending}`), path(film, run));
      await appendFile(path(film, run), Buffer.from(film.padding(run + 1)));
    }
}

/** Runs in the page: remembers when Play was pressed, when a seek began, and when pictures came. */
function watchFrames() {
  globalThis.seenFrames = { pressed: 0, first: 0, seekFrom: 0, seekShown: 0 };
  const seen = globalThis.seenFrames;
  addEventListener('click', () => (seen.pressed = performance.now()), { capture: true });
  const follow = (video) => {
    const frame = (now) => {
      if (seen.first === 0) seen.first = now;
      if (seen.seekFrom > 0 && seen.seekShown === 0 && !video.seeking) seen.seekShown = now;
      video.requestVideoFrameCallback(frame);
    };
    video.requestVideoFrameCallback(frame);
  };
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video:not([data-watched])')) {
      video.dataset.watched = '';
      follow(video);
    }
  }).observe(document, { childList: true, subtree: true });
}

/** Runs in the page: Matroska is opened by Chromium itself, but not by Firefox and Safari. */
function openNoMatroska() {
  const canPlay = HTMLMediaElement.prototype.canPlayType;
  HTMLMediaElement.prototype.canPlayType = function (type) {
    return /matroska/.test(type) ? '' : canPlay.call(this, type);
  };
}

/** Runs in the page: marks what the element and its buffers do, and what keeps the page busy. */
function watchSteps() {
  const told = ['play', 'loadstart', 'loadedmetadata', 'loadeddata', 'canplay', 'playing'];
  for (const type of told)
    addEventListener(type, () => performance.mark(`<video> ${type}`), { capture: true });
  const append = SourceBuffer.prototype.appendBuffer;
  SourceBuffer.prototype.appendBuffer = function (data) {
    performance.mark(`append ${data.byteLength} bytes`);
    this.addEventListener('updateend', () => performance.mark('appended'), { once: true });
    append.call(this, data);
  };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      performance.measure('busy', { start: startTime, duration });
  }).observe({ type: 'longtask' });
}

/** Prints what began between the press and the picture: ms after the press of its beginning, first byte and end. */
async function tellSteps(page, name) {
  const steps = await page.evaluate(() => {
    const { pressed, first } = globalThis.seenFrames;
    const since = (time) => (time > 0 ? (time - pressed).toFixed(0) : '');
    return performance
      .getEntries()
      .filter(({ startTime }) => startTime >= pressed && startTime <= first)
      .sort((a, b) => a.startTime - b.startTime)
      .map(({ name, startTime, duration, responseStart }) => [
        since(startTime),
        since(responseStart),
        duration > 0 ? since(startTime + duration) : '',
        name.replace(/^https?:[/][/][^/]+/, '').slice(-90),
      ]);
  });
  table([`${name}: from`, 'first byte', 'until', 'what'], steps);
}

/** One visit to a title's page: ms until the first picture, then of a seek to each place (0–1). */
async function visit(context, { id, name }, places, waterfall) {
  const page = await context.newPage();
  await page.addInitScript(watchFrames);
  await page.addInitScript(openNoMatroska);
  if (waterfall) await page.addInitScript(watchSteps);
  await page.goto(`/title/${id}`);
  const play = page
    .getByRole('link', { name: /^(Play|Resume)/ })
    .or(page.getByRole('button', { name: /^(Play|Resume)/ }));
  await play.first().waitFor();
  await page.waitForLoadState('networkidle');
  await play.first().click();
  await page.waitForFunction(() => globalThis.seenFrames.first > 0, null, { timeout: 30_000 });
  const { items } = await hearth.api.call('GET', '/api/playback');
  const [method] = items.filter(({ titleId }) => titleId === id).map((session) => session.method);
  const first = await page.evaluate(() => globalThis.seenFrames.first - globalThis.seenFrames.pressed);
  if (waterfall) await tellSteps(page, name);
  const seeks = [];
  for (const place of places) {
    await page.waitForTimeout(1500);
    await page.evaluate((part) => {
      const video = document.querySelector('video');
      Object.assign(globalThis.seenFrames, { seekFrom: performance.now(), seekShown: 0 });
      video.currentTime = video.duration * part;
    }, place);
    await page.waitForFunction(() => globalThis.seenFrames.seekShown > 0, null, { timeout: 30_000 });
    seeks.push(await page.evaluate(() => globalThis.seenFrames.seekShown - globalThis.seenFrames.seekFrom));
  }
  await page.close();
  return { method, first, seeks };
}

let hearth;
let browser;
try {
  console.log(`making three films of ${seconds} s …`);
  await makeFilms();
  hearth = await startHearth();
  await hearth.api.setUp();
  const { id } = await hearth.api.call('POST', '/api/libraries', {
    name: 'Bench',
    kind: 'movies',
    path: media,
  });
  const { jobId } = await hearth.api.call('POST', `/api/libraries/${id}/scan`, {});
  await scanEnd(hearth, id, jobId);
  const { items } = await hearth.api.call('GET', '/api/titles');
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  });
  const context = await browser.newContext({ baseURL: hearth.url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('Name').or(page.getByLabel('User name')).first().fill('bench');
  await page.getByLabel('Password', { exact: true }).fill('long enough');
  await page.keyboard.press('Enter');
  await page.waitForURL('/');
  await page.close();

  const rows = [];
  for (const film of films) {
    const firsts = [];
    const seeks = [];
    for (let run = 0; run < runs; run++) {
      const title = items.find(({ name }) => name === titleOf(film, run));
      const done = await visit(
        context,
        title,
        [0.1 + (run * 0.8) / runs, 0.15 + (run * 0.8) / runs],
        values.waterfall,
      );
      if (done.method !== film.method) throw new Error(`${film.name} plays by ${done.method}`);
      firsts.push(done.first);
      seeks.push(...done.seeks);
    }
    const figures = (list) => [Math.min(...list), median(list), Math.max(...list)].map((ms) => ms.toFixed(0));
    rows.push([`${film.name}: Play to picture`, ...figures(firsts), film.limit]);
    rows.push([`${film.name}: seek to picture`, ...figures(seeks), seekLimit]);
    film.first = median(firsts);
    film.seek = median(seeks);
  }
  table(['1080p in Chromium', 'min ms', 'median ms', 'max ms', 'target'], rows);
  for (const { name, first, seek, limit } of films) {
    target(`${name}: first picture ${first.toFixed(0)} ms, target ≤ ${limit}`, first <= limit);
    target(`${name}: seek ${seek.toFixed(0)} ms, target ≤ ${seekLimit}`, seek <= seekLimit);
  }
} finally {
  await browser?.close();
  await hearth?.stop();
  await rm(directory, { recursive: true, force: true });
}
