import type { Preferences } from '@hearth/contract/account';
import type { ClientCapabilities } from '@hearth/contract/playback';
import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { displaySize } from '../../ffmpeg/picture-size.js';
import {
  audioEncode,
  constantBitrate,
  type ContinuousFormat,
  type ContinuousSound,
  h264Level,
  parseRendition,
  type Rendition,
  soundBitrate,
  type SoundCodec,
  type VideoCopy,
  type VideoEncode,
} from '../../transcoding/continuous/continuous.service.js';
import type { Decision, Delivery, Unplayable, Wishes } from '../../transcoding/decision/decision.service.js';
import type { RendererCapabilities, RendererFormat, RendererMedia } from './renderer-capabilities.js';
import { clientOf, rendererTraits } from './renderer-client.js';
import { wantedSubtitle } from './wanted-subtitle.js';

/** `decide` of the transcoding module. */
export type Decide = (media: MediaInfo, client: ClientCapabilities, wishes: Wishes) => Decision | Unplayable;

/** Whom a file is offered to. */
export interface RendererViewer {
  readonly preferences: Preferences;
  /** Bits per second that its account may take. */
  readonly maxBitrate?: number | undefined;
  /** What did not play on this device before: `Delivery.failureKey`. */
  readonly failures?: ReadonlySet<string>;
}

/** What would be made of a file. */
export interface ConversionPlan {
  readonly format: ContinuousFormat;
  readonly video: VideoCopy | VideoEncode | null;
  /** Where a copy cannot begin. */
  readonly fallback: VideoEncode | null;
  readonly sound: ContinuousSound | null;
  readonly delivery: Delivery;
  readonly media: RendererMedia;
}

/** How a file reaches a renderer. */
export interface RendererPlan {
  readonly action: 'direct' | 'convert' | 'none';
  readonly reasons: readonly string[];
  readonly conversion: ConversionPlan | null;
  /** Index of the subtitle a conversion draws into the picture. */
  readonly burned: number | null;
}

const heightOf = ({ quality }: Delivery): number => (quality === 'original' ? 0 : parseInt(quality, 10));

/** Decides for a film or a piece of music. Pure. */
export function planFor(
  media: MediaInfo,
  capabilities: RendererCapabilities,
  viewer: RendererViewer,
  decide: Decide,
): RendererPlan {
  const burned = burnedSubtitle(media, capabilities, viewer);
  const client = clientOf(capabilities, media, { maxBitrate: viewer.maxBitrate, burns: burned !== null });
  const wishes: Wishes = {
    audioLanguages: viewer.preferences.audioLanguages,
    traits: rendererTraits,
    ...(viewer.failures && { failures: viewer.failures }),
    ...(burned !== null && { choice: { subtitleId: String(burned) } }),
  };
  const decision = decide(media, client, wishes);
  if (decision.method === 'unsupported')
    return { action: 'none', reasons: decision.reasons, conversion: null, burned: null };
  const ways = made(decision);
  const { maxHeight } = capabilities.convert;
  const fits = (way: Delivery): boolean => heightOf(way) <= maxHeight * 1.02;
  const small = ways.every(fits)
    ? ways
    : lowered(media, client, wishes, maxHeight, decide).concat(ways).filter(fits);
  const [first] = ways;
  const best = first && fits(first) ? first : (small[0] ?? ways.at(-1));
  const conversion = best ? conversionOf(media, capabilities, best, small) : null;
  if (decision.container === 'direct') return { action: 'direct', reasons: [], conversion, burned };
  const action = conversion ? 'convert' : 'none';
  return { action, reasons: decision.reasons.slice(0, -1), conversion, burned };
}

/** What is sent while it is made, best first. */
const made = (decision: Decision): Delivery[] =>
  [decision, ...decision.ladder].filter(({ container }) => container !== 'direct');

/** Decided again for a height that was asked for: a lower rung of the ladder is one after something failed. */
function lowered(
  media: MediaInfo,
  client: ClientCapabilities,
  wishes: Wishes,
  height: number,
  decide: Decide,
): Delivery[] {
  const choice = { ...wishes.choice, quality: `${Math.round(height)}p` };
  const decision = decide(media, client, { ...wishes, choice });
  return decision.method === 'unsupported' ? [] : made(decision);
}

function burnedSubtitle(
  media: MediaInfo,
  { burnsSubtitles }: RendererCapabilities,
  { preferences }: RendererViewer,
): number | null {
  if (!burnsSubtitles) return null;
  const tracks = streamsOf(media, 'audio');
  const heard = tracks.find(({ flags }) => flags.default) ?? tracks[0];
  return wantedSubtitle(media, preferences, heard)?.index ?? null;
}

