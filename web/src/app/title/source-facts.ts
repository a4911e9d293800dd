import type { MediaStream, Source } from '@hearth/contract/title';
import { formatLanguage, formatResolution } from '../core/format';

/** Which of a title’s sources Play takes: the first that is there (the server sorts best first), never an extra. */
export function bestSource(sources: readonly Source[]): Source | undefined {
  const films = sources.filter((source) => source.extraKind === null);
  return films.find((source) => source.available) ?? films[0];
}

/** A cropped film is named by its width: 1920×800 is 1080p. 0 without a picture. */
function heightOf(source: Source): number {
  const video = source.streams.find((stream) => stream.kind === 'video' && stream.height !== null);
  return Math.max(video?.height ?? 0, Math.round(((video?.width ?? 0) * 9) / 16));
}

/** What a version can be downloaded as: the file itself, and the sizes below it. */
export function downloadQualities(source: Source): string[] {
  const height = heightOf(source);
  return ['original', ...[1080, 720, 480, 360].filter((rung) => rung <= height).map((rung) => `${rung}p`)];
}

/** What a smaller version can be kept as; of a file that is small already, its own size, in a form every device plays. */
export function keepableQualities(source: Source): string[] {
  const [, ...rungs] = downloadQualities(source);
  const smaller = rungs.filter((rung) => parseInt(rung, 10) < heightOf(source));
  return smaller.length > 0 ? smaller : rungs;
}

/** `4K Dolby Vision`, `1080p`; empty for a file without a picture. */
export function pictureOf(source: Source): string {
  const video = source.streams.find((stream) => stream.kind === 'video' && stream.height !== null);
  if (!video?.height) return '';
  return [formatResolution(heightOf(source)), video.hdr].filter(Boolean).join(' ');
}

/** `2.0` → “Stereo”, 6 channels → “5.1”. */
export function channelsOf(stream: MediaStream): string {
  const names: Readonly<Record<number, string>> = { 1: 'Mono', 2: 'Stereo', 6: '5.1', 8: '7.1' };
  return stream.channels === null ? '' : (names[stream.channels] ?? `${stream.channels} ch`);
}

/** `English 5.1, German`: each language once, with the most channels it has. */
export function soundOf(source: Source, locale: string, unknown: string): string {
  const byLanguage = new Map<string, MediaStream>();
  for (const stream of source.streams) {
    if (stream.kind !== 'audio') continue;
    const language = stream.language ?? '';
    const known = byLanguage.get(language);
    if (!known || (stream.channels ?? 0) > (known.channels ?? 0)) byLanguage.set(language, stream);
  }
  return [...byLanguage]
    .map(([language, stream]) => {
      const channels = channelsOf(stream);
      // “Stereo” says more than “unknown language Stereo”.
      if (!language) return channels || unknown;
      return `${formatLanguage(language, locale)} ${channels}`.trim();
    })
    .join(', ');
}

/** Languages of its subtitles, inside and beside the file, each once. */
export function subtitlesOf(source: Source, locale: string, unknown: string): string {
  const inside = source.streams
    .filter((stream) => stream.kind === 'subtitle')
    .map((stream) => stream.language);
  const languages = new Set([...inside, ...source.externalSubtitles.map((subtitle) => subtitle.language)]);
  return [...languages].map((language) => (language ? formatLanguage(language, locale) : unknown)).join(', ');
}

const mimeTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  matroska: 'video/x-matroska',
  mkv: 'video/x-matroska',
};

/** True when this browser says it plays the file as it is; false means “not known”, not “never”. */
export function playsDirectly(source: Source, canPlay: (type: string) => string): boolean {
  const mime = source.container
    .split(',')
    .map((name) => mimeTypes[name.trim().toLowerCase()])
    .find(Boolean);
  const video = source.streams.find((stream) => stream.kind === 'video');
  const audio = source.streams.find((stream) => stream.kind === 'audio');
  const codecs = [video?.codecString, audio?.codecString].filter(Boolean);
  if (!mime || !video?.codecString || (audio && !audio.codecString)) return false;
  return canPlay(`${mime}; codecs="${codecs.join(', ')}"`) === 'probably';
}
