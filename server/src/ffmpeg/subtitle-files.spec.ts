import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pgsFile, pgsSegments } from '../../../tests/support/pgs.js';
import { assScript } from './ass-script.js';
import { DerivedFiles } from './derived-files.js';
import { indexedOriginal, indexedSubtitles } from './embedded-subtitles.js';
import { FfprobeProbe } from './ffprobe-probe.js';
import { FileBytes } from './file-bytes.js';
import { openAccess } from './open-access.js';
import { filterValue } from './filter-value.js';
import { InProcessProbe } from './in-process-probe.js';
import { indexedAttachment } from './indexed-attachment.js';
import { matroskaCues, subtitleBlocks } from './matroska-subtitles.js';
import { Clips } from './media-probe.contract.js';
import { supFile } from './pgs.js';
import { SubtitleExtractor } from './subtitle-extractor.js';
import { fontsOf, type IndexedOriginals, SubtitleFiles, type SubtitledMedia } from './subtitle-files.js';

const pictures = [
  { start: 1, end: 2.5, width: 400, height: 60 },
  { start: 3, end: 4, width: 300, height: 50 },
  { start: 11.5, end: 12, width: 1000, height: 90 },
];
const ass = `[Script Info]
; made by hand
ScriptType: v4.00+
PlayResX: 1280

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,DejaVu Sans,90,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,5,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 1,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\pos(100,100)}On top, with a comma
Dialogue: 0,0:00:01.00,0:00:05.50,Default,Anna,0,0,0,,███████\\NTwo
`;

const clips = new Clips();
const index: IndexedOriginals = {
  original: (path, stream, aspect) => Promise.resolve(indexedOriginal(path, stream, aspect)),
  attachment: (path, stream) => Promise.resolve(indexedAttachment(path, stream)),
};
const noIndex: IndexedOriginals = {
  original: () => Promise.resolve(null),
  attachment: () => Promise.resolve(null),
};
let count = 0;
const filesWith = (
  by: IndexedOriginals,
  ffmpeg: string | null = null,
  folder = `derived-${count++}`,
): SubtitleFiles => {
  const subtitles = {
    subtitles: (path: string, stream: number) => Promise.resolve(indexedSubtitles(path, stream)),
  };
  return new SubtitleFiles(
    by,
    new SubtitleExtractor(subtitles, ffmpeg),
    ffmpeg,
    new DerivedFiles(clips.path(folder)),
  );
};
const source = async (path: string): Promise<SubtitledMedia> => ({
  path,
  contentKey: 'key',
  media: path.endsWith('.mkv')
    ? await new InProcessProbe().probe(path)
    : await new FfprobeProbe('ffprobe').probe(path),
});

let film = '';
let font: Buffer;
beforeAll(() => {
  font = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 13) & 255));
  clips.write('a.ass', ass);
  clips.write('Serif.ttf', font);
  clips.write('x.sup', pgsFile(pictures));
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=d=13:s=640x360:r=25'];
  const inputs = ['-copyts', ...picture, '-i', clips.path('a.ass'), '-i', clips.path('x.sup')];
  const maps = ['-map', '0', '-map', '1', '-map', '2'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '8M', '-g', '25', '-c:s', 'copy'];
  const attached = ['-attach', clips.path('Serif.ttf'), '-metadata:s:t', 'mimetype=font/ttf'];
  film = clips.make('film.mkv', ...inputs, ...maps, ...codecs, ...attached);
});
afterAll(() => clips.remove());

describe('an ASS track', () => {
  test('comes back as the file it was made of', async () => {
    const path = await filesWith(index).original(await source(film), 1);
    const text = readFileSync(path, 'utf8');
    const lines = (all: string, start: RegExp): string[] =>
      all.split(/\r?\n/).filter((line) => start.test(line));
    expect(lines(text, /^(Dialogue|Style|PlayRes)/)).toEqual(lines(ass, /^(Dialogue|Style|PlayRes)/));
    expect(lines(text, /^Format: Layer/)).toHaveLength(1);
    expect(text.match(/\[Events\]/g)).toHaveLength(1);
  });

  test('is the same by ffmpeg, where there is no index', async () => {
    const path = await filesWith(noIndex, 'ffmpeg').original(await source(film), 1);
    const events = (text: string): string[] => text.match(/^Dialogue:.*(?=\r?$)/gm)?.toSorted() ?? [];
    expect(events(readFileSync(path, 'utf8'))).toEqual(events(ass));
  });

  test.each([
    ['without its last section', '[Script Info]\n\n[V4+ Styles]\nStyle: A', 'Format: Layer,'],
    ['of the old kind', '[Script Info]\n\n[V4 Styles]\nStyle: A\n\n[Events]\n', 'Format: Marked,'],
    [
      'with fonts behind the events',
      '[V4+ Styles]\n\n[Events]\nFormat: Layer, Start\n\n[Fonts]\nfontname: x',
      'Format: Layer, Start',
    ],
  ])('with a head %s is made whole', (_, head, format) => {
    const payload = Buffer.from('0,0,A,,0,0,0,,Hello,\r\nyou');
    const text = assScript(head, [{ startSeconds: 3661.239, durationSeconds: 1, payload }]);
    const [before = '', events = ''] = text?.split('[Events]\n') ?? [];
    expect(events).toMatch(
      /^Format: .*\nDialogue: (0|Marked=0),1:01:01\.24,1:01:02\.24,A,,0,0,0,,Hello,\\Nyou\n$/,
    );
    expect(events).toContain(format);
    if (head.includes('[Fonts]')) expect(before).toContain('fontname: x');
  });
});

