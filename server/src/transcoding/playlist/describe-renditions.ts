import type { AudioStream, MediaInfo, VideoStream } from '../../ffmpeg/media-info.js';
import { displaySize } from '../../ffmpeg/picture-size.js';
import { streamBitrate } from '../decision/bitrates.js';
import { encodedAudioCodec, encodedVideoCodec } from '../head/h264-level.js';
import { canRemux } from '../remux/remux-support.js';
import type { AudioCopy, AudioEncode, Rendition, VideoCopy, VideoEncode } from '../rendition.js';
import { type SegmentTable, segmentCount, usualDuration } from '../timeline/segment-table.js';
import type { AudioTrack, Presentation, SubtitleTrack, VideoTrack } from './presentation.js';

/** Measured rates of a copied stream, bits per second. */
export interface Rates {
  readonly average: number;
  readonly peak: number;
}

/** A rendition with its table, and its rates where somebody measured them. */
export interface Described {
  readonly rendition: Rendition;
  readonly table: SegmentTable;
  readonly rates?: Rates | undefined;
}

/** How much more than its mean a copied stream's busiest segment takes, where nobody measured it. */
const guessedPeak = { video: 2, audio: 1.2 };

/** Seconds of the bit rate that the encoder's buffer holds (`-bufsize` is twice `-maxrate`), and how full it begins. */
const bufferSeconds = 2;
const bufferFill = 0.9;

/** The busiest segment the encoder's buffer lets through. */
const encodedPeak = (bitrate: number, table: SegmentTable): number => {
  const seconds = segmentCount(table) > 1 ? usualDuration(table) : Infinity;
  return bitrate * (1 + (bufferSeconds * bufferFill) / Math.max(seconds, 1));
};

const two = (value: number): string => String(value).padStart(2, '0');

/** Whether the sample entry of a copy is Dolby Vision's own: the file's is, or no other decoder could show it. */
const isDolbyEntry = ({ hdr, codec, codecString }: VideoStream): boolean =>
  codec === 'hevc' &&
  hdr.dolbyVision !== null &&
  (hdr.dolbyVision.compatibility === 0 || /^dv(h1|he)\./.test(codecString ?? ''));

/** The codec string of a copied picture, under the sample entry that our segments carry: the one with parameter sets in it. */
function copiedVideoCodec(stream: VideoStream): string {
  const { codec, codecString, hdr } = stream;
  if (hdr.dolbyVision && isDolbyEntry(stream))
    return `dvh1.${two(hdr.dolbyVision.profile)}.${two(hdr.dolbyVision.level)}`;
  return (codecString ?? codec).replace(/^avc3\./, 'avc1.').replace(/^(hev1|dvh1|dvhe)\./, 'hvc1.');
}

/** Names that fragmented MP4 has for codecs whose files have others. */
const audioNames: Readonly<Record<string, string>> = {
  mp3: 'mp4a.40.34', flac: 'fLaC', opus: 'Opus', ac3: 'ac-3', eac3: 'ec-3', alac: 'alac', dts: 'dtsc', truehd: 'mlpa',
}; // prettier-ignore

const copiedAudioCodec = ({ codec, codecString }: AudioStream): string =>
  audioNames[codec] ?? codecString ?? 'mp4a.40.2';

function rangeOf({ hdr, colour }: VideoStream): VideoTrack['range'] {
  if (hdr.kind === 'hlg' || hdr.dolbyVision?.compatibility === 4) return 'HLG';
  if (hdr.kind === 'sdr' || hdr.dolbyVision?.compatibility === 2) return 'SDR';
  return colour.transfer === 'arib-std-b67' ? 'HLG' : 'PQ';
}

/** `db1p`, `db4h`: what the base layer under Dolby Vision is (HLS authoring specification, 1.10). */
const bases: Readonly<Record<number, string>> = { 1: 'db1p', 2: 'db2g', 4: 'db4h' };

function supplementalCodec(stream: VideoStream): string | null {
  const { codec, hdr } = stream;
  const { dolbyVision } = hdr;
  const base = bases[dolbyVision?.compatibility ?? 0];
  if (!dolbyVision || base === undefined || isDolbyEntry(stream)) return null;
  const entry = codec === 'av1' ? 'dav1' : 'dvh1';
  return `${entry}.${two(dolbyVision.profile)}.${two(dolbyVision.level)}/${base}`;
}