function conversionOf(
  media: MediaInfo,
  capabilities: RendererCapabilities,
  best: Delivery,
  ways: readonly Delivery[],
): ConversionPlan | null {
  const encoded = ways.find(({ quality }) => quality !== 'original');
  // Nobody knows the peaks of a picture that is copied.
  const delivery = (capabilities.convert.seeksByBytes && encoded) || best;
  const renditions = delivery.renditions.flatMap((id) => parseRendition(media, id) ?? []);
  const video = renditions.find((one) => one.kind === 'video') ?? null;
  const audio = renditions.find((one) => one.kind === 'audio');
  if (video === null && !audio) return null;
  const other = encoded?.renditions
    .map((id) => parseRendition(media, id))
    .find((one) => one?.kind === 'video');
  const format = video ? 'mpegts' : musicFormat(capabilities);
  const sound = audio ? soundOf(audio, format, capabilities) : null;
  const fallback = video?.action === 'copy' && other?.action === 'encode' ? other : null;
  const facts = { format, video, fallback, sound };
  const converted = { ...convertedMedia(media, facts), ...steadyRate(facts, capabilities) };
  return { ...facts, delivery: named(delivery, sound), media: converted };
}

/** Only of a picture that is encoded, and where the device has a use for it. */
function steadyRate({ video, sound }: Facts, { convert }: RendererCapabilities) {
  const rate = convert.seeksByBytes && video?.action === 'encode' ? constantBitrate(video, sound) : null;
  return rate === null ? {} : { constantBitrate: rate };
}

/** Music that cannot be played as it is: what the device names first of these. */
function musicFormat({ audio }: RendererCapabilities): ContinuousFormat {
  const plays = (...names: string[]): boolean => names.some((name) => audio.includes(name));
  if (audio.includes('*') || plays('mp3')) return 'mp3';
  if (plays('lpcm', 'pcm_s16be', 'pcm_s16le')) return 'lpcm';
  return plays('aac', 'adts') ? 'adts' : 'mp3';
}

const musicCodecs: Readonly<Record<Exclude<ContinuousFormat, 'mpegts'>, SoundCodec>> = {
  mp3: 'mp3',
  adts: 'aac',
  lpcm: 'pcm_s16be',
};

function soundOf(
  rendition: Extract<Rendition, { kind: 'audio' }>,
  format: ContinuousFormat,
  { convert, maxAudioChannels }: RendererCapabilities,
): ContinuousSound | null {
  const { stream } = rendition;
  if (format !== 'mpegts') {
    const encoded = audioEncode(stream, 2);
    return { action: 'encode', codec: musicCodecs[format], rendition: encoded };
  }
  const isSteady = !convert.seeksByBytes || stream.bitrate !== null;
  if (rendition.action === 'copy' && isSteady) return { action: 'copy', stream };
  return { action: 'encode', codec: convert.audio, rendition: audioEncode(stream, maxAudioChannels) };
}

/** What the session's record says is sent. */
function named(delivery: Delivery, sound: ContinuousSound | null): Delivery {
  if (sound?.action !== 'encode') return delivery;
  const [first, ...rest] = delivery.audio;
  return { ...delivery, audio: first ? [{ ...first, action: 'encode', to: sound.codec }, ...rest] : [] };
}

type Facts = Pick<ConversionPlan, 'format' | 'video' | 'sound'>;

function convertedMedia(media: MediaInfo, { format, video, sound }: Facts): RendererMedia {
  const audio = soundFacts(sound);
  const picture = video ? pictureFacts(media, video) : null;
  return {
    format: {
      container: format,
      ...(picture && { video: picture.format }),
      ...(audio && { audio: audio.format }),
    },
    ...(media.durationSeconds !== null && { durationSeconds: media.durationSeconds }),
    bitrate: (picture?.bitrate ?? 0) + (audio?.format.bitrate ?? 0),
    ...(picture && { width: picture.width, height: picture.height }),
    ...(audio && { channels: audio.format.channels ?? 2, sampleRate: audio.sampleRate }),
    ...(format === 'lpcm' && { bitsPerSample: 16 }),
  };
}

function soundFacts(
  sound: ContinuousSound | null,
): { format: NonNullable<RendererFormat['audio']>; sampleRate: number } | null {
  if (sound === null) return null;
  if (sound.action === 'copy') {
    const { codec, channels, bitrate, sampleRate } = sound.stream;
    return { format: { codec, channels, ...(bitrate !== null && { bitrate }) }, sampleRate };
  }
  const { codec, rendition } = sound;
  const bitrate = soundBitrate(codec, rendition);
  return { format: { codec, channels: rendition.channels, bitrate }, sampleRate: 48_000 };
}

function pictureFacts(media: MediaInfo, video: VideoCopy | VideoEncode) {
  if (video.action === 'encode') {
    const { width, height, bitrate, frameRate } = video;
    const level = Number(h264Level(video));
    const format = { codec: 'h264', profile: 'High', level, frameRate: frameRate.num / frameRate.den };
    return { width, height, bitrate, format };
  }
  const { codec, profile, level, framesPerSecond, bitrate } = video.stream;
  const [width, height] = displaySize(video.stream).map(Math.round);
  const format = {
    codec,
    ...(profile !== null && { profile }),
    ...(level !== null && { level }),
    ...(framesPerSecond !== null && { frameRate: framesPerSecond }),
  };
  return {
    width: width ?? 0,
    height: height ?? 0,
    bitrate: Math.round(bitrate ?? media.bitrate ?? 0),
    format,
  };
}
