import type { MediaInfo } from '../../ffmpeg/media-info.js';
import { streamsOf } from '../../ffmpeg/media-info.js';
import { candidates } from '../hardware/encoder-families.js';
import { softwareEncoder } from '../head/encoder.js';
import { inputOf } from '../head/testing/service.js';
import type { MediaInput } from '../media-input.js';
import { audioEncode, videoCopy, videoEncode } from '../rendition.js';
import { constantBitrate } from './constant-rate.js';
import { continuousArguments } from './continuous-arguments.js';
import { type ContinuousPlan, type ContinuousRequest, cutOf } from './continuous-plan.js';
import { streamClock } from './stream-clock.js';
import { markedClip } from './testing/marked-clips.js';

let input: MediaInput;
beforeAll(async () => void (input = await inputOf(await markedClip('dense.mkv'))));

function parts(media: MediaInfo = input.media) {
  const [picture] = streamsOf(media, 'video');
  const [sound] = streamsOf(media, 'audio');
  if (!picture || !sound) throw new Error('lacks a stream');
  return { copy: videoCopy(picture), encode: videoEncode(picture, 216), sound };
}

function plan(more: Partial<ContinuousPlan> = {}): ContinuousPlan {
  const { encode, sound } = parts();
  return {
    input,
    format: 'mpegts',
    video: encode,
    sound: { action: 'encode', codec: 'ac3', rendition: audioEncode(sound, 6) },
    startSeconds: 20,
    encoder: softwareEncoder,
    zscale: true,
    drawText: null,
    firstPicture: 0,
    careful: false,
    ...more,
  };
}
const line = (more: Partial<ContinuousPlan> = {}): string => continuousArguments(plan(more)).join(' ');

test.each<[string, () => Partial<ContinuousPlan>, RegExp[]]>([
  ['an encode seeks before the cut, and drops what is before it', () => ({}), [/-ss 19\.500000 .* -copyts -i file:/, /trim=start_pts=500:end_pts=1000/, /-c:v libx264/, /-ss 20\.000000 -muxdelay 0/]],
  ['from the beginning nothing is sought or dropped', () => ({ startSeconds: 0 }), [/^(?!.*-ss )/, /start_time=0\.000000/]],
  ['a copy is entered past its key frame, and counted from it', () => ({ video: parts().copy, startSeconds: 24 }), [/-ss 24\.150000/, /-c:v copy -bsf:v noise=drop=lt\(pts\*tb\\,23\.995000\)/, /-output_ts_offset -24\.000000/, /^(?!.*libx264)/]],
  ['copied sound beside a copied picture loses its lead', () => ({ video: parts().copy, startSeconds: 24, sound: { action: 'copy', stream: parts().sound } }), [/-c:a copy -bsf:a noise=drop/]],
  ['sound begins with the very sample', () => ({}), [/first_pts=960000/, /-c:a ac3 -b:a 448000 -ar 48000 -ac 6/]],
  ['hardware decodes and encodes', () => ({ encoder: candidates('vaapi', ['/dev/dri/renderD128'])[0] ?? softwareEncoder }), [/-init_hw_device vaapi=hw:\/dev\/dri\/renderD128/, /h264_vaapi/]],
  ['hardware has nothing to do with a copy', () => ({ video: parts().copy, encoder: candidates('vaapi', ['/dev/dri/renderD128'])[0] ?? softwareEncoder }), [/^(?!.*vaapi)/]],
  ['a damaged file is read carefully', () => ({ careful: true }), [/-err_detect ignore_err/]],
  ['text is drawn before the frames leave', () => ({ drawText: 'subtitles=filename=x' }), [/format=yuv420p,setsar=1,subtitles=filename=x/]],
  ['a stream nobody knows the length of has no end', () => ({ input: { ...input, media: { ...input.media, durationSeconds: null } } }), [/^(?!.*apad)(?!.*tpad)(?!.*end_pts)/]],
  ['a file that begins anywhere is counted from there', () => ({ input: { ...input, media: { ...input.media, container: 'mpegts', startSeconds: 1234.5 } } }), [/-ss 1252\.500000 -itsoffset -1234\.500000/, /^(?!.*asetpts)/]],
  ['a stream of constant rate has the same clock wherever it begins', () => ({ constantBitrate: 2_000_000 }), [/-bufsize:v 679540 .*-bufsize:v 169885 /, /-ss 20\.000000 -output_ts_offset 21\.000000 -muxrate 2000000 -muxdelay 0\.5/]],
  ['music is sound alone', () => ({ video: null, format: 'lpcm', sound: { action: 'encode', codec: 'pcm_s16be', rendition: audioEncode(parts().sound, 2) } }), [/-vn/, /-c:a pcm_s16be -ar 48000 -ac 2/, /-f s16be/]],
])('%s', (_, more, wanted) => {
  const made = line(more());
  for (const pattern of wanted) expect(made).toMatch(pattern);
}); // prettier-ignore

