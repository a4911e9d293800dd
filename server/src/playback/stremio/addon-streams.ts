import type { Source } from '@hearth/contract/title';

export interface AddonSubtitle {
  readonly id: string;
  readonly url: string;
  readonly lang: string;
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

function readable(bytes: number): string {
  const power = Math.min(binary.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${(bytes / 1024 ** power).toFixed(power > 2 ? 1 : 0)} ${binary[power] ?? ''}`;
}

/** A file of the library as a stream. @param url absolute and signed */
export function stream(source: Source, url: string, subtitles: readonly AddonSubtitle[]) {
  const height = source.streams.find(({ kind }) => kind === 'video')?.height ?? null;
  const isWebReady = source.container === 'mp4' && url.startsWith('https:');
  return {
    url,
    name: ['Hearth', source.label].filter(Boolean).join('\n'),
    description: `${source.fileName}\n${readable(source.size)}`,
    ...(subtitles.length > 0 && { subtitles }),
    behaviorHints: {
      notWebReady: !isWebReady,
      bingeGroup: `hearth-${height ?? 'any'}`,
      ...{ filename: source.fileName, videoSize: source.size },
    },
  };
}
