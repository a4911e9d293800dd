import { z } from 'zod';

/**
 * What a probe knows of one media file. Codec, pixel-format, colour and profile names are ffmpeg's, so that both
 * probes agree and a value can go into an ffmpeg argument as it is. `null` always means "the file does not say".
 */

const rational = z.object({ num: z.number().int(), den: z.number().int().positive() }).readonly();
export type Rational = z.infer<typeof rational>;

export const containers = [
  'matroska', 'webm', 'mp4', 'mov', 'avi', 'mpegts', 'mpegps', 'flv', 'ogg', 'mp3', 'aac', 'flac', 'wav', 'asf', 'other',
] as const; // prettier-ignore
export type Container = (typeof containers)[number];

const streamBase = {
  /** The index ffmpeg gives the stream (`-map 0:<index>`); streams that carry no media leave gaps. */
  index: z.number().int().nonnegative(),
  /** ffmpeg's short codec name: `h264`, `hevc`, `aac`, `subrip`, `hdmv_pgs_subtitle`…; `unknown` if nobody knows. */
  codec: z.string(),
  /** BCP-47, primary subtag shortest (`en`, `pt-BR`, `fil`). */
  language: z.string().nullable(),
  title: z.string().nullable(),
  flags: z
    .object({
      default: z.boolean(),
      forced: z.boolean(),
      hearingImpaired: z.boolean(),
      visualImpaired: z.boolean(),
      commentary: z.boolean(),
      original: z.boolean(),
    })
    .readonly(),
  /** bits per second */
  bitrate: z.number().nonnegative().nullable(),
};

const coded = {
  /** RFC 6381 string for `codecs=`; null where no such string exists. */
  codecString: z.string().nullable(),
  /** As ffprobe names it: `High`, `Main 10`, `LC`. */
  profile: z.string().nullable(),
  bitDepth: z.number().int().positive().nullable(),
};

export const hdr = z
  .object({
    kind: z.enum(['sdr', 'hdr10', 'hdr10plus', 'hlg', 'dolby-vision']),
    dolbyVision: z
      .object({
        profile: z.number().int(),
        level: z.number().int(),
        /** What a player without Dolby Vision sees: 0 nothing usable, 1 HDR10, 2 SDR, 4 HLG. */
        compatibility: z.number().int(),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
export type Hdr = z.infer<typeof hdr>;

export const colour = z
  .object({
    primaries: z.string().nullable(),
    transfer: z.string().nullable(),
    matrix: z.string().nullable(),
    range: z.enum(['limited', 'full']).nullable(),
  })
  .readonly();
export type Colour = z.infer<typeof colour>;

const videoStream = z
  .object({
    kind: z.literal('video'),
    ...streamBase,
    ...coded,
    /** As people write it: 4.1, 5, 5.1. */
    level: z.number().nullable(),
    pixelFormat: z.string().nullable(),
    /** Coded size in pixels, before rotation and aspect. */
    width: z.number().int().nonnegative(),
    height: z.number().int().nonnegative(),
    sampleAspect: rational,
    /** Width over height as shown, sample aspect and rotation applied. */
    displayAspect: z.number().nullable(),
    /** Degrees clockwise to turn the picture for display. */
    rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
    /** Of a variable rate, the fastest that lasts. */
    frameRate: rational.nullable(),
    /** The mean. */
    framesPerSecond: z.number().nullable(),
    variableFrameRate: z.boolean().nullable(),
    interlaced: z.boolean(),
    hdr,
    colour,
  })
  .readonly();
export type VideoStream = z.infer<typeof videoStream>;

const audioStream = z
  .object({
    kind: z.literal('audio'),
    ...streamBase,
    ...coded,
    channels: z.number().int().nonnegative(),
    /** `mono`, `stereo`, `5.1`, `7.1`…; the default layout for the channel count where the file gives none. */
    channelLayout: z.string().nullable(),
    sampleRate: z.number().int().nonnegative(),
  })
  .readonly();
export type AudioStream = z.infer<typeof audioStream>;

const subtitleStream = z
  .object({ kind: z.literal('subtitle'), ...streamBase, form: z.enum(['text', 'bitmap']) })
  .readonly();
export type SubtitleStream = z.infer<typeof subtitleStream>;

/** A cover or another still picture stored in the media file. */
const imageStream = z
  .object({
    kind: z.literal('image'),
    ...streamBase,
    name: z.string().nullable(),
    mime: z.string(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    size: z.number().int().nullable(),
  })
  .readonly();
export type ImageStream = z.infer<typeof imageStream>;

/** An attached file, in practice a font for ASS subtitles. */
const attachmentStream = z
  .object({
    kind: z.literal('attachment'),
    ...streamBase,
    name: z.string().nullable(),
    mime: z.string(),
    size: z.number().int().nullable(),
  })
  .readonly();
export type AttachmentStream = z.infer<typeof attachmentStream>;

export const mediaStream = z.discriminatedUnion('kind', [
  videoStream,
  audioStream,
  subtitleStream,
  imageStream,
  attachmentStream,
]);
export type MediaStream = z.infer<typeof mediaStream>;

export const chapter = z
  .object({ startSeconds: z.number(), endSeconds: z.number(), title: z.string().nullable() })
  .readonly();
export type Chapter = z.infer<typeof chapter>;

const mediaTags = z
  .object({
    title: z.string(),
    artist: z.string(),
    albumArtist: z.string(),
    album: z.string(),
    genre: z.string(),
    /** As written: `2009` or `2009-05-22`. */
    date: z.string(),
    comment: z.string(),
    track: z.number().int(),
    disc: z.number().int(),
  })
  .partial()
  .readonly();
export type MediaTags = z.infer<typeof mediaTags>;

export const mediaInfo = z
  .object({
    container: z.enum(containers),
    durationSeconds: z.number().nonnegative().nullable(),
    startSeconds: z.number(),
    /** bits per second of the whole file */
    bitrate: z.number().nonnegative().nullable(),
    /** bytes */
    size: z.number().int().nonnegative(),
    /** MP4/MOV only: the index comes before the media, so that playing can start at the first byte. */
    faststart: z.boolean().nullable(),
    streams: z.array(mediaStream).readonly(),
    chapters: z.array(chapter).readonly(),
    tags: mediaTags,
  })
  .readonly();
export type MediaInfo = z.infer<typeof mediaInfo>;

/** The streams of one kind, typed. */
export function streamsOf<K extends MediaStream['kind']>(
  media: MediaInfo,
  kind: K,
): Extract<MediaStream, { kind: K }>[] {
  return media.streams.filter((stream): stream is Extract<MediaStream, { kind: K }> => stream.kind === kind);
}

/** Whether the media file carries a cover picture. */
export function hasCoverArt(media: MediaInfo): boolean {
  return media.streams.some((stream) => stream.kind === 'image');
}
