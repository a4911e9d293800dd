import { execFileSync, spawnSync } from 'node:child_process';
import { openSync, readFileSync, writeSync, closeSync, statSync } from 'node:fs';
import { typescriptWorker } from '../../../../tests/support/typescript-worker.js';
import { readFragment, timescaleOf, type Fragment } from '../../../../tests/interop/hls/fragment.js';
import { indexedKeyframes } from '../../ffmpeg/indexed-keyframes.js';
import { InProcessProbe } from '../../ffmpeg/in-process-probe.js';
import { Clips } from '../../ffmpeg/media-probe.contract.js';
import { aac, picture, sound, x264, x265 } from '../../ffmpeg/testing/clip-arguments.js';
import { streamsOf, type VideoStream } from '../../ffmpeg/media-info.js';
import type { MediaInput } from '../media-input.js';
import { audioCopy, videoCopy, type AudioCopy, type VideoCopy } from '../rendition.js';
import {
  evenTable,
  keyframeTable,
  segmentCount,
  segmentDuration,
  segmentStart,
  type SegmentTable,
} from '../timeline/segment-table.js';
import { RemuxService } from './remux.service.js';

const startWorker = () => typescriptWorker(new URL('./remux-worker.ts', import.meta.url));

const hdr = [
  '-pix_fmt',
  'yuv420p10le',
  '-color_primaries',
  'bt2020',
  '-color_trc',
  'smpte2084',
  '-colorspace',
  'bt2020nc',
];
const light =
  'log-level=none:keyint=48:repeat-headers=1:hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400';
const film = [...picture(15), ...sound(15), ...x264, ...aac];

const clipArgs: readonly (readonly [string, readonly string[]])[] = [
  ['h264-aac.mp4', film],
  ['h264-aac.mov', film],
  ['h264-aac.mkv', film],
  ['fragmented.mp4', [...film, '-movflags', '+frag_keyframe+empty_moov+default_base_moof']],
  ['fragmented-by-time.mp4', [...film, '-movflags', '+frag_keyframe+empty_moov', '-frag_duration', '700000']],
  ['late-start.mp4', ['-itsoffset', '1.7', ...film]],
  ['late-start.mkv', ['-itsoffset', '1.7', ...film]],
  ['hevc-ac3.mkv', [...picture(12), ...sound(12), ...x265, '-c:a', 'ac3', '-ac', '6']],
  ['hevc-hev1.mp4', [...picture(12), ...sound(12), ...x265, '-tag:v', 'hev1', ...aac]],
  ['hevc-hdr10-eac3.mkv', [...picture(12), ...sound(12), ...hdr, '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', light, '-c:a', 'eac3', '-ac', '6']],
  ['hevc-hdr10-in-band.mp4', [...picture(12), ...sound(12), ...hdr, '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', light, ...aac]],
  ['vp9-opus.webm', [...picture(8), ...sound(8), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '40', '-c:a', 'libopus']],
  ['av1-aac.mp4', [...picture(8), ...sound(8), '-c:v', 'libsvtav1', '-preset', '12', '-g', '48', ...aac]],
  ['av1-opus.mkv', [...picture(8), ...sound(8), '-c:v', 'libsvtav1', '-preset', '12', '-g', '48', '-c:a', 'libopus', '-ac', '2']],
  ['h264-opus.mp4', [...picture(8), ...sound(8), ...x264, '-c:a', 'libopus']],
  ['open-gop-mp3.mp4', [...picture(15), ...sound(15, 44100), ...x264, '-x264-params', 'open-gop=1', '-c:a', 'libmp3lame']],
  ['open-gop-mp3.mkv', [...picture(15), ...sound(15, 44100), ...x264, '-x264-params', 'open-gop=1', '-c:a', 'libmp3lame']],
  ['one-keyframe-flac.mkv', [...picture(12), ...sound(12), ...x264, '-g', '100000', '-sc_threshold', '0', '-c:a', 'flac']],
  ['variable.mp4', [...picture(12, '30'), ...sound(12), '-vf', "select='not(mod(n\\,3))+gt(mod(n\\,90)\\,45)'", '-fps_mode', 'vfr', ...x264, ...aac]],
  ['anamorphic.mkv', [...picture(8, '25'), ...sound(8), '-vf', 'setsar=16/11', ...x264, '-c:a', 'ac3']],
]; // prettier-ignore

