import type {
  ClientCapabilities,
  PlayMethod,
  Quality,
  ReasonCode,
  StreamDecision,
} from '@hearth/contract/playback';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import { videoCopy, videoEncode } from '../rendition.js';
import { audioParts, beginsCopied, isPlainAac, type Part } from './audio-plan.js';
import { isUnknownAudio } from './audio-problems.js';
import { chosenRung, keepsOriginal, qualityMenu, rungsWithin } from './quality-menu.js';
import { displayName, reasonSentence } from './reason-sentences.js';
import { type Situation, situationOf, type Wishes } from './situation.js';
import { codedRange, isUnknownVideo } from './video-problems.js';

/** One way a file reaches a device. */
export interface Delivery {
  /** `remux`: in segments, nothing of what is shown first is encoded. */
  method: PlayMethod;
  container: 'direct' | 'hls';
  video: StreamDecision | null;
  /** The track to begin with first. */
  audio: StreamDecision[];
  subtitle: StreamDecision | null;
  /** Ids, the picture first, then the sound to begin with; none for a direct play. */
  renditions: string[];
  /** `original`, or a height such as `720p`. */
  quality: string;
  /** Why, in words a person can read. */
  reasons: string[];
  /** What to remember for the device when this does not play: way, media container, codecs. */
  failureKey: string;
}

export interface Decision extends Delivery {
  /** What can be chosen, best first; empty for music. */
  qualities: Quality[];
  /** Ids of every other picture that can be sent in segments: what a player may switch to without asking. */
  variants: string[];
  /** What is left when this does not play, in order. */
  ladder: Delivery[];
}

/** Nothing of the file can be shown on any device. */
export interface Unplayable {
  method: 'unsupported';
  reasons: string[];
}

/** The ways from cheapest to dearest; a number is the height the picture is encoded at. */
type Way = 'direct' | 'remux' | 'audio-encode' | number;

const hasPicture = ({ video }: Situation): boolean => video !== undefined && !isUnknownVideo(video);
const hasSound = ({ tracks }: Situation): boolean => tracks.some((track) => !isUnknownAudio(track));

/** Every way that the rules leave open, cheapest first. */
function waysOf(situation: Situation): Way[] {
  const { against, againstVideoCopy, subtitle, tracks } = situation;
  const rung = chosenRung(situation);
  if (rung !== undefined) return rungsWithin(situation).filter((one) => one <= rung);
  const direct =
    [...against.container, ...against.video, ...against.audio].length === 0 && subtitle?.action !== 'burn';
  const copies = hasPicture(situation) ? againstVideoCopy.length === 0 : hasSound(situation);
  const [first] = tracks;
  const copiesSound = beginsCopied(situation);
  const encodesSound = first !== undefined && !isUnknownAudio(first) && !(copiesSound && isPlainAac(first));
  return [
    ...(direct ? (['direct'] as const) : []),
    ...(copies && copiesSound ? (['remux'] as const) : []),
    ...(copies && (encodesSound || !copiesSound) ? (['audio-encode'] as const) : []),
    ...rungsWithin(situation),
  ];
}

/** Names a way of this content on a device: other files of the same sort share its fate there. */
function failureKey(way: Way, { media, video, tracks }: Situation): string {
  const [audio] = tracks;
  const name = typeof way === 'number' ? `${way}p` : way;
  const codec = (stream: { codec: string; codecString: string | null } | undefined): string =>
    stream === undefined ? '-' : (stream.codecString ?? stream.codec);
  return [name, way === 'direct' ? media.container : 'hls', codec(video), codec(audio)].join('|');
}

/** @param fallback cheaper ways were open, and did not play */
function videoPart(way: Way, situation: Situation, fallback: boolean): Part | null {
  const { video, against, againstVideoCopy } = situation;
  if (video === undefined) return null;
  const { index, codec } = video;
  const base = { index, from: codec };
  if (isUnknownVideo(video))
    return { decision: { ...base, action: 'drop', to: 'none', reasons: ['video-unknown'] }, rendition: null };
  const failed: ReasonCode[] = fallback ? ['failed-before-on-this-device'] : [];
  if (typeof way !== 'number') {
    const reasons = way === 'direct' ? failed : [...against.container, ...against.video, ...failed];
    return { decision: { ...base, action: 'copy', to: codec, reasons }, rendition: videoCopy(video) };
  }
  const burned = situation.subtitle?.action === 'burn' ? situation.subtitle.index : null;
  const chosen = chosenRung(situation);
  const lowered = chosen !== undefined && (keepsOriginal(situation) || chosen !== rungsWithin(situation)[0]);
  const reasons = [
    ...new Set([
      ...againstVideoCopy,
      // Its own colours need its metadata in the decoder, which libplacebo brings and only with a graphics card.
      ...(codedRange(video) === 'dolby-vision' ? (['video-colours-wrong'] as const) : []),
      ...(lowered ? (['quality-chosen'] as const) : []),
      ...failed,
    ]),
  ];
  return {
    decision: { ...base, action: 'encode', to: 'h264', reasons },
    rendition: videoEncode(video, way, burned),
  };
}

