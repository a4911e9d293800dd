import type { ReasonCode } from '@hearth/contract/playback';
import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import { type CodecLimits, parseCodecString } from './codec-string.js';

export { shortCodecName } from './codec-string.js';

/** For every profile, the profiles whose decoders hold it; itself is meant. */
const heldBy: Readonly<Record<string, Readonly<Record<number, readonly number[]>>>> = {
  // Baseline, Main, High, High 10, High 4:2:2, High 4:4:4 Predictive (H.264 A.2)
  h264: { 66: [77, 100, 110, 122, 244], 77: [100, 110, 122, 244], 100: [110, 122, 244], 110: [122, 244], 122: [244] },
  // Main and Main Still Picture are within Main 10 (H.265 A.3)
  hevc: { 1: [2], 3: [1, 2] },
  // Main, High, Professional (AV1 A.2)
  av1: { 0: [1, 2], 1: [2] },
  // 8 bit 4:2:0; 8 bit; high bit depth 4:2:0; high bit depth
  vp9: { 0: [1, 2, 3], 1: [3], 2: [3] },
  // Low Complexity is within HE-AAC and HE-AAC v2, whose streams carry it for decoders that know no more (ISO 14496-3 1.5.2)
  aac: { 2: [5, 29], 5: [2, 29], 29: [2, 5] },
}; // prettier-ignore

/** What a short name such as `hevc` speaks for: what every decoder of the family does. */
const ordinary: Readonly<Record<string, { profiles: readonly number[]; bitDepth: number }>> = {
  h264: { profiles: [66, 77, 100], bitDepth: 8 },
  hevc: { profiles: [1, 2, 3], bitDepth: 10 },
  av1: { profiles: [0], bitDepth: 10 },
  vp9: { profiles: [0, 2], bitDepth: 10 },
  aac: { profiles: [2, 5, 29], bitDepth: 32 },
};

const profileNames: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  h264: {
    'Constrained Baseline': 66, Baseline: 66, Main: 77, Extended: 88, High: 100, 'High 10': 110, 'High 4:2:2': 122,
    'High 4:4:4 Predictive': 244,
  },
  hevc: { Main: 1, 'Main 10': 2, 'Main Still Picture': 3, Rext: 4 },
  av1: { Main: 0, High: 1, Professional: 2 },
  vp9: { 'Profile 0': 0, 'Profile 1': 1, 'Profile 2': 2, 'Profile 3': 3 },
}; // prettier-ignore

/** Factor from the level people write (4.1) to the one in a codec string. AV1 counts in steps instead. */
const levelUnits: Readonly<Record<string, number>> = { h264: 10, hevc: 30, vp9: 10 };

function levelOf(codec: string, level: number | null): number | null {
  if (level === null || level <= 0) return null;
  if (codec === 'av1') return Math.round((Math.floor(level) - 2) * 4 + (level % 1) * 10);
  const unit = levelUnits[codec];
  return unit === undefined ? null : Math.round(level * unit);
}

type Coded = Pick<VideoStream, 'codec' | 'codecString' | 'profile' | 'bitDepth'> & { level?: number | null };

/** What a stream asks of a decoder: its codec string, filled up with what else the probe knows. */
function needsOf(stream: Coded): CodecLimits {
  const said = parseCodecString(stream.codecString ?? stream.codec);
  const named = profileNames[stream.codec]?.[stream.profile ?? ''];
  return {
    ...said,
    family: stream.codec,
    profile: said.profile ?? named ?? null,
    level: said.level ?? levelOf(stream.codec, stream.level ?? null),
    bitDepth: stream.bitDepth ?? said.bitDepth,
  };
}

/** Where a claim falls short of a stream, the worst first; null where it covers it. */
function shortfall(needs: CodecLimits, claim: CodecLimits): ReasonCode | null {
  const { family, profile } = needs;
  const usual = claim.profile === null ? ordinary[family] : undefined;
  const depth = claim.bitDepth ?? usual?.bitDepth ?? null;
  if (needs.bitDepth !== null && depth !== null && needs.bitDepth > depth)
    return 'video-bit-depth-unsupported';
  if (profile !== null) {
    const held =
      claim.profile === null
        ? (usual?.profiles.includes(profile) ?? true)
        : claim.profile === profile || (heldBy[family]?.[profile]?.includes(claim.profile) ?? false);
    if (!held) return 'video-profile-unsupported';
  }
  const tooHigh = needs.level !== null && claim.level !== null && needs.level > claim.level;
  return tooHigh || (needs.highTier && !claim.highTier && claim.level !== null)
    ? 'video-level-unsupported'
    : null;
}

/** Families whose exact strings say more than the short name does; those of sound add to it. */
const levelled = new Set(['h264', 'hevc', 'av1', 'vp9']);

/** How near a claim came, nearest last. */
const nearness: readonly ReasonCode[] = [
  'video-bit-depth-unsupported',
  'video-profile-unsupported',
  'video-level-unsupported',
];

/**
 * Why a device that lists `claims` does not decode a stream; null where it does. A claim at a higher profile, level, tier
 * or depth covers the lower ones; a short name covers what is ordinary in its family, unless exact strings of the same
 * family say more precisely what the device can do.
 */
export function codecProblem(claims: readonly string[], stream: Coded): ReasonCode | null {
  if (stream.codecString !== null && claims.includes(stream.codecString)) return null;
  const needs = needsOf(stream);
  const ofFamily = claims.map(parseCodecString).filter(({ family }) => family === needs.family);
  const exact = ofFamily.filter(({ profile }) => profile !== null);
  const narrowed = exact.length > 0 && levelled.has(needs.family);
  const falls = (narrowed ? exact : ofFamily).map((claim) => shortfall(needs, claim));
  if (falls.length === 0) return 'video-codec-unsupported';
  if (falls.includes(null)) return null;
  return nearness.findLast((code) => falls.includes(code)) ?? 'video-codec-unsupported';
}

/** The same for sound, whose limits have no names of their own. */
export function audioCodecProblem(claims: readonly string[], stream: AudioStream): ReasonCode | null {
  // Depth and rate of sound are no limits: decoders round.
  return codecProblem(claims, { ...stream, bitDepth: null }) === null ? null : 'audio-codec-unsupported';
}
