import type { AudioFormat } from './music-facts.js';

/** How a track reaches an `<audio>` element. */
export type BrowserAudio =
  | { readonly kind: 'direct'; readonly contentType: string }
  | { readonly kind: 'converted'; readonly to: AudioCopy; readonly contentType: string };

/** What is made of tracks that browsers cannot play. */
export type AudioCopy = 'flac' | 'aac';

const copyTypes: Readonly<Record<AudioCopy, string>> = { flac: 'audio/flac', aac: 'audio/mp4' };

/** `container codec → media type`: what Chromium, Firefox and Safari all play. */
const direct: Readonly<Record<string, string>> = {
  'mp3 mp3': 'audio/mpeg',
  'flac flac': 'audio/flac',
  'mp4 aac': 'audio/mp4',
  'mov aac': 'audio/mp4',
  'aac aac': 'audio/aac',
  'ogg opus': 'audio/ogg',
  'ogg vorbis': 'audio/ogg',
  'ogg flac': 'audio/ogg',
  'wav pcm_u8': 'audio/wav',
  'wav pcm_s16le': 'audio/wav',
  'wav pcm_s24le': 'audio/wav',
  'wav pcm_f32le': 'audio/wav',
};
const lossless = /^(?:alac|ape|flac|wavpack|tta|mlp|truehd|shorten|tak|pcm_|dsd_|wmalossless|als)/;

/** Decides purely; Safari alone would play ALAC and AIFF, and an address is not made for one browser. */
export function browserAudio({ container, codec }: Pick<AudioFormat, 'container' | 'codec'>): BrowserAudio {
  const contentType = direct[`${container} ${codec}`];
  if (contentType !== undefined) return { kind: 'direct', contentType };
  const to = lossless.test(codec) ? 'flac' : 'aac';
  return { kind: 'converted', to, contentType: copyTypes[to] };
}

/** ffmpeg's arguments for a copy. @param output path without a meaning of its own: the format is stated */
export function copyArguments(input: string, output: string, to: AudioCopy, codec: string): string[] {
  const head = ['-nostdin', '-hide_banner', '-v', 'error', '-y', '-i', `file:${input}`];
  const sound = ['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1'];
  // DSD is one bit at megahertz; FLAC knows neither, and nobody hears what is left out.
  const rate = codec.startsWith('dsd_') ? ['-ar', '88200', '-sample_fmt', 's32'] : [];
  if (to === 'flac') return [...head, ...sound, '-c:a', 'flac', ...rate, '-f', 'flac', `file:${output}`];
  const aac = ['-c:a', 'aac', '-b:a', '256k', '-ac', '2', '-movflags', '+faststart', '-f', 'mp4'];
  return [...head, ...sound, ...aac, `file:${output}`];
}
