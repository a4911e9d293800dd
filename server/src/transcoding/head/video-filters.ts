import type { VideoStream } from '../../ffmpeg/media-info.js';
import type { VideoEncode } from '../rendition.js';

/** Whole frames and µs: what cuts the picture of one head out of its file. */
export interface VideoSpan {
  /** Added to file times to be on the presentation timeline, with the first frame on the grid, µs. */
  readonly shiftMicros: number;
  /** First frame, and the one after the last, counted from 0 on the presentation timeline; null where nobody knows the last. */
  readonly firstFrame: number;
  readonly endFrame: number | null;
  /** The first frame there is stands for those missing before it: at the beginning, and as a last resort. */
  readonly padStart: boolean;
}

/**
 * What is added to a stream's times so that its first frame is on the grid: jitter (Matroska rounds to ms) cannot make it
 * jump then. Half a frame at most. All in seconds. @param firstPicture null where it is not known
 */
export function framePhase(firstOnGrid: number, firstPicture: number | null, frame: number): number {
  const lag = firstPicture === null ? 0 : firstOnGrid - firstPicture;
  return Math.abs(lag) <= 0.51 * frame ? lag : 0;
}

/** Frames before the cut that a de-interlacer looks at. */
const deinterlaceMargin = 4;

/**
 * From decoded frames to exactly the frames of the span, at the rendition's constant rate. Time is counted before
 * anything is cut, so the frames do not depend on where decoding began: frame n is what is shown at n/rate.
 */
export function timingFilters(rendition: VideoEncode, span: VideoSpan): string[] {
  const { num, den } = rendition.frameRate;
  const micros = (frame: number): number => Math.round((frame * den * 1e6) / num);
  const shift =
    span.shiftMicros === 0 ? '' : `,setpts=PTS${span.shiftMicros < 0 ? '' : '+'}${span.shiftMicros}`;
  const deinterlace = [
    `trim=start_pts=${micros(span.firstFrame - deinterlaceMargin)}`,
    'bwdif=mode=send_frame:deint=interlaced',
  ];
  const pad = span.padStart ? `:start_time=${(micros(span.firstFrame) / 1e6).toFixed(6)}` : '';
  return [
    `settb=AVTB${shift}`,
    ...(rendition.deinterlace ? deinterlace : []),
    `fps=${num}/${den}:round=near${pad}`,
    // A picture that ends before its container says goes on as a still; the trim takes what is too much.
    ...(span.endFrame === null ? [] : ['tpad=stop_mode=clone:stop_duration=5']),
    `trim=start_pts=${span.firstFrame}${span.endFrame === null ? '' : `:end_pts=${span.endFrame}`}`,
  ];
}

/** ffmpeg's names of the matrices swscale knows. */
const matrices: Readonly<Record<string, string>> = {
  bt709: 'bt709', smpte170m: 'smpte170m', bt470bg: 'bt470', fcc: 'fcc', smpte240m: 'smpte240m', bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
}; // prettier-ignore

/** What the colours are coded by; where the file does not say, what players take for its size. */
function sourceMatrix({ colour, width, height }: VideoStream): string {
  const known = colour.matrix === null ? undefined : matrices[colour.matrix];
  return known ?? (width >= 1280 || height > 576 ? 'bt709' : 'smpte170m');
}

/** From the frames of the source to 8-bit BT.709 of the rendition's size, in square pixels. */
export function pictureFilters(rendition: VideoEncode, { zscale }: { zscale: boolean }): string[] {
  const { stream, width, height } = rendition;
  const size = `scale=w=${width}:h=${height}`;
  if (rendition.toneMap)
    return [size, ...(zscale ? toneMap(stream) : paleToneMap), 'format=yuv420p', 'setsar=1'];
  const from = sourceMatrix(stream);
  const convert = `:in_color_matrix=${from}:out_color_matrix=bt709:out_range=tv`;
  return [`${size}${convert}`, 'format=yuv420p', 'setsar=1'];
}

/** Behind the scale, where it is a third of the work (4K to 720p: 27 against 68 CPU seconds). */
function toneMap({ hdr }: VideoStream): string[] {
  const transfer = hdr.kind === 'hlg' ? 'arib-std-b67' : 'smpte2084';
  // The tags of the container count, not those of the bitstream, which may have none.
  return [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ];
}

/** An ffmpeg without zimg cannot tone-map; this makes a washed-out picture watchable, and is no more than that. */
const paleToneMap = ['format=yuv420p', 'eq=contrast=1.25:brightness=0.04:gamma=1.3:saturation=1.7'];

/** How the frames are labelled, whatever the source was. */
export const colourLabels: readonly string[] = [
  ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
];
