/** RFC 6381 prefixes and the short names they stand for. */
const shortNames: readonly [RegExp, string][] = [
  [/^avc[13]/, 'h264'],
  [/^(hvc1|hev1)/, 'hevc'],
  [/^dv(h1|he|a1|av)/, 'dolby-vision'],
  [/^vp09|^vp9$/, 'vp9'],
  [/^vp08|^vp8$/, 'vp8'],
  [/^av01/, 'av1'],
  [/^mp4v\.20/, 'mpeg4'],
  [/^mp4a\.40\.34$|^mp4a\.6[bB]$/, 'mp3'],
  [/^mp4a\.40/, 'aac'],
  [/^ac-3$/, 'ac3'],
  [/^ec-3$/, 'eac3'],
  [/^dts[chelx+-]/, 'dts'],
  [/^mlpa$/, 'truehd'],
  [/^fLaC$/i, 'flac'],
  [/^opus$/i, 'opus'],
];

/** `avc1.640028` → `h264`; short names stay. */
export function shortCodecName(codec: string): string {
  return shortNames.find(([pattern]) => pattern.test(codec))?.[1] ?? codec.toLowerCase();
}

interface AvcLimits {
  profile: number;
  level: number;
}

function avcLimits(codec: string): AvcLimits | null {
  const [, profile, level] = /^avc[13]\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})$/i.exec(codec) ?? [];
  return profile && level ? { profile: parseInt(profile, 16), level: parseInt(level, 16) } : null;
}

/** AVC profiles that hold each other, smallest first: Baseline, Main, High, High 10, High 4:2:2, High 4:4:4. */
const avcProfiles = [66, 77, 100, 110, 122, 244];

function avcFits(file: AvcLimits, client: AvcLimits): boolean {
  return (
    avcProfiles.indexOf(client.profile) >= avcProfiles.indexOf(file.profile) && client.level >= file.level
  );
}

/**
 * Whether a device that lists `supported` plays a stream. Exact RFC 6381 strings count for themselves, AVC strings
 * also for everything below their profile and level, and short names for the whole family.
 */
export function supportsCodec(
  supported: readonly string[],
  codec: { codec: string; codecString: string | null },
): boolean {
  const limits = codec.codecString === null ? null : avcLimits(codec.codecString);
  return supported.some((entry) => {
    if (entry === codec.codecString || entry.toLowerCase() === codec.codec) return true;
    if (shortCodecName(entry) !== codec.codec) return false;
    const clientLimits = avcLimits(entry);
    // Strings of other families carry limits that only an exact match proves.
    return limits && clientLimits
      ? avcFits(limits, clientLimits)
      : codec.codecString === null || isPlainFamily(codec.codec);
  });
}

/** Codecs whose strings say nothing that a decoder would stumble over. */
const isPlainFamily = (codec: string): boolean =>
  ['aac', 'mp3', 'flac', 'opus', 'vorbis', 'vp8', 'ac3', 'eac3'].includes(codec);
