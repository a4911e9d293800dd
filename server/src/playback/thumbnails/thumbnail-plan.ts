import { type MediaInfo, type VideoStream } from '../../ffmpeg/media-info.js';
import { displaySize } from '../../ffmpeg/picture-size.js';

/** How the seek thumbnails of one file are laid out: tiles of one size, row by row, on sprites of `columns` × `rows`. */
export interface ThumbnailPlan {
  readonly intervalSeconds: number;
  /** Pixels of one tile. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Tiles in all; the last sprite may have empty places. */
  readonly count: number;
}

/** Pixels along the longer side: readable on a television, 4 KB a tile. */
const tileSize = 240;
const tilesAcross = 5;
/** A three-hour film at ten seconds. */
const mostTiles = 1080;

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2);

/** A tile every ten seconds, closer in short clips; undefined where there is nothing to see. */
export function planThumbnails(media: MediaInfo, video: VideoStream): ThumbnailPlan | undefined {
  const duration = media.durationSeconds ?? 0;
  const [width, height] = displaySize(video);
  if (duration < 2 || width < 2 || height < 2) return undefined;
  const wished = Math.min(10, Math.max(1, duration / 120));
  const intervalSeconds = Math.round(Math.max(wished, duration / mostTiles) * 1000) / 1000;
  const scale = tileSize / Math.max(width, height);
  return {
    intervalSeconds,
    width: even(width * scale),
    height: even(height * scale),
    columns: tilesAcross,
    rows: tilesAcross,
    count: Math.max(1, Math.ceil(duration / intervalSeconds - 1e-6)),
  };
}

export const spriteCount = ({ count, columns, rows }: ThumbnailPlan): number =>
  Math.ceil(count / (columns * rows));

/** Name of a sprite, as ffmpeg numbers them with `%03d` from 0. */
export const spriteName = (index: number): string => `${String(index).padStart(3, '0')}.jpg`;

/** HDR to SDR after scaling (transcoding.md 2.6: a third of the work of doing it before). */
const toneMap = [
  'zscale=t=linear:npl=100', 'format=gbrpf32le', 'zscale=p=bt709', 'tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=pc', 'format=yuvj420p',
]; // prettier-ignore

/**
 * ffmpeg's arguments. Only key frames are decoded, 24 times less work than all of them, unless there are too few:
 * then all frames that others build on.
 */
export function thumbnailArguments(
  plan: ThumbnailPlan,
  video: VideoStream,
  sparseKeyframes: boolean,
): { inputOptions: string[]; outputOptions: string[] } {
  const { intervalSeconds, width, height, columns, rows, count } = plan;
  const filters = [
    // Tile n is the picture nearest to n × interval, from the first to the last, whatever the key frames are.
    `fps=1000/${Math.round(intervalSeconds * 1000)}:start_time=0:round=near:eof_action=pass`,
    'tpad=stop_mode=clone:stop=-1',
    `trim=end_frame=${count}`,
    `scale=${width}:${height}:flags=area`,
    'setsar=1',
    ...(video.hdr.kind === 'sdr' ? ['format=yuvj420p'] : toneMap),
    `tile=${columns}x${rows}`,
  ];
  return {
    inputOptions: ['-skip_frame', sparseKeyframes ? 'noref' : 'nokey', '-threads', '1'],
    outputOptions: [
      '-map', `0:${video.index}`, '-an', '-sn', '-dn', '-vf', filters.join(','), '-fps_mode', 'passthrough',
      '-q:v', '5', '-start_number', '0', '-f', 'image2',
    ], // prettier-ignore
  };
}
