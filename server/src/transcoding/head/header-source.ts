import { FragmentReader } from '../cmaf/fragment-reader.js';
import type { Track } from '../cmaf/track.js';
import { run } from '../../ffmpeg/process-runner.js';
import type { AudioEncode, VideoEncode } from '../rendition.js';
import { aacRate, type SegmentTable } from '../timeline/segment-table.js';
import { encodedOutput, encodePlan } from './arguments.js';
import type { VideoEncoder } from './encoder.js';
import { HeadFailed } from './head-errors.js';

/**
 * The arguments of an encode of nothing, as the rendition is encoded: its header is the same, since it depends on the
 * encoder's settings and not on the pictures. So a header costs no decoding, and no head at a place nobody watches.
 */
export function headerArguments(
  rendition: VideoEncode | AudioEncode,
  table: SegmentTable,
  encoder: VideoEncoder,
): string[] {
  const output = encodedOutput(rendition, table, encoder);
  if (rendition.kind === 'audio') {
    const layout = { 1: 'mono', 6: '5.1' }[rendition.channels] ?? 'stereo';
    const silence = `anullsrc=r=${aacRate}:cl=${layout}`;
    return ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', silence, '-frames:a', '4', ...output];
  }
  const { width, height, frameRate } = encodePlan(rendition, table, 0);
  const black = `color=c=black:s=${width}x${height}:r=${frameRate.num}/${frameRate.den}`;
  const filters = ['format=yuv420p', 'setsar=1', ...encoder.uploadFilters].join(',');
  return [
    ...['-v', 'error', '-nostdin', ...encoder.inputArguments, '-f', 'lavfi', '-i', black],
    ...['-vf', filters, '-frames:v', '1', ...output],
  ];
}

/** Runs it. @throws HeadFailed, ProcessFailed */
export async function encodedTrack(
  ffmpeg: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<Track> {
  const { stdout, stderr, exitCode } = await run(ffmpeg, args, {
    timeoutMs: 10_000,
    ...(signal ? { signal } : {}),
  });
  const [part] = exitCode === 0 ? new FragmentReader().push(stdout) : [];
  if (part?.type !== 'init') throw new HeadFailed('encoder-failed', stderr.trim());
  return part.track;
}
