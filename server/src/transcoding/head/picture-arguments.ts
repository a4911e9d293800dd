import { mediaInput } from '../../ffmpeg/media-input-arguments.js';
import type { MediaInput } from '../media-input.js';
import type { VideoEncode } from '../rendition.js';
import type { EncodePlan, VideoEncoder } from './encoder.js';
import { pictureFilters, timingFilters, type VideoSpan } from './video-filters.js';

/** What becomes of the pictures, and by what means. */
export interface PictureWork {
  readonly input: MediaInput;
  readonly rendition: VideoEncode;
  readonly encoder: VideoEncoder;
  /** ffmpeg has zscale and tonemap. */
  readonly zscale: boolean;
  /** A filter that draws text subtitles (`subtitles=…`), times on the presentation timeline; null where none are drawn. */
  readonly drawText: string | null;
}

/** Chooses the streams of a picture and brings its frames into the form the encoder takes. */
export function pictureArguments(work: PictureWork, encode: EncodePlan, span: VideoSpan): string[] {
  const { input, rendition, encoder, drawText } = work;
  const drawn = input.media.streams.find(({ index }) => index === rendition.burn);
  const bitmap = drawn?.kind === 'subtitle' && drawn.form === 'bitmap';
  const untouched = !rendition.toneMap && !bitmap && drawText === null;
  const scaled = untouched && encoder.scaleFilters ? encoder.scaleFilters(encode) : undefined;
  const picture = scaled ?? pictureFilters(rendition, work);
  const after = [...(drawText === null ? [] : [drawText]), ...(scaled ? [] : encoder.uploadFilters)];
  const before = [...timingFilters(rendition, span), ...picture];
  const source = `0:${rendition.stream.index}`;
  if (!bitmap) return ['-map', source, '-vf', [...before, ...after].join(',')];
  const file = input.beside?.get(drawn.index);
  const [subtitle, shift] = file === undefined ? [`0:${drawn.index}`, span.shiftMicros] : ['1:0', 0];
  const overlay = overlayGraph(before, after, source, subtitle, rendition, shift);
  return [
    ...(file === undefined ? [] : besideInput(file, rendition, span)),
    '-filter_complex',
    overlay,
    '-map',
    '[v]',
  ];
}

/** Seconds that a picture may have been shown for before the first frame. */
const longestShown = 30;

/** A `.sup` file, whose times are on the presentation timeline. */
function besideInput(path: string, { frameRate }: VideoEncode, { firstFrame }: VideoSpan): string[] {
  const from = (firstFrame * frameRate.den) / frameRate.num - longestShown;
  const seek = from <= 0 ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', from.toFixed(6)];
  return [...seek, ...mediaInput(path)];
}

/**
 * Bitmap subtitles are made for a canvas that may be higher than the picture (16:9 around 2.39:1): it is fitted into
 * it, so that none are cut off or squeezed.
 */
function overlayGraph(
  before: readonly string[],
  after: readonly string[],
  video: string,
  subtitle: string,
  { width, height }: VideoEncode,
  shiftMicros: number,
): string {
  const shift = `setpts=PTS${shiftMicros < 0 ? '' : '+'}${shiftMicros}/1000000/TB`;
  const fit = `scale=w=${width}:h=${height}:force_original_aspect_ratio=decrease`;
  const tail = ['overlay=x=(W-w)/2:y=(H-h)/2:eof_action=pass:repeatlast=0:format=yuv420', ...after].join(',');
  return `[${video}]${before.join(',')}[m];[${subtitle}]${shift},${fit}[s];[m][s]${tail}[v]`;
}
