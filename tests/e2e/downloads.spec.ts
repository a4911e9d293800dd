import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { io } from 'socket.io-client';
import { type Download, downloadRoutes } from '../../contract/src/download.js';
import { eventsPath, type ServerEventPayload } from '../../contract/src/events.js';
import { filesAmong, sourceRoutes } from '../../contract/src/source.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { playingDatabaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, titleNamed } from '../support/scanned.js';
import { decode } from '../support/stream-fetch.js';
import { waitFor } from '../support/wait-for.js';

type News = ServerEventPayload<'download.updated'>;

const run = promisify(execFile);
const seconds = 8;
/** Long enough to be interrupted in the middle. */
const longSeconds = 90;

const assLine = (text: string): string =>
  `[Script Info]\nPlayResX: 640\n\n[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:02.00,0:00:04.00,Default,${text}\n`;

/** What ffprobe says of the subtitles in a film, and the first words of each. */
async function subtitlesIn(path: string) {
  const probe = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await run('ffprobe', ['-v', 'error', '-of', 'json', ...args, path])).stdout);
  const streams = z.object({ streams: z.array(z.object({ codec_name: z.string(), disposition: z.record(z.string(), z.number()), tags: z.record(z.string(), z.string()) })) })
    .parse(await probe('-select_streams', 's', '-show_streams')).streams;
  const lines = streams.map(async (_, at) => (await run('ffmpeg', ['-v', 'error', '-i', path, '-map', `0:s:${at}`, '-f', 'srt', '-'])).stdout);
  const texts = await Promise.all(lines);
  return streams.map(({ codec_name, tags, disposition }, at) => ({
    codec: codec_name, language: tags['language'], title: tags['title'] ?? tags['name'] ?? tags['handler_name'],
    forced: disposition['forced'], text: texts[at]?.trim().split('\n').slice(1).join(' '),
  }));
} // prettier-ignore

let media: MediaFolder;
beforeAll(async () => {
  media = await MediaFolder.make();
  await media.film('Meadow (2019)/Meadow (2019).mkv', { seconds, size: '1280x720' });
  await media.write(
    'Meadow (2019)/Meadow (2019).pt-BR.forced.srt',
    Buffer.from('1\n00:00:01,500 --> 00:00:03,000\nOlá, não\n', 'latin1'),
  );
  await media.write(
    'Meadow (2019)/Meadow (2019).Commentary.fr.vtt',
    'WEBVTT\n\n00:05.000 --> 00:06.000\n<i>Bonjour</i>\n',
  );
  await media.write('Meadow (2019)/Meadow (2019).de.sdh.ass', assLine('{\\i1}Guten Tag'));
  await media.write('Meadow (2019)/Meadow (2019).en.srt', 'nothing that could be read');
  await media.film('Harbour/Season 1/Harbour S01E02.mkv', { seconds, size: '640x360' });
  await media.film('River (2001)/River (2001).mkv', { seconds: longSeconds, size: '960x540' });
}, 120_000);
afterAll(() => media.remove());

