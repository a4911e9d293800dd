import type { ClientCapabilities } from '@hearth/contract/playback';
import { type MediaInfo, streamsOf, type VideoStream } from '../../ffmpeg/media-info.js';
import type { RendererCapabilities } from './renderer-capabilities.js';

/** Televisions show what broadcasts are: interlaced pictures, pixels that are not square; and they let one choose the sound. */
export const rendererTraits = {
  deinterlaces: true,
  anamorphic: true,
  rotates: true,
  choosesAudioTrack: true,
  entersOpenGroups: true,
} as const;

/** What MPEG-TS carries of what may be copied into it (ISO 13818-1, ATSC A/52, ETSI TS 101 154). */
const carriedVideo = ['h264', 'hevc'];
const carriedAudio = ['aac', 'ac3', 'eac3', 'mp3', 'dts'];

/** Exact strings that speak for every level of the 8-bit profile of a family, whose short name speaks for 10 bits too. */
const eightBit: Readonly<Record<string, string>> = {
  hevc: 'hvc1.1.6.H186.B0',
  vp9: 'vp09.00.62.08',
  av1: 'av01.0.23H.08',
};

type Playable = Pick<RendererCapabilities, 'bitDepth'>;

/** A claim to a family; `*` claims exactly what there is. */
function videoClaims(
  names: readonly string[],
  video: VideoStream | undefined,
  { bitDepth }: Playable,
): string[] {
  const isTooDeep = (video?.bitDepth ?? 8) > bitDepth;
  return names.flatMap((name) => {
    if (name !== '*') return bitDepth === 8 ? (eightBit[name] ?? name) : name;
    if (video === undefined || isTooDeep) return [];
    return video.codecString === null ? video.codec : [video.codec, video.codecString];
  });
}

const audioClaims = (names: readonly string[], media: MediaInfo): string[] =>
  names.flatMap((name) => (name === '*' ? streamsOf(media, 'audio').map(({ codec }) => codec) : name));

const withAny = (names: readonly string[], all: readonly string[]): string[] =>
  names.includes('*') ? [...all] : all.filter((name) => names.includes(name));

/** Nothing: an empty list would mean that the device does not say. */
const none = ['none'];

/**
 * A renderer's profile, which lists codecs by container, in the words of a decision about one file. Pure.
 * @param maxBitrate what else limits it: its person's account @param burns subtitles that are wished for belong into the picture
 */
export function clientOf(
  capabilities: RendererCapabilities,
  media: MediaInfo,
  { maxBitrate, burns }: { maxBitrate?: number | undefined; burns: boolean },
): ClientCapabilities {
  const [video] = streamsOf(media, 'video');
  const { containers, audio, maxHeight, maxAudioChannels, hdr, convert } = capabilities;
  const music = { video: [], audio };
  const plays = video === undefined ? music : containers[media.container];
  const transport = containers['mpegts'];
  const caps = [capabilities.maxBitrate, maxBitrate].filter((cap) => cap !== undefined);
  return {
    containers: plays === undefined ? none : [media.container],
    videoCodecs: videoClaims(plays?.video ?? [], video, capabilities),
    audioCodecs: audioClaims(plays?.audio ?? [], media),
    streaming: {
      videoCodecs: videoClaims(
        transport ? withAny(transport.video, carriedVideo) : ['h264'],
        video,
        capabilities,
      ),
      audioCodecs: transport ? withAny(transport.audio, carriedAudio) : [convert.audio],
    },
    hdr: [...hdr],
    maxAudioChannels: Math.min(8, Math.max(1, maxAudioChannels)),
    subtitleFormats: burns ? [] : ['vtt', 'ass', 'pgs', 'vobsub'],
    ...(maxHeight !== undefined && { maxHeight }),
    ...(caps.length > 0 && { maxBitrate: Math.min(...caps) }),
  };
}
