import { readFileSync } from 'node:fs';
import { difference, drawn } from '../../../../tests/support/drawn-subtitles.js';
import { pgsFile, pgsSegments } from '../../../../tests/support/pgs.js';
import { type DiscPicture, discHead, subpictureUnit, vobsubPair } from '../../../../tests/support/vobsub.js';
import { DerivedFiles } from '../derived-files.js';
import { indexedOriginal } from '../embedded-subtitles.js';
import { InProcessProbe } from '../in-process-probe.js';
import { Clips } from '../media-probe.contract.js';
import { SubtitleExtractor } from '../subtitle-extractor.js';
import { type IndexedOriginals, SubtitleFiles } from '../subtitle-files.js';
import { readHead, readLanguages } from './index-file.js';
import { pgsFileOf } from './pgs-file.js';
import { readSubpicture } from './subpicture.js';

const first: DiscPicture = { start: 1, end: 2, x: 200, y: 480, width: 320, height: 40 };
const second: DiscPicture = { start: 3, end: 4, x: 100, y: 50, width: 500, height: 300 };
const clips = new Clips();
let index = '';
beforeAll(() => {
  const { idx, sub } = vobsubPair({ en: [first, second], de: [second] });
  clips.write('x.idx', idx);
  clips.write('x.sub', sub);
  index = clips.path('x.idx');
});
afterAll(() => clips.remove());

const moments = [0.6, 1.4, 2.4, 3.4, 4.4];

test.each([0, 1])('language %i of a pair is drawn as ffmpeg draws it', (language) => {
  clips.write('x.sup', Buffer.from(indexedOriginal(index, language, null) ?? []));
  const [disc, ours] = [
    drawn(index, '720x576', moments, language),
    drawn(clips.path('x.sup'), '720x576', moments),
  ];
  expect(disc.some((pixel) => pixel > 100)).toBe(true);
  expect(difference(disc, ours)).toBe(0);
});

test.each([
  [16 / 9, 1024, 284, 456],
  [2.39, 1024, 284, 456],
  [4 / 3, 768, 213, 342],
  [null, 720, 200, 320],
])('on a picture of %d the canvas is %i wide: pixels are square', (aspect, wide, left, width) => {
  const segments = pgsSegments(Buffer.from(indexedOriginal(index, 0, aspect) ?? []));
  const shown = Buffer.from(segments[0]?.body ?? '', 'hex');
  expect([shown.readUInt16BE(0), shown.readUInt16BE(2), shown.readUInt16BE(15)]).toEqual([wide, 576, left]);
  const object = Buffer.from(segments[3]?.body ?? '', 'hex');
  expect(Math.abs(object.readUInt16BE(7) - width)).toBeLessThan(2);
  expect(segments.filter(({ type }) => type === 0x16).map(({ seconds }) => Math.round(seconds * 10))).toEqual(
    [10, 20, 30, 40],
  );
});

