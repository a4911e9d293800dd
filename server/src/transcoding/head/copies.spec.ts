import { audioCopy, videoCopy } from '../rendition.js';
import { evenTable, keyframeTable, segmentCount } from '../timeline/segment-table.js';
import { decode, shape } from './testing/segments.js';
import { film, keyframesOf, service } from './testing/service.js';

test.each([
  ['h264.avi', 275],
  ['h264.flv', 275],
  ['long-groups.ts', 275],
] as const)('the picture of %s is copied, the same from any head', async (name, frames) => {
  const { input, picture } = await film(name);
  const table = keyframeTable(await keyframesOf(input), 3);
  const rendition = videoCopy(picture);
  const [a, b] = [service(), service()];
  const init = await a.init(input, rendition, table);
  const whole: Uint8Array[] = [];
  for (let index = 0; index < segmentCount(table); index++)
    whole.push(await a.segment(input, rendition, table, index));
  for (const [index, segment] of whole.entries()) {
    const { decodeTime = 0, end, firstIsKey } = shape(init, segment);
    // One frame: key frames of an index and of a demuxer may be told from different clocks.
    expect(Math.abs(decodeTime - (table.boundaries[index] ?? 0))).toBeLessThanOrEqual(40_000);
    if (index + 2 < table.boundaries.length)
      expect(end).toBe(shape(init, whole[index + 1] ?? init).decodeTime);
    expect(firstIsKey).toBe(true);
  }
  for (let index = segmentCount(table) - 1; index > 0; index--) {
    expect(shape(init, await b.segment(input, rendition, table, index))).toEqual(
      shape(init, whole[index] ?? init),
    );
    b.release(input.contentKey);
  }
  [a, b].forEach((heads) => heads.close());
  expect(await decode('video', [init, ...whole])).toMatchObject({ frames, errors: '' });
});

test.each(['h264.avi', 'long-groups.ts'] as const)(
  'the sound of %s is copied without a gap',
  async (name) => {
    const { input, sound } = await film(name);
    const table = evenTable(10.9, 3);
    const rendition = audioCopy(sound);
    const [a, b] = [service(), service()];
    const init = await a.init(input, rendition, table);
    const whole: Uint8Array[] = [];
    for (let index = 0; index < segmentCount(table); index++)
      whole.push(await a.segment(input, rendition, table, index));
    whole
      .slice(1)
      .forEach((segment, index) =>
        expect(shape(init, segment).decodeTime).toBe(shape(init, whole[index] ?? init).end),
      );
    const alone = await b.segment(input, rendition, table, 2);
    expect(shape(init, alone)).toEqual(shape(init, whole[2] ?? init));
    [a, b].forEach((heads) => heads.close());
    expect((await decode('audio', [init, ...whole])).errors).toBe('');
  },
);
