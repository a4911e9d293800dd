import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { io } from 'socket.io-client';
import { eventsPath } from '../../contract/src/events.js';
import { type PlaybackSession, playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { playingDatabaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, titleNamed } from '../support/scanned.js';
import { waitFor } from '../support/wait-for.js';

const filmSeconds = 30;
const themeSeconds = 30;
const episodeSeconds = 200;
/** Where the theme begins in each episode. */
const themeAt = [5, 12, 0];

let media: MediaFolder;
const ffmpeg = process.env['FFMPEG_PATH'] || 'ffmpeg';

/** Notes that a rule makes of a number: two recordings of one number sound alike, those of two do not. */
const melody = (number: number): string => {
  const note = `(220*pow(2,floor(12*abs(sin(${number}*17+floor(t*2)*${number + 3}.7)))/12))`;
  return `0.3*sin(2*PI*${note}*t)+0.2*sin(2*PI*${note}*1.5*t)+0.1*sin(2*PI*${note}*2.01*t)`;
};

/** An episode of talk, a theme that all have, and talk; the picture is nearly nothing. */
async function episode(number: number): Promise<void> {
  const path = media.path(`Harbour/Season 1/Harbour S01E0${number}.mkv`);
  await mkdir(dirname(path), { recursive: true });
  const start = themeAt[number - 1] ?? 0;
  const sound = (which: number, seconds: number): string[] => [
    ...['-f', 'lavfi', '-t', String(seconds), '-i', `aevalsrc='${melody(which)}':s=22050:c=mono`],
  ];
  const parts = [
    ...(start > 0 ? [sound(number + 20, start)] : []),
    sound(1, themeSeconds),
    sound(number + 40, episodeSeconds - start - themeSeconds),
  ];
  const labels = parts.map((_, index) => `[${index + 1}:a]`).join('');
  execFileSync(ffmpeg, [
    ...['-v', 'error', '-y', '-nostdin', '-f', 'lavfi', '-i', `testsrc2=d=${episodeSeconds}:s=64x36:r=2`],
    ...parts.flat(),
    ...['-filter_complex', `${labels}concat=n=${parts.length}:v=0:a=1[a]`, '-map', '0:v', '-map', '[a]'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-b:a', '96k', path],
  ]);
}

beforeAll(async () => {
  media = await MediaFolder.make();
  await media.film('Meadow (2019)/Meadow (2019).mkv', { seconds: filmSeconds, size: '320x180', group: 10 });
  for (const number of [1, 2, 3]) await episode(number);
}, 120_000);
afterAll(() => media.remove());

describe.each(playingDatabaseKinds)('beside a film, on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let mia: Client;

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
    ada = await hearth.setUp();
    mia = await hearth.admit(ada);
    await addLibrary(ada, 'mixed', media.root);
  }, 60_000);
  afterAll(() => hearth.dispose());

  const extrasOf = (session: PlaybackSession) =>
    mia.call(playbackRoutes.extras, { sessionId: session.sessionId });

  test('thumbnails come while it plays, are announced, and show every second of it', async () => {
    const prepared: string[] = [];
    const socket = io(hearth.client.baseUrl, {
      path: eventsPath,
      auth: { token: mia.accessToken ?? '' },
      transports: ['websocket'],
    });
    socket.on('file.prepared', ({ fileId }: { fileId: string }) => prepared.push(fileId));
    await waitFor(() => socket.connected, 'the socket to connect');
    const { id } = await titleNamed(mia, 'Meadow');
    const session = await mia.call(playbackRoutes.start, { titleId: id, client: {} });
    expect(session.thumbnailsUrl).toBeNull();
    await waitFor(() => prepared.includes(session.fileId), 'the news of thumbnails', 60_000);
    socket.disconnect();
    const { thumbnailsUrl } = await extrasOf(session);
    const response = await hearth.client.fetch(thumbnailsUrl ?? '');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/vtt; charset=utf-8']);
    const text = await response.text();
    expect(text).toMatch(/^WEBVTT\n/);
    const cues = [
      ...text.matchAll(/([\d:.]+) --> ([\d:.]+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g),
    ].map(([, from = '', to = '', address = '', ...box]) => ({ from, to, address, box: box.map(Number) }));
    expect(cues.length).toBeGreaterThanOrEqual(filmSeconds);
    expect([cues[0]?.from, cues.at(-1)?.to.slice(0, 8)]).toEqual(['00:00:00.000', '00:00:30']);
    for (const [index, { from }] of cues.slice(1).entries()) expect(from).toBe(cues[index]?.to);
    const sprites = [...new Set(cues.map(({ address }) => address))];
    expect(sprites.length).toBeGreaterThan(1);
    for (const [n, sprite] of sprites.entries()) {
      const picture = await hearth.client.fetch(sprite);
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      const bytes = Buffer.from(await picture.arrayBuffer());
      const [width, height] = jpegSize(bytes);
      for (const { address, box: [x = 0, y = 0, w = 0, h = 0] } of cues)
        if (address === sprite) expect([n, x + w <= width, y + h <= height, w > h]).toEqual([n, true, true, true]);
    }
    // Signed for one account and one piece.
    expect((await hearth.client.fetch((thumbnailsUrl ?? '').split('?')[0] ?? '')).status).not.toBe(200);
    expect((await hearth.client.fetch((sprites[0] ?? '').replace('000.jpg', '001.jpg'))).status).toBe(403);
    // Whoever plays it next is told at once; a restart forgets nothing.
    await hearth.stop();
    await hearth.boot();
    mia = hearth.client.as(mia.accessToken);
    ada = hearth.client.as(ada.accessToken);
    const next = await ada.call(playbackRoutes.start, { titleId: id, client: {} });
    expect((await hearth.client.fetch(next.thumbnailsUrl ?? '')).status).toBe(200);
  }, 120_000); // prettier-ignore

  test('the theme that three episodes share is found, in each where it is, to a second or two', async () => {
    const { id } = await titleNamed(mia, 'Harbour');
    const { items } = await mia.call(titleRoutes.episodes, { id });
    expect(items).toHaveLength(3);
    for (const [index, episode] of items.entries()) {
      const session = await mia.call(playbackRoutes.start, { titleId: id, episodeId: episode.id, client: {} });
      const intro = await waitFor(
        async () => (await extrasOf(session)).markers.find(({ kind }) => kind === 'intro'),
        `the intro of episode ${index + 1}`,
        90_000,
      );
      const start = themeAt[episode.number - 1] ?? 0;
      expect(Math.abs(intro.startSeconds - start)).toBeLessThan(2.5);
      expect(Math.abs(intro.endSeconds - (start + themeSeconds))).toBeLessThan(2.5);
      await mia.call(playbackRoutes.stop, { sessionId: session.sessionId });
    }
    // Known now: the next one to play it has it from the start.
    const again = await ada.call(playbackRoutes.start, { titleId: id, episodeId: items[1]?.id ?? '', client: {} });
    expect(again.markers.map(({ kind }) => kind)).toContain('intro');
  }, 180_000); // prettier-ignore
});

/** Width and height from a JPEG's frame header (ITU-T T.81, B.2.2). */
function jpegSize(bytes: Buffer): [width: number, height: number] {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  throw new Error('not a JPEG');
}
