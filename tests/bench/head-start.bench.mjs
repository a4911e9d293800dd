/**
 * `node --import ./tests/support/typescript-hooks.mjs tests/bench/head-start.bench.mjs [clip…]`: from asking for a segment
 * in the middle of a film to having it, beside ffmpeg encoding the same two seconds with the same settings to nowhere.
 */
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { streamsOf } from '../../server/src/ffmpeg/media-info.ts';
import { encodePlan } from '../../server/src/transcoding/head/arguments.ts';
import { softwareEncoder } from '../../server/src/transcoding/head/encoder.ts';
import { inputOf, keyframesOf, service } from '../../server/src/transcoding/head/testing/service.ts';
import { pictureFilters } from '../../server/src/transcoding/head/video-filters.ts';
import { videoEncode } from '../../server/src/transcoding/rendition.ts';
import { segmentStart } from '../../server/src/transcoding/timeline/segment-table.ts';
import { needsIndex, segmentTable } from '../../server/src/transcoding/timeline/segment-tables.ts';
import { benchClip, benchClips } from './head-start-clips.ts';
import { median, table, target } from './table.mjs';

const rounds = Number(process.env['ROUNDS'] ?? 7);
const most = 1.25;
const segment = 3;

async function prepare(name) {
  const input = await inputOf(benchClip(name));
  const [stream] = streamsOf(input.media, 'video');
  if (!stream) throw new Error(`${name} has no picture`);
  const rendition = videoEncode(stream, 720);
  const index = needsIndex(input.media, rendition) ? await keyframesOf(input) : null;
  return { input, rendition, index, cuts: segmentTable(input.media, rendition, index) };
}

/** The same decoding, scaling and encoding, without times, pipes or cuts. */
function bare(path, rendition, cuts) {
  const plan = encodePlan(rendition, cuts, segment);
  const args = [
    ...['-v', 'error', '-nostdin', '-ss', segmentStart(cuts, segment).toFixed(6), '-i', path, '-map', '0:v'],
    ...[
      '-vf',
      pictureFilters(rendition, { zscale: true }).join(','),
      ...softwareEncoder.outputArguments(plan),
    ],
    ...['-pix_fmt', 'yuv420p', '-frames:v', String(plan.groupFrames), '-f', 'null', '-'],
  ];
  const began = performance.now();
  execFileSync('ffmpeg', args);
  return performance.now() - began;
}

const rows = [];
const ratios = [];
for (const name of process.argv.length > 2 ? process.argv.slice(2) : benchClips) {
  const { input, rendition, index, cuts } = await prepare(name);
  const ours = [];
  const floor = [];
  for (let round = 0; round < rounds; round++) {
    const heads = service({
      keyframes: () => (index ? Promise.resolve(index) : keyframesOf(input)),
      videoLimits: { nice: 0, aheadSeconds: 30, hardwareStartMs: 8000 },
    });
    const began = performance.now();
    await heads.segment(input, rendition, cuts, segment);
    ours.push(performance.now() - began);
    const pids = heads.pids;
    heads.close();
    while (heads.running.video > 0 && pids.length > 0) await new Promise((done) => setTimeout(done, 10));
    floor.push(bare(input.path, rendition, cuts));
  }
  const ratio = Math.min(...ours) / Math.min(...floor);
  ratios.push([name, ratio]);
  const ms = (values) => `${Math.min(...values).toFixed(0)} / ${median(values).toFixed(0)}`;
  rows.push([name, ms(ours), ms(floor), ratio.toFixed(2), (median(ours) / median(floor)).toFixed(2)]);
}
table(['2 s of 720p, ms (least / median)', 'segment', 'bare ffmpeg', 'ratio', 'of medians'], rows);
for (const [name, ratio] of ratios)
  target(`${name}: ${ratio.toFixed(2)} of bare ffmpeg, at most ${most}`, ratio <= most);
