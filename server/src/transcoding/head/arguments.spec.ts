import type { AudioStream, MediaInfo, SubtitleStream, VideoStream } from '../../ffmpeg/media-info.js';
import { audioCopy, audioEncode, type Rendition, videoCopy, videoEncode } from '../rendition.js';
import { aacTable, evenTable, frameGrid, keyframeTable } from '../timeline/segment-table.js';
import { headArguments, type HeadPlan } from './arguments.js';
import { softwareEncoder, type VideoEncoder } from './encoder.js';
import { encodedVideoCodec, h264Level } from './h264-level.js';

const flags = { default: true, forced: false, hearingImpaired: false, visualImpaired: false, commentary: false, original: false }; // prettier-ignore
const base = { codec: 'h264', language: null, title: null, flags, bitrate: null, codecString: null, profile: null, bitDepth: 8 }; // prettier-ignore
const picture: VideoStream = {
  ...base, kind: 'video', index: 0, level: 4, pixelFormat: 'yuv420p', width: 1920, height: 1080, sampleAspect: { num: 1, den: 1 },
  displayAspect: 16 / 9, rotation: 0, frameRate: { num: 24000, den: 1001 }, framesPerSecond: 23.976, variableFrameRate: false,
  interlaced: false, hdr: { kind: 'sdr', dolbyVision: null },
  colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'limited' },
}; // prettier-ignore
const sound: AudioStream = { ...base, kind: 'audio', index: 1, codec: 'ac3', channels: 6, channelLayout: '5.1(side)', sampleRate: 48_000 }; // prettier-ignore
const subtitle = (form: 'text' | 'bitmap'): SubtitleStream => ({ ...base, kind: 'subtitle', index: 2, form });

function media(
  container: MediaInfo['container'],
  startSeconds: number,
  form: 'text' | 'bitmap' = 'bitmap',
): MediaInfo {
  const streams = [picture, sound, subtitle(form)];
  return { container, durationSeconds: 60, startSeconds, bitrate: null, size: 1, faststart: null, streams, chapters: [], tags: {} }; // prettier-ignore
}

interface Case {
  stream?: Partial<VideoStream>;
  rendition?: (stream: VideoStream) => Rendition;
  container?: MediaInfo['container'];
  startSeconds?: number;
  form?: 'text' | 'bitmap';
  plan?: Partial<HeadPlan>;
}

/** The arguments of a head as one line. */
function line({
  stream,
  rendition = (of) => videoEncode(of, 720),
  container = 'matroska',
  startSeconds = 0,
  form,
  plan,
}: Case): string {
  const of = { ...picture, ...stream };
  const made = rendition(of);
  const grid = frameGrid(
    'frameRate' in made ? made.frameRate : { num: 25, den: 1 },
    { startSeconds: 0, endSeconds: 60 },
    2,
  );
  const copied = keyframeTable({ startSeconds: 0, endSeconds: 60, keyframes: [0, 10, 20, 30] }, 6);
  const sounds = made.action === 'encode' ? aacTable(60) : evenTable(60, 6);
  const table = made.kind === 'audio' ? sounds : made.action === 'encode' ? grid : copied;
  const input = { path: '/films/a:b.mkv', contentKey: 'x', media: media(container, startSeconds, form) };
  const whole: HeadPlan = {
    input, rendition: made, table, start: 0, firstPicture: 0, encoder: softwareEncoder, zscale: true, drawText: null, attempt: 0,
    careful: false, ...plan,
  }; // prettier-ignore
  return headArguments(whole).join(' ');
}

const ts: Case = { container: 'mpegts', startSeconds: 1.4, plan: { firstPicture: null } };
const burned: Case = { rendition: (of) => videoEncode(of, 720, 2) };
const noisy = (of: VideoStream): Rendition => videoEncode(of, 480);
const hardware: VideoEncoder = {
  ...softwareEncoder, name: 'h264_vaapi', hardware: true, inputArguments: ['-vaapi_device', '/dev/dri/renderD128'],
  uploadFilters: ['format=nv12', 'hwupload'], scaleFilters: () => ['hwupload', 'scale_vaapi=w=1280:h=720:format=nv12'],
  outputArguments: () => ['-c:v', 'h264_vaapi'],
}; // prettier-ignore

