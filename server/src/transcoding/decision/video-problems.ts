import type { ClientCapabilities, ReasonCode } from '@hearth/contract/playback';
import type { VideoStream } from '../../ffmpeg/media-info.js';
import { displaySize } from '../../ffmpeg/picture-size.js';
import { parseCodecString, shortCodecName } from './codec-string.js';
import { codecProblem } from './codec-support.js';
import type { DeviceTraits } from './device-traits.js';

/** Video that fragmented MP4 carries over HLS (HLS authoring specification 1.5–1.8; AV1 and VP9 by RFC 8216bis 3.1.2). */
const streamable = new Set(['h264', 'hevc', 'av1', 'vp9']);
export const isStreamableVideo = ({ codec }: VideoStream): boolean => streamable.has(codec);

/** A picture nobody could find anything out about: no decoder, ours included, will make something of it. */
export const isUnknownVideo = ({ codec, width, height }: VideoStream): boolean =>
  codec === 'unknown' || width === 0 || height === 0;

type Range = 'sdr' | 'hdr10' | 'hlg' | 'dolby-vision';

/**
 * What the picture is to a device without Dolby Vision; dv_bl_signal_compatibility_id, Dolby Vision in ISO-BMFF 2.2. Under
 * Dolby's own sample entry (`dvh1`) no other decoder looks for a base layer.
 */
export function baseRange(video: VideoStream): Range {
  const own = /^dv(h1|he)\./.test(video.codecString ?? '');
  return own && video.hdr.kind === 'dolby-vision' ? 'dolby-vision' : codedRange(video);
}

/** What a decoder makes of it that knows nothing of Dolby Vision; `dolby-vision` where that has no meaning (profile 5). */
export function codedRange({ hdr: { kind, dolbyVision } }: VideoStream): Range {
  if (kind !== 'dolby-vision') return kind === 'hdr10plus' ? 'hdr10' : kind;
  // 6 is the HDR10 of Ultra HD Blu-ray discs (profile 7).
  const bases: Readonly<Record<number, Range>> = { 1: 'hdr10', 2: 'sdr', 4: 'hlg', 6: 'hdr10' };
  return bases[dolbyVision?.compatibility ?? 0] ?? 'dolby-vision';
}

/** Whether a device names the profile of this stream: `dvh1.05.06`. */
export function claimsDolbyVision({ hdr }: VideoStream, claims: readonly string[]): boolean {
  return claims
    .map(parseCodecString)
    .some(({ family, profile }) => family === 'dolby-vision' && profile === hdr.dolbyVision?.profile);
}

/** Profiles that are named count; where none is, the word of it does. */
function showsDolbyVision(
  video: VideoStream,
  client: ClientCapabilities,
  claims: readonly string[],
): boolean {
  if (client.hdr !== undefined && !client.hdr.includes('dolby-vision')) return false;
  const named = claims.some((claim) => shortCodecName(claim) === 'dolby-vision');
  return named ? claimsDolbyVision(video, claims) : client.hdr !== undefined;
}

/** HDR is shown as such, or its base layer is; who does not say gets it as it is, unless only Dolby Vision can read it. */
function rangeProblem(
  video: VideoStream,
  client: ClientCapabilities,
  claims: readonly string[],
): ReasonCode[] {
  const base = baseRange(video);
  if (base === 'sdr') return [];
  if (video.hdr.kind === 'dolby-vision' && showsDolbyVision(video, client, claims)) return [];
  if (base === 'dolby-vision') return ['video-range-unsupported'];
  if (client.hdr === undefined || client.hdr.includes(base)) return [];
  return base === 'hdr10' && client.hdr.includes('hdr10plus') ? [] : ['video-range-unsupported'];
}

/** Shown lines count, and the width that belongs to them; cinema's 4096 belongs to 2160 as well as 3840 does. */
function isTooLarge(video: VideoStream, maxHeight: number | undefined): boolean {
  if (maxHeight === undefined) return false;
  const [width, height] = displaySize(video);
  return (
    Math.min(width, height) > maxHeight || Math.max(width, height) > (maxHeight * 16 * 4096) / (9 * 3840) + 1
  );
}

function isTooFast({ framesPerSecond }: VideoStream, { maxFrameRate }: DeviceTraits): boolean {
  return maxFrameRate !== undefined && (framesPerSecond ?? 0) > maxFrameRate * 1.01;
}

/**
 * Why a device cannot be sent this picture as it is, every reason; none means that it can.
 * @param claims the codecs it decodes on this way, whole files or segments
 */
export function videoProblems(
  video: VideoStream,
  client: ClientCapabilities,
  claims: readonly string[],
  traits: DeviceTraits,
): ReasonCode[] {
  if (isUnknownVideo(video)) return ['video-unknown'];
  const dolbyOnly = baseRange(video) === 'dolby-vision' && showsDolbyVision(video, client, claims);
  const codec = dolbyOnly ? null : codecProblem(claims, video);
  const square = video.sampleAspect.num === video.sampleAspect.den;
  const checks: readonly (readonly [boolean, ReasonCode])[] = [
    [isTooLarge(video, client.maxHeight), 'video-resolution-too-high'],
    [isTooFast(video, traits), 'video-frame-rate-too-high'],
    [video.interlaced && !traits.deinterlaces, 'video-interlaced'],
    [!square && !traits.anamorphic, 'video-anamorphic'],
    [video.rotation !== 0 && !traits.rotates, 'video-rotated'],
  ];
  return [
    ...(codec === null ? [] : [codec]),
    ...checks.flatMap(([holds, code]) => (holds ? [code] : [])),
    ...rangeProblem(video, client, claims),
  ];
}
