import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binaries } from '../ffmpeg/binaries.js';
import { FfprobeProbe } from '../ffmpeg/ffprobe-probe.js';
import { streamsOf } from '../ffmpeg/media-info.js';
import { WholeFileService } from './whole-file.service.js';

const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const ffprobe = process.env['FFPROBE_PATH'] ?? 'ffprobe';

describe('a whole file, converted', () => {
  let folder: string;
  const service = new WholeFileService(
    new Binaries({ ffmpegPath: ffmpeg, ffprobePath: ffprobe }),
    new FfprobeProbe(ffprobe),
  );
  const probe = (path: string) => new FfprobeProbe(ffprobe).probe(path);
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'hearth whole '))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function clip(name: string, ...args: string[]): string {
    const path = join(folder, name);
    execFileSync(ffmpeg, ['-v', 'error', '-y', ...args, path]);
    return path;
  }

  async function convert(path: string, quality: string) {
    const media = await probe(path);
    const output = join(folder, `${quality} of it.part`);
    const seen: (number | null)[] = [];
    const signal = new AbortController().signal;
    await service.convert({ path, contentKey: 'x', media }, quality, output, {
      signal,
      onProgress: (percent) => seen.push(percent),
    });
    const bytes = await readFile(output);
    return { media, made: await probe(output), bytes: bytes.length, head: bytes.toString('latin1', 0, 64) };
  }

  test('HEVC with surround and German stereo becomes H.264 with both tracks, upright and of the size asked for', async () => {
    const path = clip('film.mkv',
      '-f', 'lavfi', '-i', 'testsrc2=d=6:s=1280x534:r=24000/1001', '-f', 'lavfi', '-i', 'aevalsrc=exprs=0.1*sin(440*t)|0|0.2*sin(660*t)|0|0|0:c=5.1:d=6',
      '-f', 'lavfi', '-i', 'sine=d=6', '-map', '0', '-map', '1', '-map', '2', '-c:v', 'libx265', '-x265-params', 'log-level=none', '-preset', 'ultrafast',
      '-c:a:0', 'ac3', '-c:a:1', 'aac', '-metadata:s:a:1', 'language=deu'); // prettier-ignore
    const { made, bytes, head } = await convert(path, '480p');
    const [video] = streamsOf(made, 'video');
    expect(video).toMatchObject({ codec: 'h264', width: 854, height: 356, bitDepth: 8, interlaced: false });
    expect(streamsOf(made, 'audio')).toMatchObject([
      { codec: 'aac', channels: 6 },
      { codec: 'aac', channels: 1, language: 'de' },
    ]);
    expect(made.container).toBe('mp4');
    expect(head).toContain('moov');
    expect(Math.abs((made.durationSeconds ?? 0) - 6)).toBeLessThan(0.2);
    expect(bytes).toBeLessThan(4_000_000);
  }, 60_000);

  test('interlaced MPEG-2 with subtitles is progressive after, and keeps them', async () => {
    const srt = join(folder, 'lines.srt');
    execFileSync('sh', ['-c', 'printf "1\\n00:00:01,000 --> 00:00:02,000\\nHello\\n" > "$0"', srt]);
    const path = clip('old.mkv', '-f', 'lavfi', '-i', 'testsrc2=d=4:s=720x576:r=50', '-i', srt, '-vf', 'interlace', '-flags', '+ilme+ildct', '-c:v', 'mpeg2video', '-c:s', 'srt'); // prettier-ignore
    const { made } = await convert(path, '360p');
    expect(streamsOf(made, 'video')[0]).toMatchObject({ codec: 'h264', interlaced: false });
    expect(streamsOf(made, 'subtitle')).toHaveLength(1);
  }, 60_000);

  test('a quality above the file is none, and the estimate is of the right order', async () => {
    const media = await probe(clip('small.mp4', '-f', 'lavfi', '-i', 'testsrc2=d=4:s=640x360:r=25'));
    expect(service.estimate(media, '1080p')).toBeNull();
    expect(service.estimate(media, 'original')).toBeNull();
    expect(service.estimate(media, '360p')).toBeGreaterThan(100_000);
  });
});