const contains: readonly [string, Case, readonly string[]][] = [
  ['a colon in a path is no protocol', {}, ['-i file:/films/a:b.mkv']],
  ['times are those of the file', {}, ['-copyts -i', '-avoid_negative_ts disabled', '-use_editlist 0', '+frag_discont']],
  ['every frame leaves at once', {}, ['+frag_every_frame+empty_moov+default_base_moof', 'pipe:1']],
  ['a later segment is sought half a second before its cut', { plan: { start: 7 } }, ['-seek_timestamp 1 -noaccurate_seek -ss 5.506000']],
  ['and begins on its frame', { plan: { start: 7 } }, ['fps=24000/1001:round=near,', 'trim=start_pts=144:end_pts=1439']],
  ['the clock of the table', {}, ['-video_track_timescale 24000']],
  ['the first segment takes the first picture for those missing', {}, ['fps=24000/1001:round=near:start_time=0.000000,']],
  ['the last frame stands until the table ends', {}, ['tpad=stop_mode=clone:stop_duration=5,trim=']],
  ['key frames are counted', { plan: { start: 6 } }, ['-g 48 -keyint_min 48 -sc_threshold 0', '-force_key_frames expr:not(mod(n,48)) ']],
  ['the first groups are cut in four and in two', {}, ['-g 48 ', 'expr:eq(n,0)+eq(n,12)+eq(n,24)+eq(n,36)+eq(n,48)+eq(n,72)+gte(n,96)*not(mod(n-96,48)) ']],
  ['and counted from where a head begins', { plan: { start: 3 } }, ['expr:eq(n,0)+eq(n,12)+eq(n,36)+gte(n,60)*not(mod(n-60,48)) ']],
  ['rate and level', {}, ['-crf 21 -maxrate:v 3200000 -bufsize:v 6400000', '-level:v 3.1', '-profile:v high']],
  ['8-bit BT.709', {}, ['-pix_fmt yuv420p', '-colorspace bt709 -color_primaries bt709 -color_trc bt709', 'setsar=1']],
  ['a transport stream counts from its first time stamp', { ...ts }, ['settb=AVTB,setpts=PTS-1400000,']],
  ['has no index, so reading begins earlier', { ...ts, plan: { ...ts.plan, start: 14 } }, ['-ss 19.420000']],
  ['much earlier where that was not enough', { ...ts, plan: { ...ts.plan, start: 14, attempt: 1 } }, ['-ss 9.420000']],
  ['and from the beginning, with a still, at last', { ...ts, plan: { ...ts.plan, start: 14, attempt: 2 } }, ['start_time=20.020000']],
  ['a first picture beside the grid is put on it', { plan: { firstPicture: 0.0203 } }, ['settb=AVTB,setpts=PTS-20300,']],
  ['one far from it stays', { plan: { firstPicture: 0.1 } }, ['settb=AVTB,fps=']],
  ['interlaced', { stream: { interlaced: true }, plan: { start: 7 } }, ['trim=start_pts=5839167,bwdif=mode=send_frame:deint=interlaced,fps=']],
  ['anamorphic', { stream: { width: 720, height: 576, sampleAspect: { num: 16, den: 11 } }, rendition: noisy }, ['scale=w=854:h=470', 'setsar=1']],
  ['upright', { stream: { rotation: 90 } }, ['scale=w=720:h=1280']],
  ['small pictures without a label have the old matrix', { stream: { width: 720, height: 480, colour: { ...picture.colour, matrix: null } }, rendition: noisy }, ['in_color_matrix=smpte170m:out_color_matrix=bt709']],
  ['large ones the new', { stream: { colour: { ...picture.colour, matrix: null } } }, ['in_color_matrix=bt709:out_color_matrix=bt709']],
  ['HDR10 is scaled first, then tone-mapped', { stream: { hdr: { kind: 'hdr10', dolbyVision: null } } }, ['scale=w=1280:h=720,zscale=tin=smpte2084:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p,setsar=1']],
  ['HLG', { stream: { hdr: { kind: 'hlg', dolbyVision: null } } }, ['zscale=tin=arib-std-b67']],
  ['HDR without zscale', { stream: { hdr: { kind: 'hdr10', dolbyVision: null } }, plan: { zscale: false } }, ['format=yuv420p,eq=']],
  ['bitmap subtitles are laid over', burned, ['-filter_complex [0:0]settb', '[m];[0:2]setpts=PTS+0/1000000/TB,scale=w=1280:h=720:force_original_aspect_ratio=decrease[s];[m][s]overlay=', '-map [v]']],
  ['those of a file beside the film are read from before the cut, too', { ...burned, plan: { start: 34, input: { path: '/films/a:b.mkv', contentKey: 'x', media: media('matroska', 0), beside: new Map([[2, '/x/b.sup']]) } } }, ['-seek_timestamp 1 -noaccurate_seek -ss 30.0', '/x/b.sup -filter_complex', '[1:0]setpts=PTS+0/1000000/TB']],
  ['and read from before the cut', { ...burned, plan: { start: 14 } }, ['-ss 13.520000']],
  ['text subtitles by a filter', { ...burned, form: 'text', plan: { drawText: 'subtitles=filename=x.vtt' } }, ['setsar=1,subtitles=filename=x.vtt -an']],
  ['hardware scales where nothing is drawn', { plan: { encoder: hardware } }, ['-vaapi_device /dev/dri/renderD128 -copyts', ',hwupload,scale_vaapi=w=1280:h=720:format=nv12 -an', '-c:v h264_vaapi']],
  ['and is given what software drew', { ...burned, plan: { encoder: hardware } }, ['overlay=x=(W-w)/2:y=(H-h)/2:eof_action=pass:repeatlast=0:format=yuv420,format=nv12,hwupload[v]']],
  ['a second try steps over errors', { plan: { careful: true } }, ['-err_detect ignore_err -fflags +discardcorrupt+genpts']],
  ['AVI has no presentation times', { container: 'avi', plan: { firstPicture: null } }, ['-fflags +genpts']],
  ['sound on its grid, with a pre-roll', { rendition: () => audioEncode(sound, 2), plan: { start: 2 } }, ['-ss 7.021333', 'aresample=48000,atrim=start=7.021333,aresample=async=1:first_pts=385024', 'apad,atrim=end_pts=2880512', '-c:a aac -b:a 192000 -ar 48000 -ac 2']],
  ['the first sound has a pre-roll of silence', { rendition: () => audioEncode(sound, 2) }, ['atrim=start=0.000000,aresample=async=1:first_pts=-8192']],
  ['5.1 to stereo lifts speech', { rendition: () => audioEncode(sound, 2) }, ['channel_layouts=5.1(side),pan=stereo|FL=0.6*FL+0.7*FC+0.2*LFE+0.35*SL|FR=', 'alimiter=']],
  ['one channel stays one', { rendition: () => audioEncode({ ...sound, channels: 1, channelLayout: 'mono' }, 2) }, ['channel_layouts=mono', '-ac 1']],
  ['six channels when asked', { rendition: () => audioEncode(sound, 6) }, ['channel_layouts=5.1,', '-ac 6', '-b:a 384000']],
  ['night mode', { rendition: () => audioEncode(sound, 2, true) }, ['acompressor=', 'makeup=4']],
  ['sound of a transport stream', { ...ts, rendition: () => audioEncode(sound, 2) }, ['asetpts=PTS-(1.4)/TB']],
  ['a copy begins behind its key frame', { rendition: videoCopy, container: 'flv', plan: { start: 2 } }, ['-ss 20.020000', '-c copy -video_track_timescale 1000000', '+delay_moov']],
  ['a copy of sound', { rendition: () => audioCopy(sound), container: 'flv', plan: { start: 2 } }, ['-ss 11.000000', '-map 0:1 -c copy -vn']],
]; // prettier-ignore

