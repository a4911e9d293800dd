import { aacFacts, audioCodecStrings, defaultLayout } from './audio-codecs.js';
import { av1CodecString, av1Facts } from './av1.js';
import type { CodecFacts } from './codec-facts.js';
import { hdrOf, mergeColour, pixelFormatOf, type DolbyVision } from './colour.js';
import { hexDump, type FfprobeStream } from './ffprobe-output.js';
import { displayAspectOf, frameRateOf, reduce } from './frame-rate.js';
import { h264Facts } from './h264.js';
import { hevcFacts } from './hevc.js';
import { normalizeLanguage } from './language.js';
import { attachmentCodec } from './matroska-tags.js';
import type { Colour, MediaStream, Rational, VideoStream } from './media-info.js';
import { streamFlags, streamTitle } from './stream-flags.js';
import { vp9CodecString, vp9Level } from './vp9.js';

const positive = (value: number | undefined): number | null =>
  value !== undefined && value > 0 ? value : null;

/** One stream of ffprobe's answer; null for data streams, which carry no media. */
export function streamOf(stream: FfprobeStream): MediaStream | null {
  const { disposition, tags } = stream;
  const base = baseOf(stream);
  const set = (name: string): boolean => disposition[name] === 1;
  const picture = set('attached_pic') || set('still_image') || set('timed_thumbnails');
  const file = { name: tags.get('filename') ?? null, size: positive(stream.extradata_size) };
  if (stream.codec_type === 'video' && picture) {
    const mime = tags.get('mimetype') ?? (base.codec === 'png' ? 'image/png' : 'image/jpeg');
    return {
      ...base,
      ...file,
      kind: 'image',
      mime,
      width: stream.width ?? null,
      height: stream.height ?? null,
      size: null,
    };
  }
  if (stream.codec_type === 'attachment') {
    const mime = tags.get('mimetype') ?? '';
    const codec = base.codec === 'unknown' ? attachmentCodec(mime, file.name ?? '') : base.codec;
    return { ...base, ...file, codec, kind: 'attachment', mime };
  }
  if (stream.codec_type === 'subtitle')
    return { ...base, kind: 'subtitle', form: /pgs|dvd|dvb|xsub|arib/.test(base.codec) ? 'bitmap' : 'text' };
  if (stream.codec_type === 'audio') return { ...base, ...audio(stream) };
  return stream.codec_type === 'video' ? { ...base, ...video(stream) } : null;
}

/** What every stream has. */
function baseOf(stream: FfprobeStream) {
  const { disposition, tags } = stream;
  const title = streamTitle(tags.get('title') ?? tags.get('name'));
  const set = (name: string): boolean => disposition[name] === 1;
  return {
    index: stream.index,
    codec: stream.codec_name === 'ssa' ? 'ass' : stream.codec_name,
    language: normalizeLanguage(tags.get('language')),
    title,
    flags: streamFlags(
      {
        default: set('default'),
        forced: set('forced'),
        hearingImpaired: set('hearing_impaired') || set('captions'),
        visualImpaired: set('visual_impaired') || set('descriptions'),
        commentary: set('comment') && !set('attached_pic'),
        original: set('original'),
      },
      title,
    ),
    bitrate: positive(stream.bit_rate ?? Number(tags.get('bps') ?? NaN)),
  };
}
function audio(stream: FfprobeStream) {
  const facts = stream.codec_name === 'aac' ? aacFacts(hexDump(stream.extradata)) : {};
  const channels = stream.channels ?? 0;
  const bits = positive(stream.bits_per_raw_sample) ?? positive(stream.bits_per_sample);
  return {
    kind: 'audio' as const,
    codecString: facts.codecString ?? audioCodecStrings[stream.codec_name] ?? null,
    profile: stream.profile ?? facts.profile ?? null,
    bitDepth: bits,
    channels,
    channelLayout: stream.channel_layout?.replace('(side)', '') ?? defaultLayout(channels),
    sampleRate: positive(stream.sample_rate) ?? 0,
  };
}

