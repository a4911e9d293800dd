import { execFileSync } from 'node:child_process';
import { MemoryCache } from '../../../../tests/support/memory-cache.js';
import { typescriptWorker } from '../../../../tests/support/typescript-worker.js';
import { Binaries } from '../../ffmpeg/binaries.js';
import { FfprobeProbe } from '../../ffmpeg/ffprobe-probe.js';
import { Clips } from '../../ffmpeg/media-probe.contract.js';
import { aac, picture, sound, x264, x265 } from '../../ffmpeg/testing/clip-arguments.js';
import { ProbePool } from '../../ffmpeg/probe-pool.js';
import { Prober } from '../../ffmpeg/prober.js';
import type { MediaInput } from '../media-input.js';
import { KeyframeIndexService } from './keyframe-index.service.js';
import {
  type KeyframeIndex,
  keyframeTable,
  peakBitrate,
  segmentCount,
  timelineOrigin,
} from './segment-table.js';

const startWorker = () => typescriptWorker(new URL('../../ffmpeg/probe-worker.ts', import.meta.url));

const film = [...picture(12), ...sound(12), ...x264, ...aac];

/** Everything people keep, a line each: name and how ffmpeg makes it. */
const clipArgs: readonly (readonly [string, readonly string[]])[] = [
  ['h264-b-frames.mp4', film],
  ['h264-b-frames.mov', film],
  ['h264-b-frames.mkv', film],
  ['fragmented.mp4', [...film, '-movflags', '+frag_keyframe+empty_moov+default_base_moof']],
  ['fragmented-by-time.mp4', [...film, '-movflags', '+frag_keyframe+empty_moov', '-frag_duration', '700000']],
  ['negative-offsets.mp4', [...film, '-movflags', '+negative_cts_offsets']],
  ['late-start.mp4', ['-itsoffset', '1.7', ...film]],
  ['late-start.mkv', ['-itsoffset', '1.7', ...film]],
  ['hevc.mkv', [...picture(12), ...sound(12), ...x265, ...aac]],
  ['hevc.mp4', [...picture(12), ...sound(12), ...x265, ...aac]],
  ['vp9.webm', [...picture(6), ...sound(6), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '40', '-c:a', 'libopus']],
  ['av1.mp4', [...picture(6), ...sound(6), '-c:v', 'libsvtav1', '-preset', '12', '-g', '48', ...aac]],
  ['av1.mkv', [...picture(6), ...sound(6), '-c:v', 'libsvtav1', '-preset', '12', '-g', '48', ...aac]],
  ['open-gop.mp4', [...film, '-x264-params', 'open-gop=1']],
  ['open-gop.mkv', [...film, '-x264-params', 'open-gop=1']],
  ['one-keyframe.mkv', [...picture(12), ...sound(12), ...x264, '-g', '100000', '-sc_threshold', '0', ...aac]],
  ['one-keyframe.mp4', [...picture(12), ...sound(12), ...x264, '-g', '100000', '-sc_threshold', '0', ...aac]],
  ['variable.mp4', [...picture(12, '30'), '-vf', "select='not(mod(n\\,3))+gt(mod(n\\,90)\\,45)'", '-fps_mode', 'vfr', ...x264]],
  ['no-cues.mkv', [...film, '-f', 'matroska', '-live', '1']],
  ['h264.ts', film],
  ['mpeg2.ts', [...picture(8, '25'), ...sound(8), '-c:v', 'mpeg2video', '-g', '12', '-bf', '2', '-c:a', 'mp2', '-muxdelay', '0.7']],
  ['xvid.avi', [...picture(8, '25'), ...sound(8), '-c:v', 'mpeg4', '-vtag', 'XVID', '-bf', '2', '-g', '50', '-c:a', 'libmp3lame']],
  ['h264.flv', film],
]; // prettier-ignore

