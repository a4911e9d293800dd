import type { SourceFacts } from '@hearth/contract/source';
import type { MediaStream, Source } from '@hearth/contract/title';
import { noCircumstances, rank, type Rankable } from './rank.js';
import { nameFacts } from './name-facts.js';
import { resolutionOf } from './resolution.js';

const most = (streams: readonly MediaStream[], value: (stream: MediaStream) => number | null): number =>
  Math.max(0, ...streams.map((stream) => value(stream) ?? 0));

/** A film cropped to 1920×800 is as good as 1920×1080. */
const nominalHeight = (streams: readonly MediaStream[]): number => {
  const pictures = streams.filter(({ kind }) => kind === 'video');
  const width = most(pictures, (stream) => stream.width);
  return Math.max(
    most(pictures, (stream) => stream.height),
    Math.round((width * 9) / 16),
  );
};

/** As releases call what ffmpeg calls otherwise. */
const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264', hevc: 'H.265', av1: 'AV1', vp9: 'VP9', vp8: 'VP8', mpeg2video: 'MPEG-2', mpeg4: 'MPEG-4', vc1: 'VC-1',
  aac: 'AAC', mp3: 'MP3', ac3: 'AC3', eac3: 'E-AC3', truehd: 'TrueHD', dts: 'DTS', flac: 'FLAC', opus: 'Opus', vorbis: 'Vorbis',
}; // prettier-ignore

/** What a library's file is: measured, its origin alone by its name. */
function fileFacts({ streams, fileName }: Source): SourceFacts {
  const named = nameFacts(fileName).facts;
  const first = (kind: MediaStream['kind']): string | null => {
    const codec = streams.find((stream) => stream.kind === kind)?.codec;
    return codec === undefined ? null : (codecNames[codec] ?? codec);
  };
  const spoken = streams.flatMap(({ kind, language }) =>
    kind === 'audio' && language !== null ? language : [],
  );
  return {
    resolution: resolutionOf(nominalHeight(streams)),
    origin: named.origin,
    videoCodec: first('video'),
    audioCodec: first('audio'),
    hdr: streams.find(({ hdr }) => hdr !== null)?.hdr ?? null,
    languages: [...new Set(spoken)],
    releaseGroup: named.releaseGroup,
  };
}

/** A file of the library beside what providers found. Of equals: lines, HDR, bit rate, channels, size. */
export function fileRankable(source: Source): Rankable & { readonly file: Source } {
  const facts = fileFacts(source);
  const merits = [
    nominalHeight(source.streams),
    Number(facts.hdr !== null),
    source.bitrate ?? 0,
    most(source.streams, (stream) => stream.channels),
    source.size,
  ];
  return {
    ...{ file: source, id: source.id, kind: 'file', facts, container: source.container, size: source.size },
    ...{ bitrate: source.bitrate, available: source.available, isExtra: source.extraKind !== null },
    ...{ here: 1, seeders: null, trust: 1, group: facts.releaseGroup, merits },
  };
}

/** Files of the library, best first, where nothing is known of who asks. */
export const bestFilesFirst = (sources: readonly Source[]): Source[] =>
  sources.length < 2
    ? [...sources]
    : rank(sources.map(fileRankable), noCircumstances).map(({ source }) => source.file);
