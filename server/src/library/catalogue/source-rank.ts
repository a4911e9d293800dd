import type { Source } from '@hearth/contract/title';

const pictureHeight = (source: Source): number =>
  Math.max(0, ...source.streams.map((stream) => (stream.kind === 'video' ? (stream.height ?? 0) : 0)));

const pictureWidth = (source: Source): number =>
  Math.max(0, ...source.streams.map((stream) => (stream.kind === 'video' ? (stream.width ?? 0) : 0)));

/** A film cropped to 1920×800 is as good as 1920×1080. */
const nominalHeight = (source: Source): number =>
  Math.max(pictureHeight(source), Math.round((pictureWidth(source) * 9) / 16));

const isHdr = (source: Source): boolean => source.streams.some((stream) => stream.hdr !== null);

const channels = (source: Source): number =>
  Math.max(0, ...source.streams.map((stream) => (stream.kind === 'audio' ? (stream.channels ?? 0) : 0)));

/** What makes one source better than another, the most important first; each yields more for better. */
const merits: readonly ((source: Source) => number)[] = [
  (source) => Number(source.available),
  (source) => Number(source.extraKind === null),
  nominalHeight,
  (source) => Number(isHdr(source)),
  (source) => source.bitrate ?? 0,
  channels,
  (source) => source.size,
];

/** Sources best first: there at all, picture size, HDR, bit rate, sound. Ties keep the order of their ids. */
export function rankSources(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => {
    for (const merit of merits) {
      const difference = merit(b) - merit(a);
      if (difference !== 0) return difference;
    }
    return a.id < b.id ? -1 : 1;
  });
}
