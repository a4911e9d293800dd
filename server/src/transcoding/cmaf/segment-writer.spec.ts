import { FragmentReader } from './fragment-reader.js';
import { writeInit } from './init-segment.js';
import { decodeTimes, writeSegment } from './segment-writer.js';
import type { Track } from './track.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s+/g, ''), 'hex');
const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const sample = (pts: number, key: boolean, text: string) => ({ pts, key, bytes: Buffer.from(text) });
const track: Track = {
  kind: 'video',
  timescale: 24000,
  sampleEntry: hex('00000008 61766331'),
  width: 2,
  height: 2,
};

test('a fragment, byte for byte', () => {
  const samples = [sample(48048, true, 'AAA'), sample(50050, false, 'B'), sample(49049, false, 'CC')];
  expect(writeSegment(track, samples, { sequence: 25, start: 48048, end: 51051 }).toString('hex')).toBe(
    hex(`
      0000 0080 ${ascii('moof')}
        0000 0010 ${ascii('mfhd')} 00 000000 00000019
        0000 0068 ${ascii('traf')}
          0000 0014 ${ascii('tfhd')} 00 020008 00000001 000003e9
          0000 0014 ${ascii('tfdt')} 01 000000 00000000 0000bbb0
          0000 0038 ${ascii('trun')} 01 000e01 00000003 00000088
            00000003 02000000 00000000
            00000001 01010000 000003e9
            00000002 01010000 fffffc17
      0000 000e ${ascii('mdat')} ${ascii('AAABCC')}`).toString('hex'),
  ); // the third frame is shown before it is decoded: −1001
});

test('sound needs neither flags nor offsets', () => {
  const samples = [sample(0, true, 'a'), sample(1024, true, 'bb')];
  expect(writeSegment({ kind: 'audio' }, samples, { sequence: 1, start: 0, end: 2048 }).toString('hex')).toBe(
    hex(`
      0000 0064 ${ascii('moof')}
        0000 0010 ${ascii('mfhd')} 00 000000 00000001
        0000 004c ${ascii('traf')}
          0000 0014 ${ascii('tfhd')} 00 020008 00000001 00000400
          0000 0014 ${ascii('tfdt')} 01 000000 00000000 00000000
          0000 001c ${ascii('trun')} 01 000201 00000002 0000006c
            00000001 00000002
      0000 000b ${ascii('mdat')} ${ascii('abb')}`).toString('hex'),
  );
});

test('a header has no edit list and no duration, and HEVC is called hvc1', () => {
  const init = writeInit({ ...track, sampleEntry: hex('00000008 68657631') });
  expect(init.toString('latin1')).toContain('hvc1');
  expect(init.toString('latin1')).not.toMatch(/hev1|edts|elst/);
  const [part] = new FragmentReader().push(init);
  expect(part).toEqual({ type: 'init', track: { ...track, sampleEntry: hex('00000008 68766331') } });
  expect(writeInit(track).subarray(0, 28)).toEqual(
    hex(`0000 001c ${ascii('ftypiso6')} 00000000 ${ascii('iso6cmfcmp41')}`),
  );
});

test.each([
  ['frames in order', [10, 20, 30], 10, 40, [10, 20, 30]],
  ['reordered frames', [10, 40, 20, 30], 10, 50, [10, 20, 30, 40]],
  ['leading pictures of an open group', [30, 10, 20, 40], 30, 70, [30, 40, 50, 60]],
  ['a first frame that is a little late', [12, 20, 30], 10, 40, [10, 18, 28]],
  ['two frames at one time', [10, 10, 20], 10, 30, [10, 11, 20]],
  ['frames past the end', [10, 40, 50], 10, 30, [10, 28, 29]],
])('decode times of %s', (_, pts, start, end, expected) => {
  expect(decodeTimes(pts, { start, end })).toEqual(expected);
});

test.each([
  ['no samples', [], 0, 10],
  ['a start before zero', [-10, 0], -10, 10],
  ['less room than samples', [0, 1, 2], 0, 2],
])('refuses %s', (_, pts, start, end) => {
  expect(() => decodeTimes(pts, { start, end })).toThrow(RangeError);
});