describe('a PGS track', () => {
  test('comes back as its .sup file by the index, byte for byte', async () => {
    const path = await filesWith(index).original(await source(film), 2);
    expect(pgsSegments(readFileSync(path))).toEqual(pgsSegments(pgsFile(pictures)));
  });

  test('gets the heads back that Matroska leaves out, and is refused where a block is cut', () => {
    const payload = (name: string): Buffer => Buffer.from(name, 'hex');
    const sup = supFile([{ startSeconds: 2, payload: payload('160002aabb800000') }]);
    expect(pgsSegments(sup ?? Buffer.alloc(0))).toEqual([
      { seconds: 2, type: 0x16, body: 'aabb' },
      { seconds: 2, type: 0x80, body: '' },
    ]);
    expect(supFile([{ startSeconds: 2, payload: payload('160003aabb') }])).toBeNull();
    expect(supFile([{ startSeconds: 2, payload: payload('1600') }])).toBeNull();
  });

  test.each(['film.m2ts'])('comes out of %s by ffmpeg, counted from where the film begins', async (name) => {
    const broadcast = clips.make(
      name,
      '-i',
      film,
      '-map',
      '0:v',
      '-map',
      '0:2',
      '-c',
      'copy',
      '-f',
      'mpegts',
    );
    const media = await source(broadcast);
    const stream = media.media.streams.find(({ kind }) => kind === 'subtitle');
    if (stream?.codec !== 'hdmv_pgs_subtitle') throw new Error(`It became ${stream?.codec}.`);
    const sup = readFileSync(await filesWith(index, 'ffmpeg').original(media, stream.index));
    const [expected, found] = [pgsSegments(pgsFile(pictures)), pgsSegments(sup)];
    expect(found.map(({ type, body }) => [type, body])).toEqual(
      expected.map(({ type, body }) => [type, body]),
    );
    for (const [at, { seconds }] of found.entries())
      expect(Math.abs(seconds - (expected[at]?.seconds ?? 0))).toBeLessThan(0.05);
  });

  test('by ffmpeg keeps the times of a file that begins late', async () => {
    const late = clips.make('late.mkv', '-copyts', '-ss', '0.9', '-i', film, '-map', '0:2', '-c', 'copy');
    const media = await source(late);
    expect(media.media.startSeconds).toBeGreaterThan(0.5);
    const byIndex = readFileSync(await filesWith(index).original(media, 0));
    const byFfmpeg = readFileSync(await filesWith(noIndex, 'ffmpeg').original(media, 0));
    expect(pgsSegments(byFfmpeg)).toEqual(pgsSegments(byIndex));
    expect(pgsSegments(byIndex)[0]?.seconds).toBe(1);
  });
});

test('only the blocks of the track are read, not the film', () => {
  class Counting extends FileBytes {
    asked = 0;
    override read(offset: number, length: number): Buffer {
      this.asked += length;
      return super.read(offset, length);
    }
  }
  const access = openAccess(film);
  for (const read of [
    (file: FileBytes) => matroskaCues(file, 1)?.length,
    (file: FileBytes) => subtitleBlocks(file, 2)?.blocks.length,
  ]) {
    const file = new Counting(access, 2048);
    expect(read(file)).toBeGreaterThan(1);
    expect(file.asked).toBeLessThan(file.size / 20);
  }
  access.close();
});

test('an attached font is found by its number, without reading it; nothing else is given out', async () => {
  const media = await source(film);
  const [attached] = fontsOf(media.media);
  const files = filesWith(index);
  const span = await files.font(media, attached?.index ?? -1);
  const bytes = readFileSync(film).subarray(span.start, span.start + span.size);
  expect(Buffer.compare(bytes, font)).toBe(0);
  for (const wrong of [0, 1, 2, 99])
    await expect(files.font(media, wrong)).rejects.toMatchObject({ code: 'no-such-stream' });
  const { media: info } = media;
  const huge = {
    ...info,
    streams: info.streams.map((one) => (one.kind === 'attachment' ? { ...one, size: 1e9 } : one)),
  };
  expect(fontsOf(huge)).toEqual([]);
});

