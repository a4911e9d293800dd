import type { ClientCapabilities } from '@hearth/contract/playback';
import type { SourceFacts } from '@hearth/contract/source';

/** As it is, in another container (or with other sound), or encoded anew. */
export type DeviceFit = 'direct' | 'remux' | 'transcode';

/** How devices name what releases call otherwise: short names, and beginnings of RFC 6381 strings. */
const spellings: Readonly<Record<string, RegExp>> = {
  'H.264': /^(?:h264|avc)/i,
  'H.265': /^(?:hevc|h265|hvc1|hev1)/i,
  AV1: /^av(?:01|1)/i,
  VP9: /^vp0?9/i,
  VP8: /^vp0?8/i,
  'MPEG-2': /^mpeg-?2/i,
  'MPEG-4': /^(?:mpeg4|mp4v)/i,
  XviD: /^(?:mpeg4|mp4v)/i,
  DivX: /^(?:mpeg4|mp4v)/i,
  'VC-1': /^vc-?1/i,
  AAC: /^(?:aac|mp4a\.40|mp4a$)/i,
  MP3: /^(?:mp3|mp4a\.(?:6b|69|40\.34))/i,
  AC3: /^ac-?3/i,
  'E-AC3': /^e-?ac-?3|^ec-3/i,
  Atmos: /^e-?ac-?3|^ec-3|^truehd|^mlpa/i,
  TrueHD: /^(?:truehd|mlpa)/i,
  DTS: /^(?:dts|dca)/i,
  'DTS-HD': /^(?:dts|dca)/i,
  'DTS-HD MA': /^(?:dts|dca)/i,
  'DTS:X': /^(?:dts|dca)/i,
  FLAC: /^(?:flac|fla)/i,
  Opus: /^opus/i,
  Vorbis: /^vorbis/i,
};

const plays = (codec: string, known: readonly string[]): boolean =>
  known.some((name) => (spellings[codec] ?? /^(?!)/).test(name));

/**
 * How much must be done for a device, as far as it is known before anything is opened; null where the codec of the
 * picture is not. What is decided when it plays (transcoding/decision) looks at much more.
 */
export function deviceFit(
  { facts, container }: { readonly facts: SourceFacts; readonly container: string | null },
  client: ClientCapabilities,
): DeviceFit | null {
  const { videoCodec, audioCodec, resolution } = facts;
  if (videoCodec === null || client.videoCodecs.length === 0) return null;
  const height = resolution === null || resolution === 'sd' ? 0 : parseInt(resolution, 10);
  if (!plays(videoCodec, client.videoCodecs) || height > (client.maxHeight ?? Infinity)) return 'transcode';
  const isHeard = audioCodec === null || plays(audioCodec, client.audioCodecs);
  const isOpened = container !== null && client.containers.some((name) => sameContainer(name, container));
  return isHeard && isOpened ? 'direct' : 'remux';
}

const family = (container: string): string => {
  const name = container.toLowerCase();
  if (/^(?:mkv|matroska)/.test(name)) return 'mkv';
  return /^(?:mp4|m4v|mov)/.test(name) ? 'mp4' : name;
};
const sameContainer = (a: string, b: string): boolean => family(a) === family(b);
