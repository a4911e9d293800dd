import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCoverArt, streamsOf, type MediaInfo } from './media-info.js';
import { mediaInfo } from './media-info.js';
import { ProbeFailed, type MediaProbe } from './media-probe.js';

const ASS = `[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,16
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.50,0:00:00.90,Default,,0,0,0,,{\\i1}Sloped{\\i0}, with a comma\\Nand a line
`;
const SRT =
  '1\n00:00:00,200 --> 00:00:00,400\nHello <i>world</i> & all\n\n2\n00:00:00,500 --> 00:00:00,900\nSecond\nline\n';
const CHAPTERS = `;FFMETADATA1
title=A Film
[CHAPTER]
TIMEBASE=1/1000
START=0
END=400
title=One
[CHAPTER]
TIMEBASE=1/1000
START=400
END=1000
title=Zwei
`;
const PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=d=1:s=320x180:r=24000/1001'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=d=1:r=48000'];
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p'];

/** Makes small clips of every kind with ffmpeg. */
export class Clips {
  readonly dir = mkdtempSync(join(tmpdir(), 'hearth-clips-'));

  path(name: string): string {
    return join(this.dir, name);
  }

  make(name: string, ...args: string[]): string {
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...args, this.path(name)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return this.path(name);
  }

  write(name: string, contents: string | Uint8Array): string {
    writeFileSync(this.path(name), contents);
    return this.path(name);
  }

