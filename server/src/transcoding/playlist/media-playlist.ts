import type { SegmentTable } from '../timeline/segment-table.js';

/** Moments in whole microseconds: rounded one by one, so that the sum of what is written never drifts. */
const microseconds = ({ boundaries, timescale }: SegmentTable): number[] =>
  boundaries.map((ticks) => Math.round((ticks * 1e6) / timescale));

const seconds = (micros: number): string =>
  `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;

/** Media playlist (RFC 8216, 4.3.3) of a rendition: `init.mp4` and `<number>.m4s` beside it, from 0. */
export function mediaPlaylist(table: SegmentTable): string {
  const moments = microseconds(table);
  const durations = moments.slice(1).map((end, index) => end - (moments[index] ?? 0));
  const longest = durations.reduce((most, one) => Math.max(most, one), 0);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(longest / 1e6))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="init.mp4"',
    ...durations.flatMap((micros, index) => [`#EXTINF:${seconds(micros)},`, `${index}.m4s`]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/** Media playlist of a subtitle: the whole track is one WebVTT segment. */
export function subtitlePlaylist(durationSeconds: number): string {
  const micros = Math.max(1000, Math.round(durationSeconds * 1e6));
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(micros / 1e6)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${seconds(micros)},`,
    'subtitles.vtt',
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}