/** bits per second of sound that nobody says anything of */
const guessedSound = ({ stream }: VideoCopy | AudioCopy): number =>
  stream.kind === 'audio' ? Math.max(1, stream.channels) * 96_000 : 0;

function copyRates(
  media: MediaInfo,
  { rendition, rates }: Described & { rendition: VideoCopy | AudioCopy },
): Pick<VideoTrack, 'averageBandwidth' | 'peakBandwidth'> {
  const average = rates?.average ?? streamBitrate(media, rendition.stream) ?? guessedSound(rendition);
  return {
    averageBandwidth: Math.max(1, average),
    peakBandwidth: Math.max(1, rates?.peak ?? average * guessedPeak[rendition.kind]),
  };
}

function encodeRates({ rendition, table }: Described & { rendition: VideoEncode | AudioEncode }) {
  const { bitrate, kind } = rendition;
  return {
    averageBandwidth: bitrate,
    peakBandwidth: kind === 'video' ? encodedPeak(bitrate, table) : bitrate * 1.1,
  };
}

function encodedVideo(rendition: VideoEncode, described: Described): VideoTrack {
  const { id, width, height, frameRate } = rendition;
  const codec = encodedVideoCodec(rendition);
  const rates = encodeRates({ ...described, rendition });
  return {
    id,
    codec,
    width,
    height,
    frameRate,
    range: 'SDR',
    supplementalCodec: null,
    table: described.table,
    ...rates,
  };
}

function copiedVideo(media: MediaInfo, rendition: VideoCopy, described: Described): VideoTrack {
  const { stream, id } = rendition;
  const [width, height] = displaySize(stream);
  const { frameRate, framesPerSecond } = stream;
  const rate = frameRate ?? (framesPerSecond ? { num: Math.round(framesPerSecond * 1000), den: 1000 } : null);
  return {
    id,
    codec: copiedVideoCodec(stream),
    width: Math.round(width),
    height: Math.round(height),
    frameRate: rate,
    range: rangeOf(stream),
    supplementalCodec: canRemux(media, rendition) ? supplementalCodec(stream) : null,
    table: described.table,
    ...copyRates(media, { ...described, rendition }),
  };
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** What people call a track: its title, else its language. */
function trackName(language: string | null, title: string | null): string {
  return title?.trim() || (language && languageNames.of(language)) || language || 'Unknown';
}

function audioTrack(media: MediaInfo, rendition: AudioCopy | AudioEncode, described: Described): AudioTrack {
  const { stream, id } = rendition;
  const copied = rendition.action === 'copy';
  const { commentary, visualImpaired } = stream.flags;
  return {
    id,
    codec: copied ? copiedAudioCodec(stream) : encodedAudioCodec,
    name: trackName(stream.language, stream.title),
    language: stream.language,
    channels: copied ? stream.channels : rendition.channels,
    atmos: copied && stream.codec === 'eac3' && /atmos/i.test(stream.profile ?? ''),
    sampleRate: copied ? stream.sampleRate : 48_000,
    purpose: commentary ? 'commentary' : visualImpaired ? 'description' : 'main',
    table: described.table,
    ...(rendition.action === 'copy'
      ? copyRates(media, { ...described, rendition })
      : encodeRates({ ...described, rendition })),
  };
}

/** What the manifests say of these renditions of a file. */
export function presentationOf(
  media: MediaInfo,
  renditions: readonly Described[],
  subtitles: readonly SubtitleTrack[] = [],
): Presentation {
  const video: VideoTrack[] = [];
  const audio: AudioTrack[] = [];
  for (const described of renditions) {
    const { rendition } = described;
    if (rendition.kind === 'audio') audio.push(audioTrack(media, rendition, described));
    else if (rendition.action === 'encode') video.push(encodedVideo(rendition, described));
    else video.push(copiedVideo(media, rendition, described));
  }
  const ends = [...video, ...audio].map(({ table }) => (table.boundaries.at(-1) ?? 0) / table.timescale);
  const durationSeconds = ends.reduce((last, end) => Math.max(last, end), 0) || (media.durationSeconds ?? 0);
  return { durationSeconds, video, audio, subtitles };
}
