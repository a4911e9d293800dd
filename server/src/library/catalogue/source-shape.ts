import { basename, extname } from 'node:path/posix';
import type { MediaStream, Source } from '@hearth/contract/title';
import type { MediaStream as ProbedStream } from '../../ffmpeg/media-info.js';
import type { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import type { MediaFile } from '../entities/media-file.entity.js';

type PlayableStream = Extract<ProbedStream, { kind: MediaStream['kind'] }>;

const isPlayable = (stream: ProbedStream): stream is PlayableStream =>
  stream.kind === 'video' || stream.kind === 'audio' || stream.kind === 'subtitle';

function toStream(stream: PlayableStream): MediaStream {
  const video = stream.kind === 'video' ? stream : null;
  const audio = stream.kind === 'audio' ? stream : null;
  return {
    index: stream.index,
    kind: stream.kind,
    codec: stream.codec,
    codecString: video?.codecString ?? audio?.codecString ?? null,
    language: stream.language,
    title: stream.title,
    isDefault: stream.flags.default,
    forced: stream.flags.forced,
    hearingImpaired: stream.flags.hearingImpaired,
    width: video?.width ?? null,
    height: video?.height ?? null,
    frameRate: video?.framesPerSecond ?? null,
    hdr: video && video.hdr.kind !== 'sdr' ? video.hdr.kind : null,
    channels: audio?.channels ?? null,
    channelLayout: audio?.channelLayout ?? null,
    bitrate: stream.bitrate,
  };
}

/** “2160p”, for versions that nothing else tells apart. */
function heightLabel(streams: readonly MediaStream[]): string {
  const heights = streams.map(({ width, height }) =>
    Math.max(height ?? 0, Math.round(((width ?? 0) * 9) / 16)),
  );
  const height = Math.max(0, ...heights);
  return height > 0 ? `${height}p` : 'File';
}

/** A media file as something to play. The folders above it stay on the server. */
export function fileSource(
  file: MediaFile,
  episodeIds: readonly string[],
  subtitles: readonly ExternalSubtitle[],
): Source {
  const streams = (file.media?.streams ?? []).filter(isPlayable).map(toStream);
  return {
    id: file.id,
    kind: 'file',
    fileId: file.id,
    episodeIds: [...episodeIds],
    label: file.versionLabel ?? heightLabel(streams),
    fileName: basename(file.relativePath),
    size: file.size,
    container: file.media?.container ?? extname(file.relativePath).slice(1),
    durationSeconds: file.media?.durationSeconds ?? null,
    bitrate: file.media?.bitrate ?? null,
    available: file.available,
    streams,
    externalSubtitles: subtitles.map(({ language, format }) => ({ language, format })),
    extraKind: file.extraKind,
  };
}