test.each(contains)('%s', (_, given, expected) => {
  for (const part of expected) expect(line(given)).toContain(part);
});

const lacks: readonly [string, Case, RegExp][] = [
  ['the first segment needs no seek', {}, /-ss/],
  ['nothing is de-interlaced that is not interlaced', {}, /bwdif/],
  ['nothing is tone-mapped that is not HDR', {}, /tonemap/],
  ['a later segment takes no still', { plan: { start: 3 } }, /start_time/],
  ['software frames are not uploaded', {}, /hwupload/],
  ['hardware that scales is not given software’s scale', { plan: { encoder: hardware } }, /scale=w=/],
]; // prettier-ignore

test.each(lacks)('%s', (_, given, expected) => expect(line(given)).not.toMatch(expected));

test.each([
  [640, 360, 30, 750_000, '3', 'avc1.64001E'],
  [854, 480, 24, 1_400_000, '3', 'avc1.64001E'],
  [1280, 720, 30, 3_200_000, '3.1', 'avc1.64001F'],
  [1280, 720, 60, 4_800_000, '3.2', 'avc1.640020'],
  [1920, 1080, 30, 6_000_000, '4', 'avc1.640028'],
  [1920, 1080, 60, 9_000_000, '4.2', 'avc1.64002A'],
  [3840, 2160, 24, 20_000_000, '5.1', 'avc1.640033'],
])('%i×%i at %i has level %s', (width, height, rate, bitrate, level, codec) => {
  const sized = { width, height, frameRate: { num: rate, den: 1 }, bitrate };
  expect([h264Level(sized), encodedVideoCodec(sized)]).toEqual([level, codec]);
});
