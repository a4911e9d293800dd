/** RFC 6381 prefixes and the short names, ffmpeg's, that they stand for. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^(avc[1-4]|dva1|dvav)(\.|$)/i, 'h264'],
  // `dvh1.05.06` is Dolby Vision's own form; with HEVC's fields behind it, it is HEVC under Dolby's sample entry.
  [/^dv(h1|he)\.\d{2}\.\d{2}$/i, 'dolby-vision'],
  [/^(hvc1|hev1|dvh1|dvhe)(\.|$)/i, 'hevc'],
  [/^(dav1)\.\d{2}\.\d{2}$/i, 'dolby-vision'],
  [/^(av01|dav1)(\.|$)/i, 'av1'],
  [/^(vp09|vp9)(\.|$)/i, 'vp9'],
  [/^(vp08|vp8)(\.|$)/i, 'vp8'],
  [/^mp4v\.20(\.|$)/i, 'mpeg4'],
  [/^mp4a\.(40\.34|6b|69)$/i, 'mp3'],
  [/^mp4a\.a5$/i, 'ac3'],
  [/^mp4a\.a6$/i, 'eac3'],
  [/^mp4a(\.40|\.6[678]|$)/i, 'aac'],
  [/^ac-3$/i, 'ac3'],
  [/^ec-3$/i, 'eac3'],
  [/^dts[cehlx+-]/i, 'dts'],
  [/^mlpa$/i, 'truehd'],
  [/^flac$/i, 'flac'],
  [/^opus$/i, 'opus'],
];

/** `avc1.640028` → `h264`; short names stay. */
export function shortCodecName(codec: string): string {
  return families.find(([pattern]) => pattern.test(codec))?.[1] ?? codec.toLowerCase();
}

/** What a codec string says of a stream, or of a decoder; null where it says nothing. Levels in the codec's own units. */
export interface CodecLimits {
  readonly family: string;
  readonly profile: number | null;
  readonly level: number | null;
  /** HEVC's and AV1's high tier. */
  readonly highTier: boolean;
  readonly bitDepth: number | null;
}

const limits = (family: string, more: Partial<CodecLimits> = {}): CodecLimits => ({
  family,
  profile: null,
  level: null,
  highTier: false,
  bitDepth: null,
  ...more,
});

/** profile_idc of H.264 (A.2) and the bits it may hold. */
const avcDepths = new Map([
  [66, 8],
  [77, 8],
  [88, 8],
  [100, 8],
  [110, 10],
  [122, 10],
  [244, 14],
]);

function avc(codec: string): CodecLimits {
  const [, profile, level] = /^\w{4}\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})/i.exec(codec) ?? [];
  if (profile === undefined || level === undefined) return limits('h264');
  const idc = parseInt(profile, 16);
  return limits('h264', { profile: idc, level: parseInt(level, 16), bitDepth: avcDepths.get(idc) ?? null });
}

/** ISO 14496-15 annex E.3: `hvc1.2.4.L120.B0` */
function hevc(codec: string): CodecLimits {
  const [, profile, tier, level] =
    /^\w{4}\.[A-C]?(\d{1,2})(?:\.[0-9a-f]{1,8}(?:\.([LH])(\d{1,3}))?)?/i.exec(codec) ?? [];
  if (profile === undefined) return limits('hevc');
  return limits('hevc', {
    profile: Number(profile),
    level: level === undefined ? null : Number(level),
    highTier: tier?.toUpperCase() === 'H',
    bitDepth: profile === '1' ? 8 : profile === '2' ? 10 : null,
  });
}

/** AV1 in ISO-BMFF, 5: `av01.0.08M.10` */
function av1(codec: string): CodecLimits {
  const [, profile, level, tier, depth] = /^\w{4}\.(\d)\.(\d{2})([MH])(?:\.(\d{2}))?/i.exec(codec) ?? [];
  if (profile === undefined) return limits('av1');
  return limits('av1', {
    profile: Number(profile),
    level: Number(level),
    highTier: tier?.toUpperCase() === 'H',
    bitDepth: Number(depth ?? 8),
  });
}

/** VP codec ISO media file format binding: `vp09.02.51.10` */
function vp9(codec: string): CodecLimits {
  const [, profile, level, depth] = /^vp09\.(\d{2})\.(\d{2})\.(\d{2})/i.exec(codec) ?? [];
  if (profile === undefined) return limits('vp9');
  return limits('vp9', { profile: Number(profile), level: Number(level), bitDepth: Number(depth) });
}

/** Reads an RFC 6381 string; a short name, or a string of a codec that has no limits, says its family only. */
export function parseCodecString(codec: string): CodecLimits {
  const family = shortCodecName(codec);
  switch (family) {
    case 'h264':
      return avc(codec);
    case 'hevc':
      return hevc(codec);
    case 'av1':
      return av1(codec);
    case 'vp9':
      return vp9(codec);
    case 'aac': {
      const [, objectType] = /^mp4a\.40\.(\d{1,2})$/i.exec(codec) ?? [];
      return limits('aac', { profile: objectType === undefined ? null : Number(objectType) });
    }
    case 'dolby-vision': {
      const [, profile, level] = /\.(\d{2})\.(\d{2})$/.exec(codec) ?? [];
      return limits(family, { profile: Number(profile), level: Number(level) });
    }
    default:
      return limits(family);
  }
}
