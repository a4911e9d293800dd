import { execFileSync } from 'node:child_process';
import { type PlaybackSession, playbackRoutes } from '../../contract/src/playback.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder, srt } from '../support/media.js';
import { pgsFile, pgsSegments } from '../support/pgs.js';
import { bytesOf, mediaPlaylists, playlistOf } from '../support/stream-fetch.js';
import { addLibrary, titleNamed } from '../support/scanned.js';

const script = (text: string): string =>
  `[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Serif,20\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,${text}\n`;
const sup = pgsFile([
  { start: 1, end: 2, width: 320, height: 40 },
  { start: 4, end: 5, width: 200, height: 40 },
]);
const font = Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * 11) & 255));
const player = { containers: ['mp4'], videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2'] };
const capable = { subtitleFormats: ['vtt', 'ass', 'pgs'] as ('vtt' | 'ass' | 'pgs')[] };

describe('subtitles as they were made', () => {
  let media: MediaFolder;
  let hearth: Hearth;
  let ada: Client;
  let titleId: string;

  beforeAll(async () => {
    media = await MediaFolder.make();
    const film = await media.film('work/film.mkv', { seconds: 8, subtitles: srt('Plain text') });
    const [ass, pgs, ttf] = await Promise.all([
      media.write('work/a.ass', script('{\\i1}Typeset{\\i0}, with a comma')),
      media.write('work/x.sup', sup),
      media.write('work/Serif.ttf', font),
    ]);
    await media.write(
      'films/Meadow (2019)/Meadow (2019).de.ass',
      Buffer.from(script('Schöne Grüße'), 'latin1'),
    );
    await media.write('films/Meadow (2019)/Meadow (2019).fr.sup', sup);
    const inputs = [
      '-copyts',
      '-i',
      film,
      '-i',
      ass,
      '-i',
      pgs,
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
      '-c',
      'copy',
    ];
    const attached = ['-attach', ttf, '-metadata:s:t', 'mimetype=font/ttf'];
    const target = media.path('films/Meadow (2019)/Meadow (2019).mkv');
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-nostdin', ...inputs, ...attached, target]);
    hearth = await Hearth.start({});
    ada = await hearth.setUp();
    await addLibrary(ada, 'movies', media.path('films'));
    titleId = (await titleNamed(ada, 'Meadow')).id;
  }, 60_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  const play = (client: object): Promise<PlaybackSession> =>
    ada.call(playbackRoutes.start, { titleId, client });
  const tracksFor = async (client: object) =>
    new Map((await play(client)).subtitles.map((track) => [`${track.origin} ${track.format}`, track]));
  const bytesAt = async (url = ''): Promise<Buffer> => {
    const response = await hearth.client.fetch(url);
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  test('a device that draws them gets ASS and PGS, from inside the film and from beside it', async () => {
    const tracks = await tracksFor(capable);
    expect([...tracks.keys()].sort()).toEqual([
      'embedded ass',
      'embedded pgs',
      'embedded vtt',
      'external ass',
      'external pgs',
    ]);
    const inside = (await bytesAt(tracks.get('embedded ass')?.url)).toString();
    expect(inside).toContain(
      'Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\\i1}Typeset{\\i0}, with a comma',
    );
    expect((await bytesAt(tracks.get('external ass')?.url)).toString()).toContain('Schöne Grüße');
    expect(pgsSegments(await bytesAt(tracks.get('embedded pgs')?.url))).toEqual(pgsSegments(sup));
    expect(await bytesAt(tracks.get('external pgs')?.url)).toEqual(sup);
  });

  test('another gets text, and is told what can only be drawn into the picture', async () => {
    const { subtitles } = await play({});
    expect(subtitles.map(({ format, url }) => [format, url !== ''])).toEqual([
      ['vtt', true],
      ['pgs', false],
      ['vtt', true],
      ['vtt', true],
      ['pgs', false],
    ]);
    expect((await bytesAt(subtitles[3]?.url)).toString()).toContain('<i>Typeset</i>, with a comma');
  });

  test('fonts come out of the film, whole or in part, and nothing else does', async () => {
    const { fonts, fileId } = await play(capable);
    expect(fonts.map(({ name }) => name)).toEqual(['Serif.ttf']);
    const url = fonts[0]?.url ?? '';
    expect(await bytesAt(url)).toEqual(font);
    const part = await hearth.client.fetch(url, { headers: { Range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(font.subarray(100, 200));
    expect((await hearth.client.fetch(url.replace(/signature=.{5}/, 'signature=AAAAA'))).status).toBe(403);
    expect((await hearth.client.fetch(url.replace(/fonts\/\d+/, 'fonts/0'))).status).toBe(403);
    expect(fileId).not.toBe('');
  });

  test('a track is not given out in a form it does not have', async () => {
    const tracks = await tracksFor(capable);
    const ask = async (name: string, format: string): Promise<number> => {
      const url = (tracks.get(name)?.url ?? '').replace(/&format=\w+$/, '');
      return (await hearth.client.fetch(`${url}&format=${format}`)).status;
    };
    expect(await ask('embedded vtt', 'ass')).toBe(404);
    expect(await ask('embedded ass', 'pgs')).toBe(404);
    expect(await ask('embedded pgs', 'vtt')).toBeGreaterThanOrEqual(400);
    expect(await ask('external ass', 'pgs')).toBeGreaterThanOrEqual(400);
    expect(await ask('external ass', 'exe')).toBe(400);
  });

  test('files beside the film are drawn into the picture for a device that draws none', async () => {
    const client = { ...player, subtitleFormats: [] };
    const firstPiece = async ({ url }: PlaybackSession): Promise<Buffer> => {
      const [video = ''] = await mediaPlaylists(hearth.client, url);
      const { segments } = await playlistOf(hearth.client, video);
      return bytesOf(hearth.client, segments[0] ?? '');
    };
    const plain = await firstPiece(
      await ada.call(playbackRoutes.start, { titleId, client, choice: { quality: '90p' } }),
    );
    const { subtitles } = await play(client);
    const beside = subtitles.filter(({ origin }) => origin === 'external');
    expect(beside.map(({ language, url, burned }) => [language, url, burned])).toEqual([
      ['de', '', false],
      ['fr', '', false],
    ]);
    for (const { id } of beside) {
      const session = await ada.call(playbackRoutes.start, { titleId, client, choice: { subtitleId: id } });
      expect([session.method, session.streams.subtitle?.action]).toEqual(['transcode', 'burn']);
      expect(session.subtitles.filter(({ burned }) => burned).map((one) => one.id)).toEqual([id]);
      const drawn = await firstPiece(session);
      expect(drawn.length).toBeGreaterThan(1000);
      expect(drawn.equals(plain)).toBe(false);
    }
  });

  test('rubbish is refused as that, and never breaks anything', async () => {
    const tracks = await tracksFor(capable);
    const url = (tracks.get('embedded pgs')?.url ?? '').replace('&format=pgs', '');
    const queries = ['format=', 'format=pgs&format=ass', 'format[]=pgs', `format=${'x'.repeat(5000)}`, 'format=%00', 'format=vobsub']; // prettier-ignore
    for (const query of queries) {
      const { status } = await hearth.client.fetch(`${url}&${query}`);
      expect([query.slice(0, 30), status >= 400 && status < 500]).toEqual([query.slice(0, 30), true]);
    }
    const bare = url.split('/subtitles/')[0] ?? '';
    const search = url.slice(url.indexOf('?'));
    for (const below of ['subtitles/-1', 'subtitles/99999999999999999999', 'subtitles/1e3', 'subtitles/..%2f..', 'subtitles/%00', `subtitles/${'9'.repeat(3000)}`, 'fonts/-1', 'fonts/1.5', 'fonts/99999999999999', 'fonts/NaN']) {
      const { status } = await hearth.client.fetch(`${bare}/${below}${search}`);
      expect([below.slice(0, 30), status >= 400 && status < 500]).toEqual([below.slice(0, 30), true]);
    }
    for (const range of ['bytes=-0', 'bytes=99999999999999999999-', 'bytes=5-1', 'bytes=-', `bytes=${'0-1,'.repeat(5000)}0-1`]) {
      const { status } = await hearth.client.fetch(`${url}&format=pgs`, { headers: { Range: range } });
      expect([range.slice(0, 30), status < 500]).toEqual([range.slice(0, 30), true]);
    }
    for (const subtitleId of ['-1', '10000', '99999999', '4294967296', 'x'.repeat(64), '../1', '\u0000', '1e1']) {
      const started = await ada.fetch('/api/playback', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ titleId, client: { ...player, subtitleFormats: [] }, choice: { subtitleId } }),
      });
      expect([subtitleId, started.status < 500]).toEqual([subtitleId, true]);
    }
  }); // prettier-ignore

  test('without a signature there is nothing, signed in or not', async () => {
    const { subtitles, fonts } = await play(capable);
    for (const { url } of [...subtitles, ...fonts]) {
      const bare = url.split('?')[0] ?? '';
      expect((await ada.fetch(bare)).status).toBeGreaterThanOrEqual(400);
    }
  });
});