describe.each(playingDatabaseKinds)('downloads on %s', (database) => {
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

  async function fileOf(name: string): Promise<string> {
    const title = await titleNamed(ada, name);
    const [episode] =
      title.type === 'series' ? (await ada.call(titleRoutes.episodes, { id: title.id })).items : [];
    const { items } = await ada.call(sourceRoutes.ofTitle, { id: title.id, ...(episode && { episodeId: episode.id }) });
    const [source] = filesAmong(items);
    if (!source) throw new Error(`${name} has no file`);
    return source.id;
  } // prettier-ignore
  const listed = async (who: Client, id: string): Promise<Download | undefined> =>
    (await who.call(downloadRoutes.list)).items.find((one) => one.id === id);
  const ready = (who: Client, id: string): Promise<Download> =>
    waitFor(
      async () => {
        const found = await listed(who, id);
        if (found?.state === 'failed') throw new Error(found.error ?? 'failed');
        return found?.state === 'ready' && found;
      },
      'the conversion',
      90_000,
    );
  const range = async (url: string, from: number, to?: number): Promise<Response> =>
    hearth.client.fetch(url, { headers: { range: `bytes=${from}-${to ?? ''}` } });
  const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
  const versionFiles = async (): Promise<string[]> => {
    const names = await readdir(hearth.dataDirectory, { recursive: true });
    return names.filter((name) => /versions.*\.(mp4|part)$/.test(name));
  };

  /** What converters on this machine run for this server. */
  const working = async (): Promise<string[]> => {
    const { stdout } = await run('ps', ['-e', '-o', 'args=']);
    return stdout
      .split('\n')
      .filter((line) => line.includes('ffmpeg') && line.includes(hearth.dataDirectory));
  };

  test('the original is there at once, byte for byte, in ranges too', async () => {
    const fileId = await fileOf('Meadow');
    const download = await mia.call(downloadRoutes.create, { fileId, quality: 'original' });
    const whole = await readFile(media.path('Meadow (2019)/Meadow (2019).mkv'));
    expect(download).toMatchObject({
      ...{ fileId, titleName: 'Meadow', quality: 'original', state: 'ready', progress: null, error: null },
      ...{ size: whole.length, fileName: 'Meadow (2019).mkv', episodeId: null },
    });
    expect((await bytesOf(await hearth.client.fetch(download.url))).equals(whole)).toBe(true);
    const part = await range(download.url, 1000, 1999);
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 1000-1999/${whole.length}`,
    ]);
    expect((await bytesOf(part)).equals(whole.subarray(1000, 2000))).toBe(true);
    const again = await mia.call(downloadRoutes.create, { fileId, quality: 'original' });
    expect(again.id).toBe(download.id);
    await mia.call(downloadRoutes.remove, { id: download.id });
    expect(await listed(mia, download.id)).toBeUndefined();
  });

  test('a smaller one is converted, told about, shared, and can be fetched in pieces; it decodes to the end', async () => {
    const fileId = await fileOf('Meadow');
    const heard: News[] = [];
    const socket = io(hearth.client.baseUrl, {
      path: eventsPath,
      auth: { token: mia.accessToken ?? '' },
      transports: ['websocket'],
    });
    socket.on('download.updated', (event: News) => heard.push(event));
    await waitFor(() => socket.connected, 'the socket to connect');
    const asked = await mia.call(downloadRoutes.create, { fileId, quality: '360p' });
    expect(asked).toMatchObject({ quality: '360p', url: '', fileName: 'Meadow (2019) (360p).mp4' });
    expect(['waiting', 'converting']).toContain(asked.state);
    // Somebody else, and the same once more: one conversion for all.
    const other = await ada.call(downloadRoutes.create, { fileId, quality: '360p' });
    expect((await mia.call(downloadRoutes.create, { fileId, quality: '360p' })).id).toBe(asked.id);
    expect(other.id).not.toBe(asked.id);
    const mine = await ready(mia, asked.id);
    expect((await ready(ada, other.id)).size).toBe(mine.size);
    expect(await versionFiles()).toHaveLength(1);
    await waitFor(() => heard.some(({ state }) => state === 'ready'), 'the news');
    expect(heard.every(({ downloadId }) => downloadId === asked.id)).toBe(true);
    expect(heard.map(({ state }) => state)).toEqual(expect.arrayContaining(['converting', 'ready']));
    socket.disconnect();
    // An interrupted download goes on where it was.
    const half = Math.floor(mine.size / 2);
    const first = await range(mine.url, 0, half - 1);
    const etag = first.headers.get('etag') ?? '';
    const rest = await hearth.client.fetch(mine.url, {
      headers: { range: `bytes=${half}-`, 'if-range': etag },
    });
    expect([first.status, rest.status]).toEqual([206, 206]);
    const file = Buffer.concat([await bytesOf(first), await bytesOf(rest)]);
    expect(file.length).toBe(mine.size);
    const decoded = await decode([file]);
    expect(decoded.frames).toBe(seconds * 10);
    expect(decoded.seconds).toBeCloseTo(seconds, 0);
    expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
    // Words beside the film come along; what cannot be read does not keep the rest away.
    const taken = join(hearth.dataDirectory, 'taken along.mp4');
    await writeFile(taken, file);
    expect(await subtitlesIn(taken)).toEqual([
      { codec: 'mov_text', language: 'fra', title: 'Commentary', forced: 0, text: '00:00:05,000 --> 00:00:06,000 <i>Bonjour</i>' },
      { codec: 'mov_text', language: 'deu', title: 'SubtitleHandler', forced: 0, text: '00:00:02,000 --> 00:00:04,000 <i>Guten Tag</i>' },
      { codec: 'mov_text', language: 'por', title: 'SubtitleHandler', forced: 1, text: '00:00:01,500 --> 00:00:03,000 Olá, não' },
    ]); // prettier-ignore
  }, 120_000);

  test('a name for an episode; a quality that is none is refused; nobody sees another’s list', async () => {
    const fileId = await fileOf('Harbour');
    const download = await mia.call(downloadRoutes.create, { fileId, quality: 'original' });
    expect(download.fileName).toBe('Harbour S01E02.mkv');
    expect(download.episodeId).not.toBeNull();
    for (const quality of ['2160p', '1080p', '99p'])
      expect([quality, await mia.refused(downloadRoutes.create, { fileId, quality })]).toEqual([
        quality,
        expect.objectContaining({ status: 409, problem: expect.objectContaining({ code: 'PLAYBACK_UNSUPPORTED' }) }),
      ]);
    expect((await mia.refused(downloadRoutes.create, { fileId, quality: 'best' })).status).toBe(400);
    expect((await mia.refused(downloadRoutes.create, { fileId: 'nothing', quality: 'original' })).status).toBe(404);
    expect(await listed(ada, download.id)).toBeUndefined();
    expect((await ada.refused(downloadRoutes.remove, { id: download.id })).status).toBe(404);
    expect(await listed(mia, download.id)).toBeDefined();
    // What is signed for one piece opens no other.
    const [path = '', query = ''] = download.url.split('?');
    const elsewhere = `${path.replace(fileId, await fileOf('Meadow'))}?${query}`;
    expect((await hearth.client.fetch(elsewhere)).status).toBe(403);
    await mia.call(downloadRoutes.remove, { id: download.id });
  }); // prettier-ignore

  test('taking it off the list ends a conversion that nobody else wants', async () => {
    const fileId = await fileOf('River');
    const asked = await mia.call(downloadRoutes.create, { fileId, quality: '480p' });
    await waitFor(async () => (await listed(mia, asked.id))?.state === 'converting', 'it to begin', 60_000);
    await waitFor(async () => (await versionFiles()).some((name) => name.endsWith('.part')), 'a file');
    await mia.call(downloadRoutes.remove, { id: asked.id });
    await waitFor(async () => !(await versionFiles()).some((name) => name.endsWith('.part')), 'it to end');
    const { items } = await ada.call(downloadRoutes.versions);
    expect(items.filter(({ quality }) => quality === '480p')).toEqual([]);
  }, 120_000);

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'a restart in the middle (%s) only makes it later, and leaves nothing behind',
    async (signal) => {
      const fileId = await fileOf('River');
      const quality = signal === 'SIGTERM' ? '360p' : '480p';
      const asked = await mia.call(downloadRoutes.create, { fileId, quality });
      const progress = await waitFor(
        async () => (await listed(mia, asked.id))?.progress ?? undefined,
        'some progress',
        60_000,
      );
      expect(progress).toBeLessThan(100);
      await hearth.stop(signal);
      // What it had started ends with it, and does not go on into a file that nobody wants.
      await waitFor(async () => (await working()).length === 0, 'the converter to end');
      await hearth.boot();
      const done = await ready(mia, asked.id);
      const decoded = await decode([await bytesOf(await hearth.client.fetch(done.url))]);
      expect(decoded.frames).toBe(longSeconds * 10);
      expect((await versionFiles()).filter((name) => name.endsWith('.part'))).toEqual([]);
    },
    180_000,
  );

  test('an administrator makes a version to keep, sees what there is, and deletes it', async () => {
    const fileId = await fileOf('Harbour');
    expect((await mia.refused(downloadRoutes.optimise, { fileId, quality: '360p' })).status).toBe(403);
    expect((await mia.refused(downloadRoutes.versions)).status).toBe(403);
    const wanted = await ada.call(downloadRoutes.optimise, { fileId, quality: '360p' });
    const kept = await waitFor(
      async () =>
        (await ada.call(downloadRoutes.versions)).items.find(
          ({ id, state }) => id === wanted.id && state === 'ready',
        ),
      'the version',
      60_000,
    );
    expect(kept).toMatchObject({ kept: true, quality: '360p', titleName: 'Harbour' });
    const { items, bytes } = await ada.call(downloadRoutes.versions);
    expect(bytes).toBe(items.reduce((sum, { size }) => sum + size, 0));
    expect((await bytesOf(await hearth.client.fetch(kept.url))).length).toBe(kept.size);
    // A member who wants the same has it at once.
    const download = await mia.call(downloadRoutes.create, { fileId, quality: '360p' });
    expect(download).toMatchObject({ state: 'ready', size: kept.size });
    expect((await mia.refused(downloadRoutes.removeVersion, { id: kept.id })).status).toBe(403);
    await ada.call(downloadRoutes.removeVersion, { id: kept.id });
    expect((await hearth.client.fetch(kept.url)).status).toBe(404);
    expect(await listed(mia, download.id)).toMatchObject({
      state: 'failed',
      url: '',
      error: expect.stringMatching(/again/),
    });
    // Asked for again, it is made again.
    const again = await mia.call(downloadRoutes.create, { fileId, quality: '360p' });
    expect((await ready(mia, again.id)).state).toBe('ready');
  }, 120_000);
});
