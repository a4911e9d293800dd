import { readFileSync } from 'node:fs';
import { difference, drawn } from '../../../../tests/support/drawn-subtitles.js';
import { pgsSegments } from '../../../../tests/support/pgs.js';
import { vobsubPair } from '../../../../tests/support/vobsub.js';
import { DerivedFiles } from '../derived-files.js';
import { indexedOriginal } from '../embedded-subtitles.js';
import { FfprobeProbe } from '../ffprobe-probe.js';
import { Clips } from '../media-probe.contract.js';
import { SubtitleExtractor } from '../subtitle-extractor.js';
import { type IndexedOriginals, SubtitleFiles } from '../subtitle-files.js';
import { drawField, type Region } from './pixel-data.js';
import { pgsOfDvb } from './read-dvb.js';

const clips = new Clips();
afterAll(() => clips.remove());
const pictures = [
  { start: 1, end: 2, x: 200, y: 480, width: 320, height: 40 },
  { start: 3, end: 4, x: 100, y: 50, width: 500, height: 300 },
];
const moments = [0.6, 1.4, 2.4, 3.4, 4.4];
let disc = '';
beforeAll(() => {
  const { idx, sub } = vobsubPair({ en: pictures });
  disc = clips.write('disc.idx', idx);
  clips.write('disc.sub', sub);
});