describe('where a stream begins', () => {
  const keyframes = { startSeconds: 0, endSeconds: 40, keyframes: [0, 10, 20, 30] };
  const cut = (more: Partial<ContinuousRequest>, index: Parameters<typeof cutOf>[1] = keyframes) => {
    const { copy, encode } = parts();
    const asked = {
      input,
      format: 'mpegts',
      video: copy,
      fallback: encode,
      sound: null,
      fromSeconds: 0,
    } as const;
    const { startSeconds, video } = cutOf({ ...asked, ...more }, index);
    return [startSeconds, video?.action];
  };

  test.each<[string, () => Partial<ContinuousRequest>, Parameters<typeof cutOf>[1] | undefined, unknown[]]>([
    ['the beginning is a key frame', () => ({}), undefined, [0, 'copy']],
    ['a little before one', () => ({ fromSeconds: 18 }), undefined, [20, 'copy']],
    ['a little behind one', () => ({ fromSeconds: 12.4 }), undefined, [10, 'copy']],
    ['between two that are far apart', () => ({ fromSeconds: 15 }), undefined, [15, 'encode']],
    ['between two, where nothing can be encoded', () => ({ fromSeconds: 14, fallback: null }), undefined, [10, 'copy']],
    ['where key frames are not known yet', () => ({ fromSeconds: 10 }), null, [10, 'encode']],
    ['an encode begins where it is told', () => ({ fromSeconds: 15, video: parts().encode }), undefined, [15, 'encode']],
    ['near the end there is still a picture', () => ({ fromSeconds: 99, video: parts().encode }), undefined, [Math.max(0, 39), 'encode']],
    ['AVI has no times to copy', () => ({ input: { ...input, media: { ...input.media, container: 'avi' } } }), undefined, [0, 'encode']],
  ])('%s', (_, more, index, wanted) => {
    const [start, action] = cut(more(), index === undefined ? keyframes : index);
    expect(Number(start)).toBeCloseTo(Number(wanted[0]), 0);
    expect(action).toBe(wanted[1]);
  }); // prettier-ignore
});

test.each([
  ['a silent one', null, 500_000],
  ['sound that is encoded, by what its encoder takes', { action: 'encode', codec: 'ac3', rendition: () => audioEncode(parts().sound, 6) }, 1_000_000],
  ['sound that is copied may have peaks', { action: 'copy', stream: () => ({ ...parts().sound, bitrate: 400_000 }) }, 1_200_000],
  ['sound nobody knows the rate of', { action: 'copy', stream: () => ({ ...parts().sound, bitrate: null }) }, null],
] as const)('rates that are enough: %s', (_, sound, wanted) => {
  const made =
    sound === null
      ? null
      : sound.action === 'copy'
        ? { ...sound, stream: sound.stream() }
        : { ...sound, rendition: sound.rendition() };
  expect(constantBitrate(parts().encode, made)).toBe(wanted);
}); // prettier-ignore

test('a clock takes its stream in pieces of any size', () => {
  const clock = streamClock('mpegts', 0);
  const packet = (pts: number): Buffer => {
    const bytes = Buffer.alloc(188, 0xff);
    bytes.set([0x47, 0x41, 0x00, 0x10, 0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5]);
    bytes.set(
      [
        0x21 | ((pts / 2 ** 29) & 0x0e),
        (pts >> 22) & 0xff,
        ((pts >> 14) & 0xfe) | 1,
        (pts >> 7) & 0xff,
        ((pts << 1) & 0xfe) | 1,
      ],
      13,
    );
    return bytes;
  };
  const stream = Buffer.concat([
    packet(90_000),
    packet(180_000),
    Buffer.alloc(188, 0x11),
    packet(45_000),
    packet(900_000),
  ]);
  for (let at = 0; at < stream.length; at += 100) clock.push(stream.subarray(at, at + 100));
  expect(clock.seconds).toBe(9);
});
