import { type AudioStream, type MediaInfo, type Rational, type VideoStream } from '../ffmpeg/media-info.js';
import { displaySize, nominalHeight } from '../ffmpeg/picture-size.js';
import { gridRate } from './timeline/frame-rate.js';

/**
 * One encoding of one stream. Its id says all of it (`v0-copy`, `v0-720p`, `v0-720p-b3`, `a1-copy`, `a1-aac2`,
 * `a1-aac6-night`); whatever else an encoder must know follows from the media. So a URL needs no state behind it, and
 * everybody who watches the same thing shares its segments.
 */
export type Rendition = VideoCopy | VideoEncode | AudioCopy | AudioEncode;

export interface VideoCopy {
  readonly kind: 'video';
  readonly action: 'copy';
  readonly id: string;
  readonly stream: VideoStream;
}

/** H.264, 8 bit, SDR, square pixels, upright, progressive, constant frame rate. */
export interface VideoEncode {
  readonly kind: 'video';
  readonly action: 'encode';
  readonly id: string;
  readonly stream: VideoStream;
  /** Height of the 16:9 box (9:16 for upright pictures) the picture fits into: 1080, 720, 480, 360. */
  readonly rung: number;
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  readonly frameRate: Rational;
  /** Bits per second that the encoder may not exceed. */
  readonly bitrate: number;
  readonly toneMap: boolean;
  readonly deinterlace: boolean;
  /** Number of the subtitle drawn into the picture. */
  readonly burn: number | null;
}

export interface AudioCopy {
  readonly kind: 'audio';
  readonly action: 'copy';
  readonly id: string;
  readonly stream: AudioStream;
}

/** AAC-LC at 48 kHz. */
export interface AudioEncode {
  readonly kind: 'audio';
  readonly action: 'encode';
  readonly id: string;
  readonly stream: AudioStream;
  /** 1, 2 or 6. */
  readonly channels: number;
  readonly bitrate: number;
  /** Night mode: quiet passages lifted, loud ones held down. */
  readonly night: boolean;
}

/** Rungs below the original, largest first, with the bits per second their encoder may use at 30 frames a second. */
export const rungs: ReadonlyMap<number, number> = new Map([
  [1080, 6_000_000],
  [720, 3_200_000],
  [480, 1_400_000],
  [360, 750_000],
]);

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2);

/** The rungs that make sense of a stream: none larger than itself; one of its own size where it is below 1080. */
export function rungsFor(stream: VideoStream): number[] {
  const own = nominalHeight(stream);
  const smaller = [...rungs.keys()].filter((rung) => rung <= own * 1.02);
  const top = smaller[0];
  return top === undefined || (own < 1080 && top < own * 0.95) ? [even(own), ...smaller] : smaller;
}

/** Bits per second of a rung, between the neighbours of a size that is none of ours. */
function rungBitrate(rung: number, framesPerSecond: number): number {
  const pixels = (rung * rung * 16) / 9;
  const bits = rungs.get(rung) ?? Math.round(20 * Math.pow(pixels, 0.86));
  return Math.round(bits * (framesPerSecond > 40 ? 1.5 : 1));
}

/** The encoding of a video stream that fits a rung. */
export function videoEncode(stream: VideoStream, rung: number, burn: number | null = null): VideoEncode {
  const [width, height] = displaySize(stream);
  const upright = height > width;
  const [boxWidth, boxHeight] = upright ? [rung, (rung * 16) / 9] : [(rung * 16) / 9, rung];
  const scale = Math.min(1, boxWidth / width, boxHeight / height);
  const frameRate = gridRate(stream);
  return {
    kind: 'video',
    action: 'encode',
    id: `v${stream.index}-${rung}p${burn === null ? '' : `-b${burn}`}`,
    stream,
    rung,
    width: even(width * scale),
    height: even(height * scale),
    frameRate,
    bitrate: rungBitrate(rung, frameRate.num / frameRate.den),
    toneMap: stream.hdr.kind !== 'sdr',
    deinterlace: stream.interlaced,
    burn,
  };
}

export const videoCopy = (stream: VideoStream): VideoCopy => ({
  kind: 'video',
  action: 'copy',
  id: `v${stream.index}-copy`,
  stream,
});

export const audioCopy = (stream: AudioStream): AudioCopy => ({
  kind: 'audio',
  action: 'copy',
  id: `a${stream.index}-copy`,
  stream,
});

/** @param most channels the client takes */
export function audioEncode(stream: AudioStream, most: number, night = false): AudioEncode {
  const channels = stream.channels >= 6 && most >= 6 ? 6 : Math.min(2, Math.max(1, stream.channels));
  return {
    kind: 'audio',
    action: 'encode',
    id: `a${stream.index}-aac${channels}${night ? '-night' : ''}`,
    stream,
    channels,
    bitrate: channels * (channels === 6 ? 64_000 : 96_000),
    night,
  };
}

/** The rendition an id names, or undefined where this media has no such thing. */
export function parseRendition(media: MediaInfo, id: string): Rendition | undefined {
  const [, index, what] = /^[va](\d{1,4})-([a-z0-9-]{1,24})$/.exec(id) ?? [];
  const stream = media.streams.find((one) => one.index === Number(index));
  const found =
    stream?.kind === 'video'
      ? parseVideo(media, stream, what ?? '')
      : stream?.kind === 'audio'
        ? parseAudio(stream, what ?? '')
        : undefined;
  return found?.id === id ? found : undefined;
}

function parseVideo(media: MediaInfo, stream: VideoStream, what: string): Rendition | undefined {
  if (what === 'copy') return videoCopy(stream);
  const [, rung, burn] = /^(\d{2,4})p(?:-b(\d{1,8}))?$/.exec(what) ?? [];
  if (rung === undefined || !rungsFor(stream).includes(Number(rung))) return undefined;
  if (burn === undefined) return videoEncode(stream, Number(rung));
  const drawn = media.streams.some((one) => one.index === Number(burn) && one.kind === 'subtitle');
  return drawn ? videoEncode(stream, Number(rung), Number(burn)) : undefined;
}

function parseAudio(stream: AudioStream, what: string): Rendition | undefined {
  if (what === 'copy') return audioCopy(stream);
  const [, channels, night] = /^aac([126])(-night)?$/.exec(what) ?? [];
  return channels === undefined ? undefined : audioEncode(stream, Number(channels), night !== undefined);
}
