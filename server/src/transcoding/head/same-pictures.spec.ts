import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInit } from '../cmaf/init-segment.js';
import { parameterSets } from './parameter-sets.js';
import { samplesOf } from './testing/segments.js';
import { film, service } from './testing/service.js';

/** Structural similarity of two videos, the worst frame; 1 where they are the same. */
async function worstFrame(folder: string, a: Uint8Array, b: Uint8Array): Promise<number> {
  await writeFile(join(folder, 'a.mp4'), a);
  await writeFile(join(folder, 'b.mp4'), b);
  const args = ['-v', 'error', '-i', join(folder, 'a.mp4'), '-i', join(folder, 'b.mp4')];
  const graph = '[0]setpts=N[a];[1]setpts=N[b];[a][b]ssim=stats_file=-';
  const child = spawn(process.env['FFMPEG_PATH'] ?? 'ffmpeg', [...args, '-lavfi', graph, '-f', 'null', '-']);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  const all = [...output.matchAll(/All:([\d.]+)/g)].map(([, value]) => Number(value));
  return Math.min(...all);
}

// Where a decoder begins in the middle, frames may be missing, be rubbish, or be one frame off: testsrc2 counts.
test.each([
  'film-23.976.mkv',
  'open-group.mp4',
  'long-groups.ts',
  'interlaced.ts',
  'half-frame-late.mkv',
  'variable-rate.mp4',
  'xvid.avi',
] as const)('a head that begins in the middle of %s shows what one from the start shows', async (name) => {
  const { input, video, videoTable } = await film(name);
  const [a, b] = [service(), service()];
  const folder = await mkdtemp(join(tmpdir(), 'hearth-same-'));
  try {
    const init = await a.init(input, video, videoTable);
    for (const index of [2, 3]) {
      await a.segment(input, video, videoTable, 0);
      const one = await a.segment(input, video, videoTable, index);
      const other = await b.segment(input, video, videoTable, index);
      b.release(input.contentKey);
      const whole = (segment: Uint8Array): Buffer => Buffer.concat([init, segment]);
      expect(await worstFrame(folder, whole(one), whole(other))).toBeGreaterThan(0.9);
    }
  } finally {
    a.close();
    b.close();
    await rm(folder, { recursive: true });
  }
});

test('the header that is made of nothing fits what heads make: key frames carry no parameter sets', async () => {
  const { input, video, videoTable } = await film('film-25.mp4');
  const heads = service();
  const init = await heads.init(input, video, videoTable);
  const segment = await heads.segment(input, video, videoTable, 1);
  heads.close();
  const sets = parameterSets(readInit(init).track);
  expect(sets.length).toBeGreaterThan(20);
  expect(Buffer.from(samplesOf(init, segment)[0]?.bytes ?? []).indexOf(sets)).toBe(-1);
});
