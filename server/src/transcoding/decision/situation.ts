import type {
  ClientCapabilities,
  PlaybackChoice,
  ReasonCode,
  StreamDecision,
} from '@hearth/contract/playback';
import { type AudioStream, type MediaInfo, streamsOf, type VideoStream } from '../../ffmpeg/media-info.js';
import {
  audioProblems,
  beginningTrack,
  defaultTrack,
  playableTwin,
  streamedAudioProblems,
} from './audio-problems.js';
import { hasForeignSampleEntry, opensContainer } from './container-support.js';
import { canRemux } from '../remux/remux-support.js';
import { videoCopy } from '../rendition.js';
import { fileBitrate, streamBitrate } from './bitrates.js';
import { browserTraits, type DeviceTraits } from './device-traits.js';
import { subtitleWay } from './subtitle-way.js';
import {
  baseRange,
  claimsDolbyVision,
  isStreamableVideo,
  isUnknownVideo,
  videoProblems,
} from './video-problems.js';

/** What else a decision depends on than the file and the device's words. */
export interface Wishes {
  choice?: PlaybackChoice | undefined;
  /** BCP-47, best first. */
  audioLanguages?: readonly string[];
  /** `failureKey`s of what did not play on this device before. */
  failures?: ReadonlySet<string>;
  /** Longest stretch without a key frame, s; left out while the index is not read yet. */
  keyframeGapSeconds?: number | null;
  /** Pictures in front of a key frame need what lies before it (open groups of pictures). */
  openGroups?: boolean;
  /** Indices of audio streams that begin well after the picture: copied, players would wait for them or skip to them. */
  lateTracks?: readonly number[];
  traits?: DeviceTraits;
}

/** Everything a decision looks at, and what speaks against sending each part of the file as it is. */
export interface Situation {
  readonly media: MediaInfo;
  readonly client: ClientCapabilities;
  readonly wishes: Wishes;
  readonly video: VideoStream | undefined;
  /** The track to begin with first. */
  readonly tracks: readonly AudioStream[];
  readonly subtitle: StreamDecision | null;
  /** The device said nothing: it gets the file. */
  readonly mute: boolean;
  /** Against the file as it is. */
  readonly against: {
    readonly container: readonly ReasonCode[];
    readonly video: readonly ReasonCode[];
    readonly audio: readonly ReasonCode[];
  };
  /** Against the picture in segments as it is. */
  readonly againstVideoCopy: readonly ReasonCode[];
}

/** Longer stretches make segments that are too long to seek in (docs/adr/0013-streaming.md). */
const longestGapSeconds = 12;

/** Segments that everybody decodes, for devices that do not say. */
const anyDevice = { videoCodecs: ['h264'], audioCodecs: ['aac', 'mp3'] };

const exceeds = (rate: number | null, { maxBitrate }: ClientCapabilities): boolean =>
  rate !== null && maxBitrate !== undefined && rate > maxBitrate;

const when = (holds: boolean, code: ReasonCode): ReasonCode[] => (holds ? [code] : []);
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

/** The tracks with the one to begin with in front. */
function orderedTracks(media: MediaInfo, client: ClientCapabilities, wishes: Wishes): AudioStream[] {
  const tracks = streamsOf(media, 'audio');
  const { track, pinned } = beginningTrack(tracks, wishes.choice, wishes.audioLanguages ?? []);
  if (track === undefined) return [];
  const plays = (one: AudioStream): boolean => streamedAudioProblems(one, client).length === 0;
  const twin =
    pinned || plays(track) ? undefined : playableTwin(tracks, track, plays, client.maxAudioChannels ?? 2);
  const first = twin ?? track;
  return [first, ...tracks.filter((one) => one !== first)];
}

/** HEVC marks such frames, so that decoders leave them out. */
const cannotBeEntered = ({ codec }: VideoStream, { openGroups, traits = browserTraits }: Wishes): boolean =>
  openGroups === true && codec === 'h264' && !traits.entersOpenGroups;