/** A DVD's pictures, written for a broadcast by ffmpeg. */
function broadcast(name: string): string {
  const video = ['-copyts', '-f', 'lavfi', '-i', 'color=gray:s=720x576:r=5:d=6,setsar=16/15'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:s', 'dvbsub'];
  return clips.make(name, ...video, '-i', disc, '-map', '0', '-map', '1', ...codecs);
}

/** A transport stream has no index. */
const originals: IndexedOriginals = {
  original: (path, stream, aspect) =>
    Promise.resolve(path.endsWith('.ts') ? null : indexedOriginal(path, stream, aspect)),
  attachment: () => Promise.resolve(null),
};
const noText = new SubtitleExtractor({ subtitles: () => Promise.resolve(null) }, null);
const files = new SubtitleFiles(originals, noText, 'ffmpeg', new DerivedFiles(clips.path('derived')));

test.each(['film.mkv', 'film.ts'])('a track in %s is drawn as ffmpeg draws it', async (name) => {
  const film = broadcast(name);
  const media = await new FfprobeProbe('ffprobe').probe(film);
  const stream = media.streams.find(({ kind }) => kind === 'subtitle');
  const sup = await files.original({ path: film, contentKey: name.replace('.', '-'), media }, stream?.index ?? 0);
  const [theirs, ours] = [drawn(disc, '768x576', moments), drawn(sup, '768x576', moments)];
  expect(theirs.some((pixel) => pixel > 100)).toBe(true);
  expect(difference(theirs, ours)).toBeLessThan(0.002);
  const times = pgsSegments(readFileSync(sup)).filter(({ type }) => type === 0x16).map(({ seconds }) => seconds);
  expect(times.map((at) => Math.round(at * 10) / 10)).toEqual([1, 2, 3, 4]);
}); // prettier-ignore

const u16 = (value: number): number[] => [value >> 8, value & 255];
const segment = (type: number, ...body: number[]): number[] => [
  0x0f,
  type,
  ...u16(1),
  ...u16(body.length),
  ...body,
];
/** Lines of one region, its colours by four bits, on a screen of standard definition. */
const region = (id: number, width: number, height: number, object: number, fill = 0): number[] =>
  segment(
    0x11,
    id,
    fill ? 8 : 0,
    ...u16(width),
    ...u16(height),
    0x48,
    7,
    0,
    fill << 4,
    ...u16(object),
    0,
    2,
    0,
    0,
  );
const page = (timeout: number, ...regions: [id: number, x: number, y: number][]): number[] =>
  segment(0x10, timeout, 4, ...regions.flatMap(([id, x, y]) => [id, 0, ...u16(x), ...u16(y)]));
const red = segment(0x12, 7, 0, 1, 0x41, 76, 255, 85, 0, 2, 0x40, ...u16((20 << 10) | (8 << 6) | (8 << 2)));
/** Ten pixels of code 1 on the first line, and so on the second. */
const object = (id: number): number[] =>
  segment(0x13, ...u16(id), 0, ...u16(4), ...u16(0), 0x11, 0x0e, 0x11, 0x00);
const packet = (...segments: number[][]): Buffer => Buffer.from([0x20, 0, ...segments.flat(), 0xff]);
const sets = (...blocks: [startSeconds: number, payload: Buffer][]) =>
  pgsSegments(
    pgsOfDvb(
      Buffer.alloc(0),
      blocks.map(([startSeconds, payload]) => ({ startSeconds, payload })),
      null,
    ) ?? Buffer.alloc(0),
  );

test('regions stay until a page begins anew; a page that is not renewed goes when its time is over', () => {
  const first = packet(page(5, [1, 100, 500]), region(1, 40, 4, 9), red, object(9), segment(0x80));
  const found = sets(
    [1, first],
    [20, packet(segment(0x10, 5, 0, 1, 0, ...u16(200), ...u16(500)))],
    [22, packet(page(5))],
  );
  const compositions = found.filter(({ type }) => type === 0x16);
  expect(compositions.map(({ seconds }) => seconds)).toEqual([1, 6, 20, 22]);
  expect(compositions.map(({ body }) => body.slice(20, 22))).toEqual(['01', '00', '01', '00']);
  expect(found.find(({ type }) => type === 0x14)?.body).toBe('0000014cff55ff');
});

test('another page is another stream; the colours nobody told are the usual ones', () => {
  const shown = packet(page(5, [1, 0, 0]), region(1, 8, 2, 9, 1), segment(0x80));
  expect(pgsOfDvb(Buffer.from([0, 2, 0, 3, 0x10]), [{ startSeconds: 1, payload: shown }], null)).toBeNull();
  const own = pgsOfDvb(Buffer.from([0, 1, 0, 3, 0x10]), [{ startSeconds: 1, payload: shown }], null);
  // Red of a screen, opaque.
  expect(pgsSegments(own ?? Buffer.alloc(0))[2]?.body).toBe('00000151f05aff');
});

test.each<[string, 2 | 4 | 8, number[], string]>([
  ['two bits: one each, three of one, one of none, two of none', 4, [0x10, 0x6c, 0x84, 0x41, 0], '78f777000'],
  ['two bits: twelve of one', 4, [0x10, 0x08, 0x30, 0], 'ffffffffffff'],
  ['two bits: more than there is room for', 4, [0x10, 0x0c, 0x01, 0], '7'.repeat(24)],
  ['two bits by a table of their own', 4, [0x20, 0x12, 0x34, 0x10, 0x6c, 0], '234'],
  ['four bits: one each, and every kind of run', 4, [0x11, 0x12, 0x02, 0x08, 0x30, 0xc0, 0xd0, 0xe0, 0x40, 0], '1200003333000444444444'],
  ['eight bits: one, none, a run', 8, [0x12, 0x41, 0, 3, 0, 0x84, 0x42, 0, 0], '10002222'],
  ['four bits where there are eight', 8, [0x11, 0x12, 0], '12'],
  ['eight bits where there are four', 4, [0x12, 0x41, 0, 0], '4'],
])('pixels of %s', (_, depth, data, expected) => {
  const row = (keepsOne: boolean): string => {
    const region: Region = { width: 24, height: 1, depth, pixels: new Uint8Array(24).fill(5) };
    drawField(Buffer.from(data), region, [0, 0], keepsOne);
    return [...region.pixels].map((code) => (code & 15).toString(16)).join('');
  };
  expect(row(false)).toBe(expected.padEnd(24, '5'));
  if (data[0] === 0x11 && depth === 4) expect(row(true)).toBe(expected.replace('1', '5').padEnd(24, '5'));
}); // prettier-ignore

test('cut anywhere, or with any byte turned, it is refused or drawn, and never more', () => {
  const sound = packet(page(5, [1, 100, 500]), region(1, 40, 4, 9), red, object(9), segment(0x80));
  expect(sets([1, sound]).length).toBeGreaterThan(4);
  for (const at of sound.keys())
    for (const twin of [sound.subarray(0, at), ...[0, 0xff, (sound[at] ?? 0) ^ 0x10].map((to) => {
      const turned = Buffer.from(sound);
      turned[at] = to;
      return turned;
    })])
      expect(() => sets([1, twin], [2, sound])).not.toThrow();
}); // prettier-ignore

test('what paints more than any film has is no subtitle', () => {
  const large = region(1, 4000, 4000, 9, 1);
  const heavy = packet(page(5, [1, 0, 0]), ...Array.from({ length: 200 }, () => large));
  expect(sets([1, heavy])).toEqual([]);
  expect(sets([1, packet(page(5, [1, 0, 0]), region(1, 5000, 5000, 9, 1))])).toEqual([]);
});