function heardDirectly({ tracks }: Situation): Part[] {
  return tracks.slice(0, 1).map(({ index, codec }) => ({
    decision: { index, action: 'copy', from: codec, to: codec, reasons: [] },
    rendition: null,
  }));
}

/** What is done, in a sentence. */
function summary(
  method: PlayMethod,
  video: StreamDecision | null,
  audio: StreamDecision | undefined,
): string {
  if (method === 'direct') return 'Container, video and audio play on this device as they are.';
  if (method === 'remux') return 'Nothing is converted: video and audio are repackaged as they are.';
  const part = (what: string, one: StreamDecision | null | undefined): string[] => {
    if (!one || one.action === 'drop') return [];
    return [
      one.action === 'copy' ? `${what} is sent as it is` : `${what} is converted to ${displayName(one.to)}`,
    ];
  };
  return `${[...part('Video', video), ...part('audio', audio)].join(', ')}.`.replace(/^a/, 'A');
}

function reasonsOf(situation: Situation, delivery: Omit<Delivery, 'reasons'>): string[] {
  const { video, audio, subtitle, method, container } = delivery;
  if (situation.mute && container === 'direct') return ['The device did not say what it can play.'];
  const codes = [
    ...(container === 'direct' ? [] : situation.against.container),
    ...(video?.reasons ?? []),
    ...(audio[0]?.reasons ?? []),
    ...(subtitle?.reasons ?? []),
  ];
  const sentences = [...new Set(codes)].map((code) => reasonSentence(code, situation));
  return [...sentences, summary(method, video, audio[0])];
}

function deliver(way: Way, situation: Situation, fallback: boolean): Delivery {
  const direct = way === 'direct';
  const video = videoPart(way, situation, fallback);
  const sound = direct ? heardDirectly(situation) : audioParts(situation, fallback && way !== 'remux');
  const audio = sound.map(({ decision }) => decision);
  const [first] = audio;
  if (
    fallback &&
    video === null &&
    first !== undefined &&
    !first.reasons.includes('failed-before-on-this-device')
  )
    first.reasons.push('failed-before-on-this-device');
  const encodes = [video?.decision, first].some((one) => one?.action === 'encode');
  const delivery: Omit<Delivery, 'reasons'> = {
    method: direct ? 'direct' : encodes ? 'transcode' : 'remux',
    container: direct ? 'direct' : 'hls',
    video: video?.decision ?? null,
    audio,
    subtitle: situation.subtitle,
    renditions: direct ? [] : [video, ...sound].flatMap((part) => part?.rendition?.id ?? []),
    quality: typeof way === 'number' ? `${way}p` : 'original',
    failureKey: failureKey(way, situation),
  };
  return { ...delivery, reasons: reasonsOf(situation, delivery) };
}

function variantsOf(
  situation: Situation,
  qualities: readonly Quality[],
  { container, renditions }: Delivery,
): string[] {
  const { video, subtitle, againstVideoCopy } = situation;
  if (container === 'direct' || video === undefined || isUnknownVideo(video)) return [];
  const burned = subtitle?.action === 'burn' ? subtitle.index : null;
  const all = qualities.flatMap(({ action, height }) => {
    if (action === 'encode') return [videoEncode(video, height, burned).id];
    return againstVideoCopy.length === 0 ? [videoCopy(video).id] : [];
  });
  return all.filter((id) => !renditions.includes(id));
}

/**
 * How a file reaches a device: the cheapest way that the device, the line and the viewer's choice allow, and what is left
 * when that does not play. Pure. A device that says nothing of what it can do gets the file as it is.
 */
export function decide(
  media: MediaInfo,
  client: ClientCapabilities,
  wishes: Wishes = {},
): Decision | Unplayable {
  const situation = situationOf(media, client, wishes);
  if (!hasPicture(situation) && !hasSound(situation)) {
    const codes: ReasonCode[] = situation.video ? ['video-unknown'] : ['audio-unknown'];
    return { method: 'unsupported', reasons: codes.map((code) => reasonSentence(code, situation)) };
  }
  const ways = waysOf(situation);
  const open = ways.filter((way) => !wishes.failures?.has(failureKey(way, situation)));
  // The last way is never closed: an attempt is better than a refusal.
  const [first, ...rest] = open.length > 0 ? open : ways.slice(-1);
  if (first === undefined) return { method: 'unsupported', reasons: ['Nothing in this file can be played.'] };
  const delivery = deliver(first, situation, first !== ways[0]);
  const qualities = qualityMenu(situation, delivery.quality);
  return {
    ...delivery,
    qualities,
    variants: variantsOf(situation, qualities, delivery),
    ladder: rest.map((way) => deliver(way, situation, true)),
  };
}