  /** A Matroska film with two sound tracks, two text tracks, chapters and a font. */
  film(): string {
    const inputs = ['srt', 'ass', 'txt'].flatMap((ext) => ['-i', this.path(`film.${ext}`)]);
    this.write('film.srt', SRT);
    this.write('film.ass', ASS);
    this.write('film.txt', CHAPTERS);
    this.write('Serif.ttf', Buffer.alloc(3000, 7));
    return this.make('film.mkv', ...PICTURE, ...SOUND, ...inputs,
      ...['0', '1', '1', '2', '3'].flatMap((map) => ['-map', map]), '-map_metadata', '4', ...X264,
      '-c:a:0', 'aac', '-c:a:1', 'ac3', '-ac:a:1', '6', '-c:s:0', 'srt', '-c:s:1', 'ass', '-metadata:s:a:0', 'language=eng',
      '-metadata:s:a:1', 'language=fre', '-metadata:s:a:1', 'title=Commentary by the director',
      '-metadata:s:s:0', 'language=ger', '-disposition:s:0', 'forced',
      '-attach', this.path('Serif.ttf'), '-metadata:s:t', 'mimetype=font/ttf'); // prettier-ignore
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** The behaviour of every probe. @param formats what this one reads besides MP4 and Matroska. */
export function probeContract(name: string, create: () => MediaProbe, formats: { broadcast: boolean }): void {
  describe(`${name} as a media probe`, () => {
    const clips = new Clips();
    const probe = create();
    const read = async (path: string): Promise<MediaInfo> => mediaInfo.parse(await probe.probe(path));
    const failure = async (path: string): Promise<ProbeFailed> => {
      const error: unknown = await probe.probe(path).then(() => null, (reason: unknown) => reason); // prettier-ignore
      if (!(error instanceof ProbeFailed)) throw new Error(`expected ProbeFailed, got ${String(error)}`);
      expect(error.reason).toMatch(/\w.*\.$/);
      return error;
    };
    afterAll(() => clips.remove());

    test('reads an H.264/AAC MP4', async () => {
      const media = await read(
        clips.make(
          'a.mp4',
          ...PICTURE,
          ...SOUND,
          ...X264,
          '-metadata',
          'title=T',
          '-metadata:s:a',
          'language=jpn',
        ),
      );
      expect(media).toMatchObject({ container: 'mp4', chapters: [], tags: { title: 'T' } });
      expect(media.durationSeconds).toBeCloseTo(1, 1);
      expect(media.size).toBe(readFileSync(clips.path('a.mp4')).length);
      expect(streamsOf(media, 'video')[0]).toMatchObject({
        index: 0, codec: 'h264', codecString: expect.stringMatching(/^avc1\.42c0[0-9a-f]{2}$/), profile: 'Constrained Baseline',
        bitDepth: 8, pixelFormat: 'yuv420p', width: 320, height: 180, displayAspect: 1.7778, rotation: 0,
        frameRate: { num: 24000, den: 1001 }, framesPerSecond: 23.976, interlaced: false, hdr: { kind: 'sdr' },
      }); // prettier-ignore
      expect(streamsOf(media, 'audio')[0]).toMatchObject({
        index: 1, codec: 'aac', codecString: 'mp4a.40.2', profile: 'LC', channels: 1, channelLayout: 'mono', sampleRate: 48000, language: 'ja',
      }); // prettier-ignore
    });

    test('reads tracks, languages, flags, chapters and fonts of a Matroska film', async () => {
      const media = await read(clips.film());
      expect(media.container).toBe('matroska');
      expect(media.tags.title).toBe('A Film');
      expect(media.streams.map(({ index, kind, codec, language }) => [index, kind, codec, language])).toEqual(
        [
          [0, 'video', 'h264', null],
          [1, 'audio', 'aac', 'en'],
          [2, 'audio', 'ac3', 'fr'],
          [3, 'subtitle', 'subrip', 'de'],
          [4, 'subtitle', 'ass', null],
          [5, 'attachment', 'ttf', null],
        ],
      );
      const [, second] = streamsOf(media, 'audio');
      expect(second).toMatchObject({
        channels: 6,
        channelLayout: '5.1',
        codecString: 'ac-3',
        flags: { commentary: true },
      });
      expect(streamsOf(media, 'subtitle')[0]).toMatchObject({ form: 'text', flags: { forced: true } });
      expect(streamsOf(media, 'attachment')[0]).toMatchObject({
        name: 'Serif.ttf',
        mime: 'font/ttf',
        size: 3000,
      });
      expect(media.chapters).toEqual([
        { startSeconds: 0, endSeconds: 0.4, title: 'One' },
        { startSeconds: 0.4, endSeconds: 1, title: 'Zwei' },
      ]);
    });

    test('knows HDR10 in 10-bit HEVC, in both containers', async () => {
      const tags = 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none';
      const x265 = [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p10le',
        '-x265-params',
        tags,
      ];
      const hdrTags = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
      for (const file of ['hdr.mkv', 'hdr.mp4']) {
        const [video] = streamsOf(await read(clips.make(file, ...PICTURE, ...x265, ...hdrTags)), 'video');
        expect(video).toMatchObject({
          codec: 'hevc', profile: 'Main 10', bitDepth: 10, pixelFormat: 'yuv420p10le', hdr: { kind: 'hdr10', dolbyVision: null },
          colour: { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc' },
        }); // prettier-ignore
        expect(video?.codecString).toMatch(/^h(vc|ev)1\.2\.4\.L\d+\.90$/);
      }
    });

    test('gives VP9 its full codec string', async () => {
      const media = await read(
        clips.make(
          'a.webm',
          ...PICTURE,
          ...SOUND,
          '-c:v',
          'libvpx-vp9',
          '-deadline',
          'realtime',
          '-c:a',
          'libopus',
        ),
      );
      expect(media.container).toBe('webm');
      expect(media.streams).toMatchObject([
        {
          codec: 'vp9',
          codecString: expect.stringMatching(/^vp09\.00\.\d\d\.08\.01(\.\d\d){4}$/),
          profile: 'Profile 0',
          bitDepth: 8,
        },
        { codec: 'opus', codecString: 'opus', sampleRate: 48000 },
      ]);
    });

    test('sees rotation, interlacing and non-square pixels', async () => {
      clips.make('plain.mp4', ...PICTURE, ...X264);
      // ffmpeg 5.1 writes the inverse of this tag; phones write the matrix that we call 90.
      const turned = await read(
        clips.make('turned.mp4', '-i', clips.path('plain.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=270'),
      );
      expect(streamsOf(turned, 'video')[0]).toMatchObject({
        rotation: 90,
        width: 320,
        height: 180,
        displayAspect: 0.5625,
      });
      const woven = await read(
        clips.make(
          'woven.mkv',
          ...PICTURE,
          '-vf',
          'setsar=4/3,setfield=tff',
          '-c:v',
          'libx264',
          '-preset',
          'ultrafast',
          '-flags',
          '+ilme+ildct',
          '-top',
          '1',
        ),
      );
      expect(streamsOf(woven, 'video')[0]).toMatchObject({
        interlaced: true,
        sampleAspect: { num: 4, den: 3 },
        displayAspect: 2.3704,
      });
    });

    test.each(['flac', 'mp3', 'ogg'])('reads the tags of %s', async (ext) => {
      const args = [
        '-metadata',
        'title=Song',
        '-metadata',
        'artist=Anna',
        '-metadata',
        'album=Rain',
        '-metadata',
        'track=3',
        '-metadata',
        'date=2009',
      ];
      const media = await read(clips.make(`song.${ext}`, ...SOUND, ...args));
      expect(media).toMatchObject({
        container: ext,
        tags: { title: 'Song', artist: 'Anna', album: 'Rain', track: 3, date: '2009' },
      });
      expect(media.streams).toMatchObject([{ kind: 'audio', sampleRate: 48000, channels: 1 }]);
      expect(media.durationSeconds).toBeCloseTo(1, 0);
      expect(hasCoverArt(media)).toBe(false);
    });

    test('sees a cover', async () => {
      clips.make('cover.jpg', '-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-frames:v', '1');
      const media = await read(
        clips.make(
          'covered.mp3',
          ...SOUND,
          '-i',
          clips.path('cover.jpg'),
          '-map',
          '0',
          '-map',
          '1',
          '-c:v',
          'copy',
          '-id3v2_version',
          '3',
        ),
      );
      expect(streamsOf(media, 'image')).toMatchObject([{ codec: 'mjpeg', mime: 'image/jpeg' }]);
      expect(streamsOf(media, 'video')).toEqual([]);
    });

    const broadcast = formats.broadcast ? test : test.failing; // left to ffprobe by intent: fails with not-media
    broadcast('reads AVI and MPEG-TS', async () => {
      const avi = await read(
        clips.make('a.avi', ...PICTURE, ...SOUND, '-c:v', 'mpeg4', '-vtag', 'XVID', '-c:a', 'mp3'),
      );
      expect(avi).toMatchObject({ container: 'avi', streams: [{ codec: 'mpeg4' }, { codec: 'mp3' }] });
      const ts = await read(clips.make('a.ts', ...PICTURE, ...SOUND, ...X264, '-c:a', 'aac'));
      expect(ts).toMatchObject({
        container: 'mpegts',
        streams: [{ codec: 'h264', codecString: expect.stringMatching(/^avc1\.42/) }, { codec: 'aac' }],
      });
    });

    test('names what is wrong with damaged and foreign files', async () => {
      const film = clips.make('whole.mp4', ...PICTURE, ...X264);
      copyFileSync(film, clips.path('cut.mp4')); // its index lies at the end and is lost
      truncateSync(clips.path('cut.mp4'), Math.floor(readFileSync(film).length / 2));
      expect((await failure(clips.path('cut.mp4'))).code).toBe('damaged');
      expect((await failure(clips.write('zero.mkv', ''))).code).toBe('empty');
      expect((await failure(clips.write('text.mp4', 'just a letter to you\n'.repeat(500)))).code).toBe(
        'not-media',
      );
      const noise = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 31 + i * 7) % 251));
      expect(['not-media', 'damaged']).toContain((await failure(clips.write('noise.mkv', noise))).code);
      expect((await failure(clips.path('absent.mkv'))).code).toBe('not-found');
      expect((await failure(clips.dir)).code).toBe('unreadable');
    });

    test('reads a Matroska file cut short and an MP4 whose mdat is longer than the file', async () => {
      const bytes = readFileSync(clips.make('long.mkv', ...PICTURE, ...X264));
      expect(await read(clips.write('short.mkv', bytes.subarray(0, bytes.length / 2)))).toMatchObject({
        streams: [{ codec: 'h264' }],
      });
      const fast = readFileSync(clips.make('fast.mp4', ...PICTURE, ...X264, '-movflags', '+faststart'));
      fast.writeUInt32BE(0x7fffffff, fast.indexOf('mdat') - 4);
      expect(await read(clips.write('mdat.mp4', fast))).toMatchObject({ streams: [{ codec: 'h264' }] });
    });

    test('survives any single damaged region of the headers', async () => {
      for (const source of [readFileSync(clips.path('a.mp4')), readFileSync(clips.path('film.mkv'))]) {
        const step = formats.broadcast ? Math.ceil(source.length / 4) : Math.ceil(source.length / 400);
        for (let at = 0; at < source.length; at += step) {
          const twin = Buffer.from(source);
          twin.fill(0xff, at, at + 12);
          const path = clips.write('twin.bin', twin);
          const outcome = await probe.probe(path).catch((error: unknown) => error);
          if (!(outcome instanceof ProbeFailed)) mediaInfo.parse(outcome);
        }
      }
    });
  });
}
