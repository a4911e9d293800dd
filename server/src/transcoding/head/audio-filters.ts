import type { AudioEncode } from '../rendition.js';
import { aacFrame, aacRate } from '../timeline/segment-table.js';

/** AAC frames encoded before the first that is kept: each overlaps its neighbours, and an encoder needs some to settle. */
export const prerollFrames = 8;

/** 48 kHz samples on the presentation timeline. */
export interface AudioSpan {
  /** Taken from file times, s. */
  readonly originSeconds: number;
  readonly firstSample: number;
  /** Null where nobody knows: the sound ends where it ends. */
  readonly endSample: number | null;
}

/** The samples of a span, with those before it that an encoder needs to settle. */
export const audioFilters = (rendition: AudioEncode, span: AudioSpan): string[] =>
  soundFilters(rendition, { ...span, firstSample: span.firstSample - prerollFrames * aacFrame });

/**
 * From decoded sound to samples that begin exactly where the span does and end exactly with it: silence fills what is
 * missing at the beginning, in gaps and at the end.
 */
export function soundFilters(
  rendition: AudioEncode,
  { originSeconds, firstSample, endSample }: AudioSpan,
): string[] {
  return [
    ...(originSeconds === 0 ? [] : [`asetpts=PTS-(${originSeconds})/TB`]),
    ...channelFilters(rendition),
    `aresample=${aacRate}`,
    // Unless it begins within reach, the next filter would make hours of silence.
    `atrim=start=${Math.max(0, firstSample / aacRate - 1).toFixed(6)}`,
    // A resampler of its own: `first_pts` counts samples of what comes in.
    `aresample=async=1:first_pts=${firstSample}`,
    ...(rendition.night ? nightMode : []),
    ...(endSample === null ? [] : ['apad', `atrim=end_pts=${endSample}`]),
  ];
}

/** Speech is in the centre: it is kept above what surrounds it. One row a layout: ffmpeg takes only channels that exist. */
const stereoOf: Readonly<Record<string, string>> = {
  '3.0': 'FL=0.7*FL+0.7*FC|FR=0.7*FR+0.7*FC',
  '3.1': 'FL=0.7*FL+0.7*FC+0.2*LFE|FR=0.7*FR+0.7*FC+0.2*LFE',
  quad: 'FL=0.8*FL+0.5*BL|FR=0.8*FR+0.5*BR',
  '4.0': 'FL=0.6*FL+0.7*FC+0.3*BC|FR=0.6*FR+0.7*FC+0.3*BC',
  '5.0': 'FL=0.6*FL+0.7*FC+0.35*BL|FR=0.6*FR+0.7*FC+0.35*BR',
  '5.0(side)': 'FL=0.6*FL+0.7*FC+0.35*SL|FR=0.6*FR+0.7*FC+0.35*SR',
  '5.1': 'FL=0.6*FL+0.7*FC+0.2*LFE+0.35*BL|FR=0.6*FR+0.7*FC+0.2*LFE+0.35*BR',
  '5.1(side)': 'FL=0.6*FL+0.7*FC+0.2*LFE+0.35*SL|FR=0.6*FR+0.7*FC+0.2*LFE+0.35*SR',
  '6.1': 'FL=0.6*FL+0.7*FC+0.2*LFE+0.3*SL+0.2*BC|FR=0.6*FR+0.7*FC+0.2*LFE+0.3*SR+0.2*BC',
  '7.1': 'FL=0.6*FL+0.7*FC+0.2*LFE+0.3*SL+0.3*BL|FR=0.6*FR+0.7*FC+0.2*LFE+0.3*SR+0.3*BR',
};

const layouts: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 6: '5.1' };

/** Peaks are held below full scale: a sum of channels can be louder than any of them. */
const limiter = 'alimiter=limit=0.97:attack=2:release=80:level=0';

/** Fewer channels, or the same under the names AAC knows. */
export function channelFilters({ channels, stream }: AudioEncode): string[] {
  const layout = layouts[channels] ?? 'stereo';
  const mix = stream.channelLayout === null ? undefined : stereoOf[stream.channelLayout];
  if (channels === 2 && mix !== undefined)
    return [`aformat=sample_fmts=fltp:channel_layouts=${stream.channelLayout}`, `pan=stereo|${mix}`, limiter];
  // Names differ between decoders (5.1, 5.1(side)): ffmpeg's own matrix knows them all.
  return [`aformat=sample_fmts=fltp:channel_layouts=${layout}`];
}

/** 12 dB up below −26 dB, 6:1 above: a whisper is heard, an explosion wakes nobody. It looks at nothing that comes later. */
const nightMode = ['acompressor=threshold=0.05:ratio=6:attack=15:release=500:knee=6:makeup=4', limiter];