/** Every packet as it is, with a picture of 16:9 above. */
const copied = (name: string): string => {
  const video = ['-copyts', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=5:d=6'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:s', 'copy'];
  return clips.make(name, ...video, '-i', index, '-map', '0', '-map', '1:0', ...codecs);
};
/** ffmpeg's own pictures, written for a disc by ffmpeg. */
const encoded = (name: string): string => {
  clips.write('a.sup', pgsFile([first, second].map((one) => ({ ...one, width: 1200, height: 60 }))));
  const video = ['-copyts', '-f', 'lavfi', '-i', 'color=gray:s=1920x1080:r=1:d=6'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:s', 'dvdsub'];
  return clips.make(name, ...video, '-i', clips.path('a.sup'), '-map', '0', '-map', '1', ...codecs);
};

test.each([
  ['a.mkv', copied, () => index],
  ['a.mp4', copied, () => index], // ffmpeg loses the last packet behind an edit list, its own too
  ['b.mkv', encoded, () => clips.path('b.mkv')],
] as const)('a track in %s is drawn as ffmpeg draws its source', (name, make, from) => {
  const film = make(name);
  clips.write('b.sup', Buffer.from(indexedOriginal(film, 1, 16 / 9) ?? []));
  const [disc, ours] = [drawn(from(), '640x360', moments), drawn(clips.path('b.sup'), '640x360', moments)];
  expect(disc.some((pixel) => pixel > 100)).toBe(true);
  expect(difference(disc, ours)).toBeLessThan(0.002);
});

test('where there is no index, ffmpeg takes the track out and it is rewritten from there', async () => {
  const film = copied('c.mkv');
  const onlyCopies: IndexedOriginals = {
    original: (path, stream, aspect) =>
      Promise.resolve(path === film ? null : indexedOriginal(path, stream, aspect)),
    attachment: () => Promise.resolve(null),
  };
  const noText = new SubtitleExtractor({ subtitles: () => Promise.resolve(null) }, null);
  const files = new SubtitleFiles(onlyCopies, noText, 'ffmpeg', new DerivedFiles(clips.path('derived')));
  const media = await new InProcessProbe().probe(film);
  const sup = readFileSync(await files.original({ path: film, contentKey: 'key', media }, 1));
  expect(pgsSegments(sup)).toEqual(pgsSegments(Buffer.from(indexedOriginal(film, 1, 16 / 9) ?? [])));
});

test.each<[string, string, readonly (readonly [string | null, number, number])[]]>([
  ['two languages', 'id: en, index: 0\ntimestamp: 00:00:01:500, filepos: 0000ff\nid: de, index: 1\ntimestamp: 01:00:00:000, filepos: 10\n', [['en', 1.5, 255], ['de', 3600, 16]]],
  ['one that nobody named', 'id: --, index: 0\r\ntimestamp: 00:00:01:000, filepos: 000\r\n', [[null, 1, 0]]],
  ['a delay', 'id: en, index: 0\ndelay: 00:00:02:000\ntimestamp: 00:00:01:000, filepos: 0\n', [['en', 3, 0]]],
  ['a delay before the film begins', 'id: en, index: 0\ndelay: -00:00:02:000\ntimestamp: 00:00:01:000, filepos: 0\n', [['en', 0, 0]]],
  ['a language without pictures', 'id: en, index: 0\nid: fr, index: 1\ntimestamp: 00:00:01:000, filepos: 0\n', [['fr', 1, 0]]],
  ['a number no stream has', 'id: en, index: 44\ntimestamp: 00:00:01:000, filepos: 0\n', []],
  ['pictures before any language', 'timestamp: 00:00:01:000, filepos: 0\n', []],
  ['lines of rubbish', 'id: en, index: 0\ntimestamp: now, filepos: 0\ntimestamp: 00:00:01:000, filepos: -1\ntimestamp: 00:00:01:000\nid:\n', []],
  ['nothing', '', []],
])('an index with %s', (_, text, expected) => {
  expect(readLanguages(text).map(({ language, entries }) => [language, entries[0]?.startSeconds, entries[0]?.offset])).toEqual(expected);
}); // prettier-ignore

test.each([
  [discHead, [720, 576], 16],
  ['size: 720x480\n', [720, 480], undefined],
  ['size: 0x0\npalette: 000000, ffffff\n', null, undefined],
  ['size: 99999x2\npalette: zz\n', null, undefined],
])('a head %j', (text, size, colours) => {
  const head = readHead(text);
  expect([head.size, head.palette?.length]).toEqual([size, colours]);
});

describe('damaged', () => {
  const unit = subpictureUnit({ ...first, height: 2 });
  const head = readHead(discHead);

  test('subpictures cut anywhere, or with any byte turned, are refused or drawn, and never more', () => {
    expect(readSubpicture(unit)).not.toBeNull();
    const twins = [...unit.keys()].flatMap((at) => {
      const turned = (to: number): Buffer =>
        Buffer.concat([unit.subarray(0, at), Buffer.from([to]), unit.subarray(at + 1)]);
      return [unit.subarray(0, at), turned(0), turned(0xff), turned((unit[at] ?? 0) ^ 0x10)];
    });
    for (const twin of twins) {
      const sup = pgsFileOf([{ startSeconds: 1, durationSeconds: null, unit: twin }], head, 16 / 9);
      if (sup) expect(pgsSegments(sup).length).toBeGreaterThan(4);
    }
    expect(
      pgsFileOf([{ startSeconds: 1, durationSeconds: null, unit: unit.subarray(0, 20) }], head, null),
    ).toBeNull();
  });

  test('pairs: an index that points elsewhere, packets cut or of another kind', () => {
    const { idx, sub } = vobsubPair({ en: [first, second] });
    const tried = (name: string, text: string, packets: Buffer): Uint8Array | null => {
      clips.write(`${name}.idx`, text);
      clips.write(`${name}.sub`, packets);
      return indexedOriginal(clips.path(`${name}.idx`), 0, null);
    };
    const sets = (sup: Uint8Array | null): number | undefined =>
      sup ? pgsSegments(Buffer.from(sup)).filter(({ type }) => type === 0x15).length : undefined;
    expect(sets(tried('sound', idx, sub))).toBe(2);
    expect(sets(tried('astray', idx.replace(/filepos: \w+$/m, 'filepos: 0ffffffff'), sub))).toBe(1);
    expect(sets(tried('off', idx.replaceAll(/filepos: \w+$/gm, 'filepos: 000000007'), sub))).toBeUndefined();
    expect(sets(tried('cut', idx, sub.subarray(0, 2000)))).toBe(1);
    expect(sets(tried('empty', idx, Buffer.alloc(0)))).toBeUndefined();
    expect(sets(tried('text', idx, Buffer.from('{1}{25}Hello\n'.repeat(500))))).toBeUndefined();
    expect(sets(tried('zero', idx, Buffer.alloc(sub.length)))).toBeUndefined();
    expect(() => indexedOriginal(clips.write('alone.idx', idx), 0, null)).toThrow(/ENOENT/);
    expect(indexedOriginal(clips.path('sound.idx'), 7, null)).toBeNull();
  });

  test('what would be more pixels than any disc has is not drawn', () => {
    const area = Buffer.from(subpictureUnit({ ...first, x: 0, y: 0, width: 4095, height: 4094 }));
    expect(readSubpicture(area)).toBeNull();
    const beyond = pgsFileOf(
      [{ startSeconds: 0, durationSeconds: 1, unit: subpictureUnit({ ...first, x: 700 }) }],
      head,
      null,
    );
    expect(beyond).toBeNull();
  });
});