interface Packet {
  readonly time: number;
  readonly hash: string;
}

function pictureIn({ media }: MediaInput): VideoStream {
  const [stream] = streamsOf(media, 'video');
  if (!stream) throw new Error('no picture');
  return stream;
}

/** Packets of a stream, by ffmpeg: time in seconds and a hash of the bytes, in decoding order. */
function packetsOf(path: string, map: string): Packet[] {
  const args = ['-v', 'error', '-copyts', '-i', path, '-map', map, '-c', 'copy', '-f', 'framehash', '-hash', 'md5', '-'];
  const text = execFileSync('ffmpeg', args, { maxBuffer: 1 << 28 }).toString();
  const [, num = '1', den = '1'] = /^#tb 0: (\d+)\/(\d+)/m.exec(text) ?? [];
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
    const fields = line.split(',').map((field) => field.trim());
    return { time: (Number(fields[2]) * Number(num)) / Number(den), hash: fields[5] ?? '' };
  });
} // prettier-ignore

describe('remux', () => {
  const clips = new Clips();
  const services: RemuxService[] = [];
  const remux = (): RemuxService => {
    const service = new RemuxService({ startWorker });
    services.push(service);
    return service;
  };
  const ours = remux();
  const probe = new InProcessProbe();
  const inputOf = async (path: string): Promise<MediaInput> => ({ path, contentKey: path.replace(/\W/g, '_'), media: await probe.probe(path) }); // prettier-ignore
  afterAll(async () => {
    await Promise.all(services.map((service) => service.onApplicationShutdown()));
    clips.remove();
  });

  async function made(input: MediaInput, rendition: VideoCopy | AudioCopy, table: SegmentTable) {
    const init = Buffer.from(await ours.init(input, rendition));
    const order = Array.from({ length: segmentCount(table) }, (_, index) => index).reverse();
    const segments: Buffer[] = [];
    for (const index of order) segments[index] = Buffer.from(await ours.segment(input, rendition, table, index));
    return { init, segments, timescale: timescaleOf(init), fragments: segments.map(readFragment) };
  } // prettier-ignore

  function tablesOf({ path, media }: MediaInput): { video: SegmentTable; audio: SegmentTable } {
    const index = indexedKeyframes(path, streamsOf(media, 'video')[0]?.index ?? -1);
    if (!index) throw new Error('no index');
    const end = index.audio?.[0]?.endSeconds ?? NaN;
    return { video: keyframeTable(index, 3), audio: evenTable(end, 3) };
  }

  /** Each fragment begins where the one before ended, at the table's cut, and the last ends with the table. */
  function expectSeamless(fragments: Fragment[], timescale: number, table: SegmentTable, kind: 'video' | 'audio'): void {
    let end: number | null = null;
    fragments.forEach(({ decodeTime, samples }, index) => {
      const length = samples.reduce((sum, { duration }) => sum + duration, 0);
      if (kind === 'video') {
        expect(Math.abs(decodeTime / timescale - segmentStart(table, index))).toBeLessThan(1.5 / timescale + 1e-6);
        expect(samples[0]?.pts).toBe(decodeTime);
        expect(samples[0]?.key).toBe(true);
        expect(Math.abs(length / timescale - segmentDuration(table, index))).toBeLessThan(2 / timescale + 1e-6);
      }
      if (end !== null) expect(decodeTime).toBe(end);
      expect(samples.every(({ pts }) => pts >= 0)).toBe(true);
      end = decodeTime + length;
    });
  } // prettier-ignore

  /** All of it as one file: no complaint, and every frame of the source. */
  function decode(bytes: Buffer): { frames: number; errors: string } {
    const path = clips.write('joined.mp4', bytes);
    const { stderr } = spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-']);
    const count = execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', path]); // prettier-ignore
    return { frames: Number(count.toString().trim()), errors: stderr.toString() };
  }

  const framesIn = (path: string, stream: string): number =>
    Number(/\d+/.exec(execFileSync('ffprobe', ['-v', 'error', '-select_streams', stream, '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', path]).toString())?.[0]); // prettier-ignore

  test.each(clipArgs)('%s: every packet once, at its time, without a seam', async (name, args) => {
    const input = await inputOf(clips.make(name, ...args));
    const [stream] = streamsOf(input.media, 'video');
    const [voice] = streamsOf(input.media, 'audio');
    if (!stream || !voice) throw new Error('no streams');
    const tables = tablesOf(input);
    const rendition = videoCopy(stream);
    expect(ours.supports(input.media, rendition)).toBe(true);
    const video = await made(input, rendition, tables.video);
    expectSeamless(video.fragments, video.timescale, tables.video, 'video');
    const joined = clips.write('video.mp4', Buffer.concat([video.init, ...video.segments]));
    const [expected, actual] = [packetsOf(input.path, '0:v:0'), packetsOf(joined, '0:0')];
    expect(actual).toHaveLength(expected.length);
    if (stream.codec !== 'hevc') expect(actual.map(({ hash }) => hash)).toEqual(expected.map(({ hash }) => hash));
    const off = video.fragments.flatMap(({ samples }) => samples).map(({ pts }, at) => Math.abs(pts / video.timescale - (expected[at]?.time ?? NaN)));
    expect(Math.max(...off)).toBeLessThan(1e-5);
    expect(decode(readFileSync(joined))).toEqual({ frames: framesIn(input.path, 'v:0'), errors: '' });

    const audio = await made(input, audioCopy(voice), tables.audio);
    expectSeamless(audio.fragments, audio.timescale, tables.audio, 'audio');
    const sounds = clips.write('audio.mp4', Buffer.concat([audio.init, ...audio.segments]));
    const [heard, copied] = [packetsOf(input.path, '0:a:0'), packetsOf(sounds, '0:0')];
    // Priming lies before 0 and is left out.
    const kept = heard.slice(heard.length - copied.length);
    expect(heard.length - copied.length).toBeLessThanOrEqual(3);
    expect(kept.map(({ hash }) => hash)).toEqual(copied.map(({ hash }) => hash));
    const times = audio.fragments.flatMap(({ samples }) => samples).map(({ pts }) => pts / audio.timescale);
    expect(Math.max(...times.map((time, at) => Math.abs(time - Math.max(0, kept[at]?.time ?? NaN))))).toBeLessThan(0.0011);
    expect(decode(readFileSync(sounds)).errors).toBe('');
  }); // prettier-ignore

  test('threads that know nothing of each other make the same bytes', async () => {
    const input = await inputOf(clips.make('same.mkv', ...film));
    const stream = pictureIn(input);
    const { video } = tablesOf(input);
    const other = remux();
    for (const index of [2, 0, 1]) {
      const [a, b] = [await ours.segment(input, videoCopy(stream), video, index), await other.segment(input, videoCopy(stream), video, index)]; // prettier-ignore
      expect(Buffer.from(a).equals(b)).toBe(true);
    }
  });

  test('HEVC is hvc1, its parameter sets in the header only, and says its colours', async () => {
    for (const [name, entry] of [['hevc-hev1.mp4', 'hvc1'], ['hevc-hdr10-in-band.mp4', 'hvc1'], ['hevc-hdr10-eac3.mkv', 'hvc1']] as const) {
      const input = await inputOf(clips.path(name));
      const stream = pictureIn(input);
      const { init, segments } = await made(input, videoCopy(stream), tablesOf(input).video);
      expect(init.includes(entry)).toBe(true);
      expect(init.includes('colr')).toBe(name.includes('hdr'));
      const path = clips.write('hvc1.mp4', Buffer.concat([init, ...segments]));
      const trace = spawnSync('ffmpeg', ['-v', 'verbose', '-i', path, '-c', 'copy', '-bsf:v', 'trace_headers', '-f', 'null', '-'], { maxBuffer: 1 << 28 }).stderr.toString();
      const inPackets = trace.slice(trace.indexOf('Packet:'));
      expect(inPackets).not.toContain('Sequence Parameter Set');
    }
  }); // prettier-ignore

  test('a film cut out of another one begins at 0, with the pictures before it for the decoder', async () => {
    const whole = clips.make('whole.mp4', ...film);
    const input = await inputOf(clips.make('cut.mp4', '-ss', '2.9', '-i', whole, '-c', 'copy'));
    const stream = pictureIn(input);
    const tables = tablesOf(input);
    const { fragments, timescale, init, segments } = await made(input, videoCopy(stream), tables.video);
    expect(fragments[0]?.decodeTime).toBe(0);
    const pts = fragments.flatMap(({ samples }) => samples).map((sample) => sample.pts);
    expect(pts).toHaveLength(packetsOf(input.path, '0:v:0').length);
    expect(new Set(pts).size).toBe(pts.length);
    expect(pts.filter((time) => time / timescale < 0.03).length).toBeGreaterThan(5);
    expect(decode(Buffer.concat([init, ...segments])).errors).toBe('');
  });

  test('a picture lying on its side stays so', async () => {
    const upright = clips.make('upright.mp4', ...film);
    for (const name of ['side.mp4']) {
      const input = await inputOf(
        clips.make(name, '-i', upright, '-c', 'copy', '-metadata:s:v', 'rotate=90'),
      );
      const stream = pictureIn(input);
      expect(stream.rotation).not.toBe(0);
      const init = await ours.init(input, videoCopy(stream));
      const again = await probe.probe(clips.write('side-init.mp4', init));
      expect(streamsOf(again, 'video')[0]?.rotation).toBe(stream.rotation);
    }
  });

  test.each(['mkv', 'mp4'])('rubbish in the middle of a %s costs what it hit, not the film', async (kind) => {
    const path = clips.make(`damaged.${kind}`, ...film);
    const input = await inputOf(path);
    const stream = pictureIn(input);
    const { video } = tablesOf(input);
    const whole = await made(input, videoCopy(stream), video);
    const file = openSync(path, 'r+');
    const { size } = statSync(path);
    writeSync(file, Buffer.alloc(Math.floor(size * 0.04), 0x5a), 0, null, Math.floor(size / 2));
    closeSync(file);
    const damaged = await made(input, videoCopy(stream), video);
    const count = (all: Fragment[]): number => all.reduce((sum, { samples }) => sum + samples.length, 0);
    expect(count(damaged.fragments)).toBeGreaterThan(count(whole.fragments) * 0.8);
    expect(damaged.fragments.at(-1)).toEqual(whole.fragments.at(-1));
  });

  test('what is not read here is refused with a reason, and says that ffmpeg may do it', async () => {
    const film = clips.make('live.mkv', ...picture(4), ...x264, '-f', 'matroska', '-live', '1');
    const input = await inputOf(film);
    const stream = pictureIn(input);
    const table = { timescale: 1, boundaries: [0, 4] };
    await expect(ours.segment(input, videoCopy(stream), table, 0)).rejects.toMatchObject({ code: 'unsupported', fallBack: true });
    await expect(ours.init({ ...input, path: '/nowhere' }, videoCopy(stream))).rejects.toMatchObject({ code: 'unreadable', fallBack: false });
    await expect(ours.segment(input, videoCopy(stream), table, 1)).rejects.toThrow(RangeError);
    const abort = AbortSignal.abort();
    await expect(ours.init(input, videoCopy(stream), abort)).rejects.toMatchObject({ code: 'cancelled' });
    expect(ours.supports({ ...input.media, container: 'mpegts' }, videoCopy(stream))).toBe(false);
    expect(ours.supports(input.media, videoCopy({ ...stream, codec: 'mpeg2video' }))).toBe(false);
  }); // prettier-ignore
});