function video(
  stream: FfprobeStream,
): Omit<VideoStream, 'index' | 'codec' | 'language' | 'title' | 'flags' | 'bitrate'> {
  const { width = 0, height = 0 } = stream;
  const config = hexDump(stream.extradata);
  const format = stream.pix_fmt?.replace('yuvj', 'yuv') ?? null;
  const bitstream = configFacts(stream, config);
  const colour = mergeColour(colourOfStream(stream), bitstream.colour);
  const [num = 1, den = 1] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const sampleAspect = num > 0 && den > 0 ? reduce(num, den) : { num: 1, den: 1 };
  const rotation = rotationOf(stream);
  const rate = rateOf(stream);
  const framesPerSecond = rate ? Math.round((rate.num / rate.den) * 1000) / 1000 : null;
  const facts: CodecFacts = {
    ...bitstream,
    bitDepth: positive(stream.bits_per_raw_sample) ?? depthOf(format) ?? undefined,
    pixelFormat: format,
    profile: stream.profile ?? bitstream.profile,
  };
  const level = levelOf(stream, facts, framesPerSecond);
  return {
    kind: 'video',
    codecString: codecString(stream, facts, colour, config, level),
    profile: facts.profile ?? null,
    level,
    bitDepth: facts.bitDepth ?? null,
    pixelFormat: format,
    width,
    height,
    sampleAspect,
    displayAspect: displayAspectOf(width, height, sampleAspect, rotation),
    rotation,
    frameRate: rate,
    framesPerSecond,
    variableFrameRate: stream.avg_frame_rate === stream.r_frame_rate ? false : null,
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    hdr: hdrOf(colour.transfer, dolbyVisionOfStream(stream)),
    colour,
  };
}

function configFacts(
  { codec_name: codec, codec_tag_string: tag }: FfprobeStream,
  config: Buffer,
): CodecFacts {
  const entry = /^(avc[13]|hvc1|hev1|dvh1|dvhe)$/.test(tag) ? tag : undefined;
  if (codec === 'h264') return h264Facts(config, entry);
  if (codec === 'hevc') return hevcFacts(config, entry);
  return codec === 'av1' ? av1Facts(config) : {};
}

function codecString(
  stream: FfprobeStream,
  facts: CodecFacts,
  colour: Colour,
  config: Buffer,
  level: number | null,
): string | null {
  if (stream.codec_name === 'av1') return config.length > 3 ? av1CodecString(config, colour) : null;
  if (stream.codec_name === 'vp9') return vp9CodecString(facts, colour, level ?? 1);
  if (stream.codec_name === 'mpeg4') return 'mp4v.20.9';
  return facts.codecString ?? (stream.codec_name === 'vp8' ? 'vp8' : null);
}

function levelOf(stream: FfprobeStream, facts: CodecFacts, framesPerSecond: number | null): number | null {
  if (facts.level !== undefined) return facts.level;
  if (stream.codec_name === 'vp9') return vp9Level(stream.width ?? 0, stream.height ?? 0, framesPerSecond);
  const level = positive(stream.level);
  if (level === null || stream.codec_name === 'mpeg2video') return null;
  return stream.codec_name === 'hevc' ? level / 30 : stream.codec_name === 'h264' ? level / 10 : null;
}

function rateOf({ avg_frame_rate: average, r_frame_rate: base }: FfprobeStream): Rational | null {
  const value = (rate: string): number => {
    const [num = 0, den = 0] = rate.split('/').map(Number);
    return num / den;
  };
  const pace = value(average);
  // Too few packets give an absurd average; the base rate is right then.
  return frameRateOf(pace > 0 && pace <= 300 ? pace : value(base));
}

function depthOf(format: string | null): number | null {
  if (format === null) return null;
  return (
    Number(
      /p(?:ix)?(9|10|12|14|16)[lb]e$/.exec(format)?.[1] ??
        (pixelFormatOf(1, 8) === format ? 8 : /^(yuv|gray|gbr|rgb|bgr|nv)/.test(format) ? 8 : NaN),
    ) || null
  );
}

function colourOfStream(stream: FfprobeStream): Colour {
  const known = (name: string | undefined): string | null =>
    name === undefined || name === 'unknown' || name === 'reserved' ? null : name;
  const range = stream.color_range === 'tv' ? 'limited' : stream.color_range === 'pc' ? 'full' : null;
  return {
    primaries: known(stream.color_primaries),
    transfer: known(stream.color_transfer),
    matrix: known(stream.color_space),
    range,
  };
}

function rotationOf({ side_data_list: list, tags }: FfprobeStream): 0 | 90 | 180 | 270 {
  const counterClockwise = list.map((data) => data['rotation']).find((value) => typeof value === 'number');
  const turn =
    ((counterClockwise === undefined ? Number(tags.get('rotate') ?? 0) : -counterClockwise) + 720) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}

function dolbyVisionOfStream({ side_data_list: list }: FfprobeStream): DolbyVision | null {
  const record = list.find((data) => typeof data['dv_profile'] === 'number');
  if (record === undefined) return null;
  const number = (key: string): number => (typeof record[key] === 'number' ? record[key] : 0);
  return {
    profile: number('dv_profile'),
    level: number('dv_level'),
    compatibility: number('dv_bl_signal_compatibility_id'),
  };
}
