import { readInit } from '../cmaf/init-segment.js';
import type { AudioEncode, VideoEncode } from '../rendition.js';
import { frameTicks, segmentCount, type SegmentTable } from '../timeline/segment-table.js';
import type { MediaInput } from '../media-input.js';
import { clipNames } from './testing/clips.js';
import { decode, shape } from './testing/segments.js';
import { film, service } from './testing/service.js';

/** All segments by one head, and some by heads that begin at them. */
async function twoHeads(input: MediaInput, rendition: VideoEncode | AudioEncode, table: SegmentTable) {
  const a = service();
  const b = service();
  try {
    const init = await a.init(input, rendition, table);
    const whole: Uint8Array[] = [];
    for (let index = 0; index < segmentCount(table); index++)
      whole.push(await a.segment(input, rendition, table, index));
    const later = [1, Math.floor(segmentCount(table) / 2), segmentCount(table) - 1];
    const alone = new Map<number, Uint8Array>();
    for (const index of new Set(later)) {
      if (index >= segmentCount(table)) continue;
      alone.set(index, await b.segment(input, rendition, table, index));
      b.release(input.contentKey);
    }
    return { init, other: await b.init(input, rendition, table), whole, alone };
  } finally {
    a.close();
    b.close();
  }
}

const framesIn = (table: SegmentTable, index: number, ticks: number): number =>
  ((table.boundaries[index + 1] ?? 0) - (table.boundaries[index] ?? 0)) / ticks;

/** Of sorts that differ little, one; all with `HEARTH_MATRIX=all`. */
const sorts: readonly string[] = [
  'film-23.976.mkv', 'half-frame-late.mkv', 'variable-rate.mp4', 'interlaced.ts', 'one-keyframe.mkv',
  'late-sound.mkv', 'short-picture.mkv', 'xvid.avi',
]; // prettier-ignore
const names =
  process.env['HEARTH_MATRIX'] === 'all' ? clipNames : clipNames.filter((name) => sorts.includes(name));

describe.each(names)('%s', (name) => {
  test('a picture segment is the same from any head, and the whole decodes', async () => {
    const { input, video, videoTable } = await film(name);
    const { ticks } = frameTicks(video.frameRate);
    const { init, other, whole, alone } = await twoHeads(input, video, videoTable);
    expect(Buffer.compare(init, other)).toBe(0);
    expect(readInit(init).track).toMatchObject({
      timescale: videoTable.timescale,
      width: video.width,
      height: video.height,
    });
    whole.forEach((segment, index) => {
      const start = videoTable.boundaries[index] ?? 0;
      const end = videoTable.boundaries[index + 1] ?? 0;
      expect(shape(init, segment)).toEqual({
        decodeTime: start, firstPts: start, lastPts: end - ticks, end, frames: framesIn(videoTable, index, ticks), firstIsKey: true,
      }); // prettier-ignore
    });
    for (const [index, segment] of alone)
      expect(shape(init, segment)).toEqual(shape(init, whole[index] ?? segment));
    const decoded = await decode('video', [init, ...whole]);
    expect(decoded.errors).toBe('');
    expect(decoded.frames).toBe(whole.reduce((sum, _, index) => sum + framesIn(videoTable, index, ticks), 0));
  });

  test('a sound segment is the same from any head, and the whole decodes', async () => {
    const { input, audio, audioTable } = await film(name);
    const { init, whole, alone } = await twoHeads(input, audio, audioTable);
    whole.forEach((segment, index) => {
      const start = audioTable.boundaries[index] ?? 0;
      const end = audioTable.boundaries[index + 1] ?? 0;
      const frames = framesIn(audioTable, index, 1024);
      expect(shape(init, segment)).toMatchObject({
        decodeTime: start,
        firstPts: start,
        lastPts: end - 1024,
        end,
        frames,
      });
    });
    for (const [index, segment] of alone)
      expect(shape(init, segment)).toEqual(shape(init, whole[index] ?? segment));
    const decoded = await decode('audio', [init, ...whole]);
    expect(decoded.errors).toBe('');
    expect(decoded.sound.length).toBe(((audioTable.boundaries.at(-1) ?? 0) - 0) * 2 * audio.channels);
  });
});
