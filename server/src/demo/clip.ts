import type { ClipSpec } from './household.js';
import { LANGUAGE_NAME } from './subtitles.js';

/** The files that a clip is made of. */
export interface ClipInputs {
  /** The far landscape, as wide as the camera travels. */
  background: string;
  /** The near one, from `foregroundTop` down. */
  foreground: string;
  foregroundTop: number;
  titleCard: string;
  /** One loop a language, in the order of the clip's tracks. */
  tunes: readonly string[];
  /** In the order of the clip's subtitles. */
  subtitles: readonly string[];
  /** An FFMETADATA file with the title and the chapters. */
  metadata: string;
}

const FRAMES_PER_SECOND = 24;
/** Pixels a frame in a picture of 720 lines: whole numbers, as a fraction would judder. */
const BACKGROUND_SPEED = 1;
const FOREGROUND_SPEED = 2;

const speed = (spec: ClipSpec, layer: 'background' | 'foreground'): number =>
  Math.max(1, Math.round(spec.height / 720)) * (layer === 'background' ? BACKGROUND_SPEED : FOREGROUND_SPEED);

/** How wide a layer has to be, so that the camera never reaches its end. */
export const layerWidth = (spec: ClipSpec, layer: 'background' | 'foreground'): number =>
  spec.width + speed(spec, layer) * spec.seconds * FRAMES_PER_SECOND;

function picture(spec: ClipSpec, foregroundTop: number): string {
  const { width, height } = spec;
  const still = (input: number, format: string): string =>
    `[${input}:v]format=${format},loop=-1:1:0,setpts=N/${FRAMES_PER_SECOND}/TB`;
  const size = Math.round(height / 30);
  const place = `x=w-tw-${size * 2}:y=${(size * 1.4).toFixed(0)}`;
  // A colon ends a drawtext option, so the one inside the clock's name is escaped.
  const clock = `drawtext=text='%{pts\\:hms}':font=monospace:fontsize=${size}:fontcolor=white@0.75:shadowx=1:shadowy=1:shadowcolor=black@0.6:${place}`;
  const hdr = spec.encoding === 'hevc-hdr10' ? ',format=yuv420p10le' : '';
  return [
    `${still(0, 'yuv420p')},crop=${width}:${height}:n*${speed(spec, 'background')}:0[far]`,
    `${still(1, 'yuva420p')},crop=${width}:${height - foregroundTop}:n*${speed(spec, 'foreground')}:0[near]`,
    `${still(2, 'yuva420p')},fade=in:st=0.5:d=1:alpha=1,fade=out:st=5:d=1.5:alpha=1,trim=duration=6.6[card]`,
    `[far][near]overlay=0:${foregroundTop}[scene]`,
    `[scene][card]overlay=0:0:eof_action=pass,${clock}${hdr}[v]`,
  ].join(';');
}

/** HDR10: BT.2020 primaries, PQ, and the mastering display that CTA-861.3 wants said. The picture is graded by eye. */
const HDR10 = [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '26', '-tag:v', 'hvc1'],
  ...[
    '-color_primaries',
    'bt2020',
    '-color_trc',
    'smpte2084',
    '-colorspace',
    'bt2020nc',
    '-color_range',
    'tv',
  ],
  '-x265-params',
  'log-level=none:pools=1:frame-threads=1:hdr10=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400',
];

const h264 = ({ height }: ClipSpec): string[] => [
  ...[
    '-c:v',
    'libx264',
    '-preset',
    height > 1080 ? 'ultrafast' : 'superfast',
    '-profile:v',
    'high',
    '-pix_fmt',
    'yuv420p',
  ],
  ...[
    '-crf',
    height > 1080 ? '27' : '23',
    '-threads',
    '1',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-colorspace',
    'bt709',
  ],
];

/** A key frame every two seconds: seeking lands close, and segments can be cut. */
const videoArgs = (spec: ClipSpec): string[] => [
  ...(spec.encoding === 'hevc-hdr10' ? HDR10 : h264(spec)),
  ...['-r', String(FRAMES_PER_SECOND), '-g', String(FRAMES_PER_SECOND * 2)],
];

function streamTags(spec: ClipSpec): string[] {
  const audio = spec.audio.flatMap((language, index) => [
    ...[
      `-metadata:s:a:${index}`,
      `language=${language}`,
      `-metadata:s:a:${index}`,
      `title=${LANGUAGE_NAME[language] ?? language}`,
    ],
    ...[`-disposition:a:${index}`, index === 0 ? 'default' : '0'],
  ]);
  const subtitles = (spec.subtitles ?? []).flatMap(({ language, format }, index) => [
    ...[`-c:s:${index}`, format, `-metadata:s:s:${index}`, `language=${language}`],
    ...[`-metadata:s:s:${index}`, `title=${LANGUAGE_NAME[language] ?? language}`],
  ]);
  return [...audio, ...subtitles];
}

/** FFMETADATA1 with a title and evenly spread chapters. */
export function clipMetadata(title: string, { chapters = [], seconds }: ClipSpec): string {
  const each = (seconds * 1000) / Math.max(1, chapters.length);
  const parts = chapters.map(
    (name, index) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${Math.round(index * each)}\nEND=${Math.round((index + 1) * each)}\ntitle=${name}\n`,
  );
  return `;FFMETADATA1\ntitle=${title}\n${parts.join('')}`;
}

/**
 * The arguments of ffmpeg for one clip: a landscape that passes by in two layers at different speeds, its title at
 * the start, a running clock, music in each language.
 */
export function clipArgs(spec: ClipSpec, inputs: ClipInputs, output: string): string[] {
  const pictures = [inputs.background, inputs.foreground, inputs.titleCard].flatMap((path) => ['-i', path]);
  const tunes = inputs.tunes.flatMap((path) => ['-stream_loop', '-1', '-i', path]);
  const subtitles = inputs.subtitles.flatMap((path) => ['-i', path]);
  const firstTune = 3;
  const firstSubtitle = firstTune + inputs.tunes.length;
  const metadata = firstSubtitle + inputs.subtitles.length;
  return [
    ...['-v', 'error', '-y', '-nostdin', ...pictures, ...tunes, ...subtitles, '-i', inputs.metadata],
    ...[
      '-filter_complex_threads',
      '1',
      '-filter_complex',
      picture(spec, inputs.foregroundTop),
      '-map',
      '[v]',
    ],
    ...inputs.tunes.flatMap((_, index) => ['-map', `${firstTune + index}:a`]),
    ...inputs.subtitles.flatMap((_, index) => ['-map', `${firstSubtitle + index}:s`]),
    ...['-map_metadata', String(metadata), '-map_chapters', String(metadata)],
    ...videoArgs(spec),
    ...['-c:a', 'aac', '-b:a', '96k', '-ac', '2', '-ar', '48000', ...streamTags(spec)],
    ...['-t', String(spec.seconds), ...(output.includes('.mp4') ? ['-movflags', '+faststart'] : []), output],
  ];
}
