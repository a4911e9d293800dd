import type { ClientCapabilities } from '@hearth/contract/playback';

/** What a device says it plays and does not. */
interface FalseClaim {
  /** In its User-Agent or model name. */
  readonly device: RegExp;
  readonly containers?: RegExp;
  readonly codecs?: RegExp;
  /** Music is not affected. */
  readonly besidePicture?: true;
  readonly source: string;
}

const jellyfin = 'jellyfin-web src/scripts/browserDeviceProfile.js';

const falseClaims: readonly FalseClaim[] = [
  {
    device: /Firefox\/(14[5-9]|1[5-9]\d|[2-9]\d\d)/,
    containers: /matroska|mkv/i,
    source: 'Loads the whole file before it begins: jellyfin#15521, jellyfin-web#7335',
  },
  {
    // Chromium on desktops decodes High 10 in software and keeps its claim; these say so and fail.
    device: /Android|iPhone|iPad|Web0S|webOS|Tizen|Version\/[\d.]+ (?:Mobile\/\w+ )?Safari\//,
    codecs: /^avc[13]\.(6e|7a|f4)/i,
    source: `canPlayType passes for High 10, playing fails: ${jellyfin}, h264Profiles`,
  },
  {
    device: /Web0S.*(?:Chrome\/38|AppleWebKit\/538)/,
    codecs: /^opus$/i,
    source: `canPlayType lies about Opus before webOS 3.5, which its User-Agent does not tell from 3.0: ${jellyfin}, canPlayAudioFormat`,
  },
  {
    device: /Tizen/,
    codecs: /^flac$/i,
    besidePicture: true,
    source: `FLAC beside a picture plays late: ${jellyfin}, videoAudioCodecs`,
  },
];

const without = (list: readonly string[], pattern: RegExp | undefined): string[] =>
  pattern === undefined ? [...list] : list.filter((entry) => !pattern.test(entry));

function withoutClaim(client: ClientCapabilities, { containers, codecs }: FalseClaim): ClientCapabilities {
  const heard = <T extends { videoCodecs: string[]; audioCodecs: string[] }>(lists: T): T => ({
    ...lists,
    videoCodecs: without(lists.videoCodecs, codecs),
    audioCodecs: without(lists.audioCodecs, codecs),
  });
  return {
    ...heard(client),
    containers: without(client.containers, containers),
    ...(client.streaming ? { streaming: heard(client.streaming) } : {}),
  };
}

/**
 * Whether a device cannot begin inside open groups of H.264: Chromium 156 breaks off with PIPELINE_ERROR_DECODE after a
 * seek, in files as in segments (measured with x264's open-gop=1).
 */
export const breaksOnOpenGroups = (device: string): boolean => /Chrom(e|ium)\/|Edg\//.test(device);

/** What a device says, less what devices like it are known to say wrongly. */
export function withoutFalseClaims(
  client: ClientCapabilities,
  device: string,
  hasPicture: boolean,
): ClientCapabilities {
  return falseClaims
    .filter((claim) => claim.device.test(device) && (hasPicture || !claim.besidePicture))
    .reduce(withoutClaim, client);
}