function againstFile(
  media: MediaInfo,
  client: ClientCapabilities,
  wishes: Wishes,
  video: VideoStream | undefined,
  tracks: readonly AudioStream[],
): Situation['against'] {
  const traits = wishes.traits ?? browserTraits;
  const [first] = tracks;
  const another = first !== undefined && first !== defaultTrack(streamsOf(media, 'audio'));
  const foreign = video !== undefined && hasForeignSampleEntry(media, video, client.videoCodecs);
  const heavy = exceeds(fileBitrate(media), client);
  return {
    container: when(foreign || !opensContainer(media.container, client), 'container-unsupported'),
    video: [
      ...(video ? videoProblems(video, client, client.videoCodecs, traits) : []),
      ...when(heavy && video !== undefined, 'bitrate-too-high'),
      ...when(video !== undefined && cannotBeEntered(video, wishes), 'open-groups'),
    ],
    audio: [
      ...(first ? audioProblems(first, client, client.audioCodecs) : []),
      ...when(another && !traits.choosesAudioTrack, 'audio-track-not-default'),
      ...when(heavy && video === undefined, 'bitrate-too-high'),
      ...when(wishes.choice?.nightMode === true && first !== undefined, 'night-mode-chosen'),
    ],
  };
}

/**
 * What only Dolby Vision can read needs its configuration in our segments, which ffmpeg's copy of a stream leaves out, and
 * a device that names the profile for segments.
 */
function carriesItsRange(media: MediaInfo, video: VideoStream, claims: readonly string[]): boolean {
  if (baseRange(video) !== 'dolby-vision') return true;
  return canRemux(media, videoCopy(video)) && claimsDolbyVision(video, claims);
}

function againstCopy(
  media: MediaInfo,
  client: ClientCapabilities,
  wishes: Wishes,
  video: VideoStream,
  subtitle: StreamDecision | null,
): ReasonCode[] {
  const claims = client.streaming?.videoCodecs ?? client.videoCodecs;
  const problems = videoProblems(video, client, claims, wishes.traits ?? browserTraits);
  return unique([
    ...problems,
    ...when(problems.length === 0 && !isStreamableVideo(video), 'video-codec-unsupported'),
    ...when(!carriesItsRange(media, video, claims), 'video-range-unsupported'),
    ...when(exceeds(streamBitrate(media, video), client), 'bitrate-too-high'),
    ...when((wishes.keyframeGapSeconds ?? 0) > longestGapSeconds, 'sparse-keyframes'),
    ...when(cannotBeEntered(video, wishes), 'open-groups'),
    ...when(subtitle?.action === 'burn', 'subtitle-needs-burning'),
  ]);
}

/** A device that does not say what it can play. */
export const saysNothing = ({ containers, videoCodecs, audioCodecs }: ClientCapabilities): boolean =>
  [containers, videoCodecs, audioCodecs].every((list) => list.length === 0);

/** Reasons that lie in what somebody asked for, or in the line, and not in what a device decodes. */
const asked: readonly ReasonCode[] = [
  'audio-track-not-default',
  'night-mode-chosen',
  'bitrate-too-high',
  'video-resolution-too-high',
];
const wasAsked = (code: ReasonCode): boolean => asked.includes(code);

/** Looks at everything once. */
export function situationOf(media: MediaInfo, said: ClientCapabilities, wishes: Wishes): Situation {
  const mute = saysNothing(said);
  const client = mute ? { ...said, ...anyDevice } : said;
  const pictures = streamsOf(media, 'video');
  const video = pictures.find((one) => !isUnknownVideo(one)) ?? pictures[0];
  const tracks = orderedTracks(media, client, wishes);
  const subtitle = video && !isUnknownVideo(video) ? subtitleWay(media, client, wishes.choice) : null;
  const found = againstFile(media, client, wishes, video, tracks);
  // What a device that says nothing can decode is not known: only what was asked for counts.
  const against = mute
    ? { container: [], video: found.video.filter(wasAsked), audio: found.audio.filter(wasAsked) }
    : found;
  const againstVideoCopy = video ? againstCopy(media, client, wishes, video, subtitle) : [];
  return { media, client, wishes, video, tracks, subtitle, mute, against, againstVideoCopy };
}