test('what is made is made once, however many ask, and nothing half stays of a failure', async () => {
  const folder = clips.path('once');
  const files = filesWith(index, null, 'once');
  const media = await source(film);
  const paths = await Promise.all(Array.from({ length: 10 }, () => files.original(media, 1)));
  expect(new Set(paths).size).toBe(1);
  const { mtimeMs } = statSync(paths[0] ?? '');
  await expect(files.original(media, 0)).rejects.toMatchObject({ code: 'no-such-stream' });
  await expect(filesWith(noIndex, null, 'once').original(media, 2)).rejects.toMatchObject({
    code: 'ffmpeg-missing',
  });
  const missing = { ...media, path: clips.path('gone.mkv') };
  const failed = filesWith(noIndex, 'ffmpeg', 'once').original(missing, 2);
  await expect(failed).rejects.toMatchObject({
    code: 'unreadable',
    reason: expect.not.stringContaining(clips.dir),
  });
  expect(readdirSync(folder)).toEqual(['key-1.ass']);
  await files.original(media, 1);
  expect(statSync(paths[0] ?? '').mtimeMs).toBeGreaterThanOrEqual(mtimeMs);
});

test('two processes that make the same folder both get it', async () => {
  const make = (path: string): Promise<void> => {
    mkdirSync(path);
    writeFileSync(join(path, 'data'), 'x');
    return Promise.resolve();
  };
  const both = [0, 1].map(() => new DerivedFiles(clips.path('twice')).path('fonts', make));
  expect(new Set(await Promise.all(both)).size).toBe(1);
  expect(readdirSync(clips.path('twice'))).toEqual(['fonts']);
});

test('derived files stay within their bytes: the longest unused go', async () => {
  const files = new DerivedFiles(clips.path('bounded'), 25_000);
  const make = (name: string): Promise<string> =>
    files.path(name, (path) => {
      mkdirSync(path);
      clips.write(join(path.slice(clips.dir.length + 1), 'data'), Buffer.alloc(10_000));
      return Promise.resolve();
    });
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const name of ['a', 'b']) utimesSync(await make(name), longAgo, longAgo);
  for (const name of ['a', 'c']) await make(name);
  expect(readdirSync(clips.path('bounded')).sort()).toEqual(['a', 'c']);
  expect(() => files.path('../out', () => Promise.resolve())).toThrow(RangeError);
});

describe('text drawn into the picture', () => {
  /** Mean brightness of the frame at `seconds`. */
  const brightness = (filter: string, seconds: number): number => {
    const input = ['-f', 'lavfi', '-i', 'color=black:s=640x360:r=25:d=6'];
    const args = ['-v', 'error', ...input, '-vf', `${filter},trim=start=${seconds},format=gray`];
    const pixels = execFileSync('ffmpeg', [...args, '-frames:v', '1', '-f', 'rawvideo', '-']);
    return pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  };

  test('comes from a file of the track alone, whatever the folder is called, with the fonts of the film', async () => {
    const folder = `odd ,;[x]='\\:%{} é`;
    const filter = await filesWith(index, 'ffmpeg', folder).drawFilter(await source(film), 1);
    if (filter === null) throw new Error('no filter');
    expect(filter).not.toContain('film.mkv');
    expect(brightness(filter, 2)).toBeGreaterThan(brightness(filter, 5.6) + 3);
    expect(readdirSync(clips.path(join(folder, 'key-fonts')))).toEqual(['3.ttf']);
  });

  test('comes from WebVTT for other text, and not at all from pictures', async () => {
    clips.write('b.srt', '1\n00:00:01,000 --> 00:00:05,000\nXXXXXXXXXXXXXX\nXXXXXXXXXXXXXX\n');
    const plain = clips.make(
      'plain.mkv',
      '-i',
      film,
      '-i',
      clips.path('b.srt'),
      '-map',
      '0:v',
      '-map',
      '1',
      '-c',
      'copy',
    );
    const filter = await filesWith(index).drawFilter(await source(plain), 1);
    expect(filter).toMatch(/^subtitles=filename=.*key-1\.vtt$/);
    expect(brightness(filter ?? '', 2)).toBeGreaterThan(brightness(filter ?? '', 5.6));
    expect(await filesWith(index).drawFilter(await source(film), 2)).toBeNull();
  });

  test.each([
    ["it's", `it\\\\\\'s`],
    ['a:b', 'a\\\\:b'],
    ['a,b;c[d]', 'a\\,b\\;c\\[d\\]'],
    ['a\\b', 'a\\\\\\\\b'],
    ['plain /path.ass', 'plain /path.ass'],
  ])('%s is escaped for options and graph', (text, escaped) => {
    expect(filterValue(text)).toBe(escaped);
    expect(existsSync(text)).toBe(false);
  });
});
