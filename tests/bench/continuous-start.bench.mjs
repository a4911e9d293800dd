/**
 * `node --import ./tests/support/typescript-hooks.mjs tests/bench/continuous-start.bench.mjs`: from asking for a film as
 * MPEG-TS to its first bytes, at the start and after seeks to ten places of ten minutes, beside ffmpeg that is told to
 * make the same from the same second with nothing in between.
 */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { streamsOf } from '../../server/src/ffmpeg/media-info.ts';
import { ContinuousService } from '../../server/src/transcoding/continuous/continuous.service.ts';
import { HeadLane } from '../../server/src/transcoding/head/head-lane.ts';
import { inputOf, keyframesOf, tools } from '../../server/src/transcoding/head/testing/service.ts';
import { audioEncode, videoCopy, videoEncode } from '../../server/src/transcoding/rendition.ts';
import { tenMinutes } from './continuous-film.ts';
import { median, percentile, table, target } from './table.mjs';

const rounds = Number(process.env['ROUNDS'] ?? 3);
const places = [0, 37, 96, 151, 213, 268, 330, 389, 447, 505, 571];
const mostRatio = 1.5;
const mostMs = 1500;

const input = await inputOf(tenMinutes());
const index = await keyframesOf(input);
const [picture] = streamsOf(input.media, 'video');
const [sound] = streamsOf(input.media, 'audio');
const encode = videoEncode(picture, 720);
const heard = { action: 'encode', codec: 'ac3', rendition: audioEncode(sound, 6) };

/** @returns ms to the first bytes */
async function ours(fromSeconds, copies) {
  const service = new ContinuousService(
    tools({ keyframes: () => Promise.resolve(index), videoLimits: { nice: 0, hardwareStartMs: 8000 } }),
    { video: new HeadLane(1), other: new HeadLane(1) },
  );
  const video = copies ? videoCopy(picture) : encode;
  const request = {
    input,
    format: 'mpegts',
    video,
    fallback: copies ? null : encode,
    sound: heard,
    fromSeconds,
  };
  const began = performance.now();
  const { stream } = await service.start(request);
  const took = performance.now() - began;
  stream.destroy();
  while (service.pids.length > 0) await new Promise((done) => setTimeout(done, 5));
  return took;
}

function bare(fromSeconds, copies) {
  const video = copies
    ? ['-c:v', 'copy']
    : ['-vf', 'scale=1280:720', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-rc-lookahead', '5'];
  const args = [
    ...[
      '-v',
      'error',
      '-nostdin',
      '-ss',
      String(fromSeconds),
      '-i',
      input.path,
      '-map',
      '0:v',
      '-map',
      '0:a',
    ],
    ...[...video, '-c:a', 'ac3', '-b:a', '448k', '-muxdelay', '0', '-muxpreload', '0', '-flush_packets', '1'],
    ...['-f', 'mpegts', 'pipe:1'],
  ];
  const began = performance.now();
  const child = spawn(process.env['FFMPEG_PATH'] ?? 'ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    child.stdout.once('data', () => {
      const took = performance.now() - began;
      child.kill('SIGKILL');
      child.once('close', () => resolve(took));
    });
  });
}

const ms = (value) => value.toFixed(0);
for (const copies of [true, false]) {
  const rows = [];
  const all = [];
  const ratios = [];
  for (const place of places) {
    const mine = [];
    const floor = [];
    for (let round = 0; round < rounds; round++) {
      mine.push(await ours(place, copies));
      floor.push(await bare(place, copies));
    }
    all.push(...mine);
    ratios.push(Math.min(...mine) / Math.min(...floor));
    rows.push([
      `${place} s`,
      ms(Math.min(...mine)),
      ms(median(mine)),
      ms(Math.min(...floor)),
      ratios.at(-1).toFixed(2),
    ]);
  }
  const what = copies ? 'picture copied, sound to AC-3' : '720p H.264 and AC-3';
  table([`first bytes, ms: ${what}`, 'least', 'median', 'bare ffmpeg', 'ratio'], rows);
  target(
    `${what}: 95 % of starts within ${mostMs} ms: ${ms(percentile(all, 0.95))}`,
    percentile(all, 0.95) <= mostMs,
  );
  target(
    `${what}: ${median(ratios).toFixed(2)} of bare ffmpeg, at most ${mostRatio}`,
    median(ratios) <= mostRatio,
  );
}