/** What ffprobe says of the packets, on the presentation timeline. */
function reference(path: string, origin: number): { keyframes: number[]; end: number } {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time,dts_time,duration_time,flags'];
  const text = execFileSync('ffprobe', [...args, '-of', 'compact=p=0', path]).toString();
  const packets = text.split('\n').filter((line) => line.includes('pts_time=')).map((line) => {
    const value = (name: string): string => new RegExp(`\\b${name}=([^|]*)`).exec(line)?.[1] ?? '';
    const pts = parseFloat(value('pts_time'));
    return { time: Number.isNaN(pts) ? parseFloat(value('dts_time')) : pts, duration: parseFloat(value('duration_time')) || 0, key: value('flags').startsWith('K') };
  });
  return {
    keyframes: packets.filter(({ key }) => key).map(({ time }) => time - origin),
    end: Math.max(...packets.map(({ time, duration }) => time + duration)) - origin,
  };
} // prettier-ignore

describe('keyframe index', () => {
  const clips = new Clips();
  const pool = new ProbePool({ startWorker, timeoutMs: 60_000 });
  const prober = new Prober(pool, new FfprobeProbe('ffprobe'));
  const cache = new MemoryCache();
  const service = new KeyframeIndexService(pool, new Binaries(), cache);
  const inputOf = async (path: string): Promise<MediaInput> => ({
    path,
    contentKey: path.replace(/\W/g, '_'),
    media: await prober.probe(path),
  });
  afterAll(async () => {
    await pool.close();
    clips.remove();
  });

  const check = (index: KeyframeIndex, expected: { keyframes: number[]; end: number }, tick: number): void => {
    expect(index.keyframes).toHaveLength(expected.keyframes.length);
    index.keyframes.forEach((seconds, at) => expect(Math.abs(seconds - (expected.keyframes[at] ?? NaN))).toBeLessThan(2e-6));
    expect(Math.abs(index.endSeconds - expected.end)).toBeLessThan(tick);
    expect(index.bytes).toHaveLength(index.keyframes.length);
  }; // prettier-ignore

  test.each(clipArgs)('%s: the key frames and the end that ffprobe finds', async (name, args) => {
    const input = await inputOf(clips.make(name, ...args));
    const index = await service.of(input);
    // Matroska's ticks are milliseconds.
    check(index, reference(input.path, timelineOrigin(input.media)), /mkv|webm/.test(name) ? 0.0021 : 1e-4);
    // MPEG-2 and x265 open their groups unless told otherwise.
    expect([name, index.openGroups]).toEqual([name, /open|hevc|mpeg2/.test(name)]);
    const table = keyframeTable(index, 6);
    const sizes = index.bytes?.reduce((sum, one) => sum + one, 0) ?? 0;
    expect(peakBitrate(index, table)).toBeGreaterThan(
      (sizes * 8) / index.endSeconds / segmentCount(table) - 1,
    );
  });

  test('a film cut out of another one: what comes before the edit is for the decoder only', async () => {
    const whole = clips.make('whole.mp4', ...film);
    const cut = clips.make('cut.mp4', '-ss', '2.9', '-i', whole, '-c', 'copy');
    const input = await inputOf(cut);
    const index = await service.of(input);
    check(index, reference(cut, 0), 1e-4);
    expect(index.keyframes[0]).toBeLessThan(0);
    expect(index.startSeconds).toBeCloseTo(0, 1);
    expect(keyframeTable(index, 6).boundaries[0]).toBeGreaterThanOrEqual(0);
  });

  test('is kept by content, shared by those who wait, and stops when all of them have gone', async () => {
    const input = await inputOf(clips.make('kept.ts', ...film));
    const stop = new AbortController();
    const [left, stays] = [service.of(input, stop.signal), service.of(input)];
    stop.abort();
    await expect(left).rejects.toThrow();
    const index = await stays;
    expect(cache.entries.size).toBeGreaterThan(0);
    await expect(service.of({ ...input, path: '/nowhere' })).resolves.toEqual(index);
    const other = { ...input, contentKey: 'other' };
    const alone = new AbortController();
    const gone = service.of(other, alone.signal);
    alone.abort();
    await expect(gone).rejects.toThrow();
    expect([...cache.entries.keys()].some((key) => key.includes(':other:'))).toBe(false);
  });
});
