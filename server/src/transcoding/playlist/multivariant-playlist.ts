import { distinct, quoted } from './manifest-text.js';
import type { AudioTrack, Presentation, SubtitleTrack, VideoTrack } from './presentation.js';

type Attributes = readonly (readonly [name: string, value: string | null])[];

const tag = (name: string, attributes: Attributes): string =>
  `#${name}:${attributes.flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`])).join(',')}`;

const yes = (holds: boolean): string => (holds ? 'YES' : 'NO');
const uri = (id: string): string => `${id}/index.m3u8`;
const most = (values: readonly number[]): number => values.reduce((top, value) => Math.max(top, value), 0);

/** Whether each may be taken without being asked for: the first of those that a player cannot tell apart. */
function automatic(keys: readonly (string | null)[]): boolean[] {
  return keys.map((key, index) => key !== null && keys.indexOf(key) === index);
}

/** `6`, or `16/JOC` for Dolby Atmos in E-AC-3 (HLS authoring specification, 4.5). */
const channels = ({ channels: count, atmos }: AudioTrack): string => (atmos ? '16/JOC' : String(count));

/**
 * All tracks are one group, whatever their codecs: groups must have the same members (RFC 8216, 4.3.4.1.1), and a player
 * changes tracks within a group without touching the picture.
 */
function audioTags(tracks: readonly AudioTrack[]): string[] {
  const names = distinct(tracks.map(({ name }) => name));
  const chosen = automatic(
    tracks.map(({ purpose, language }) => (purpose === 'commentary' ? null : `${purpose} ${language ?? ''}`)),
  );
  return tracks.map((track, index) =>
    tag('EXT-X-MEDIA', [
      ['TYPE', 'AUDIO'],
      ['GROUP-ID', '"audio"'],
      ['LANGUAGE', track.language === null ? null : quoted(track.language)],
      ['NAME', quoted(names[index] ?? '')],
      ['DEFAULT', yes(index === 0)],
      ['AUTOSELECT', yes(index === 0 || chosen[index] === true)],
      ['CHARACTERISTICS', track.purpose === 'description' ? '"public.accessibility.describes-video"' : null],
      ['CHANNELS', `"${channels(track)}"`],
      ['URI', quoted(uri(track.id))],
    ]),
  );
}

/** Apple's tags of subtitles for those who do not hear (HLS authoring specification, 5.2). */
const forDeaf =
  '"public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"';

function subtitleTags(tracks: readonly SubtitleTrack[]): string[] {
  const names = distinct(tracks.map(({ name }) => name));
  const chosen = automatic(
    tracks.map((track) => [track.language ?? '', track.forced, track.hearingImpaired].join(' ')),
  );
  const first = tracks.findIndex(({ isDefault }) => isDefault);
  return tracks.map((track, index) =>
    tag('EXT-X-MEDIA', [
      ['TYPE', 'SUBTITLES'],
      ['GROUP-ID', '"subtitles"'],
      ['LANGUAGE', track.language === null ? null : quoted(track.language)],
      ['NAME', quoted(names[index] ?? '')],
      ['DEFAULT', yes(index === first)],
      ['AUTOSELECT', yes(index === first || chosen[index] === true)],
      ['FORCED', yes(track.forced)],
      ['CHARACTERISTICS', track.hearingImpaired ? forDeaf : null],
      ['URI', quoted(uri(track.id))],
    ]),
  );
}

function variant(main: VideoTrack | AudioTrack, { audio, subtitles }: Presentation): string[] {
  const picture = 'width' in main ? main : null;
  const sounds: readonly AudioTrack[] = audio;
  const codecs = [...new Set([...(picture ? [picture.codec] : []), ...sounds.map(({ codec }) => codec)])];
  const rate = (of: 'averageBandwidth' | 'peakBandwidth'): string =>
    String(Math.ceil((picture?.[of] ?? 0) + most(sounds.map((track) => track[of]))));
  const grouped = sounds.length > (picture ? 0 : 1);
  return [
    tag('EXT-X-STREAM-INF', [
      ['BANDWIDTH', rate('peakBandwidth')],
      ['AVERAGE-BANDWIDTH', rate('averageBandwidth')],
      ['CODECS', quoted(codecs.join(','))],
      ['SUPPLEMENTAL-CODECS', picture?.supplementalCodec ? quoted(picture.supplementalCodec) : null],
      ['RESOLUTION', picture && `${picture.width}x${picture.height}`],
      ['FRAME-RATE', picture?.frameRate ? (picture.frameRate.num / picture.frameRate.den).toFixed(3) : null],
      ['VIDEO-RANGE', picture?.range ?? null],
      ['AUDIO', grouped ? '"audio"' : null],
      ['SUBTITLES', subtitles.length > 0 ? '"subtitles"' : null],
      ['CLOSED-CAPTIONS', picture ? 'NONE' : null],
    ]),
    uri(main.id),
  ];
}

/** Multivariant playlist (RFC 8216, 4.3.4): every picture with all sound and subtitles; music has no picture. */
export function multivariantPlaylist(presentation: Presentation): string {
  const { video, audio, subtitles } = presentation;
  const mains: readonly (VideoTrack | AudioTrack)[] = video.length > 0 ? video : audio.slice(0, 1);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(audio.length > (video.length > 0 ? 0 : 1) ? audioTags(audio) : []),
    ...subtitleTags(subtitles),
    ...mains.flatMap((main) => variant(main, presentation)),
    '',
  ].join('\n');
}
