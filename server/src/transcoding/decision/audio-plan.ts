import type { ReasonCode, StreamDecision } from '@hearth/contract/playback';
import type { AudioStream } from '../../ffmpeg/media-info.js';
import { audioCopy, audioEncode, type Rendition } from '../rendition.js';
import { isRoundedSound, isUnknownAudio, streamedAudioProblems } from './audio-problems.js';
import { streamBitrate } from './bitrates.js';
import type { Situation } from './situation.js';

/** One stream's part of a delivery: what is done to it, and the rendition that does it. */
export interface Part {
  readonly decision: StreamDecision;
  readonly rendition: Rendition | null;
}

/** The share of a limited line that sound may take as it is. */
const soundShare = 0.25;

function problemsOf(track: AudioStream, situation: Situation): ReasonCode[] {
  const { client, wishes, media, video } = situation;
  const rate = streamBitrate(media, track);
  const room = (client.maxBitrate ?? Infinity) * (video === undefined ? 1 : soundShare);
  const problems: ReasonCode[] = [
    ...streamedAudioProblems(track, client),
    ...(wishes.lateTracks?.includes(track.index) ? (['audio-starts-late'] as const) : []),
    ...(wishes.choice?.nightMode === true ? (['night-mode-chosen'] as const) : []),
    ...((rate ?? 0) > room ? (['bitrate-too-high'] as const) : []),
  ];
  return problems.length === 0 && isRoundedSound(media) ? ['audio-times-rounded'] : problems;
}

/** What every device plays already: encoding it again would change nothing. */
export const isPlainAac = ({ codec, codecString, channels }: AudioStream): boolean =>
  codec === 'aac' && channels <= 2 && (codecString === null || codecString === 'mp4a.40.2');

/** Whether the track to begin with can be sent in segments as it is. */
export const beginsCopied = (situation: Situation): boolean =>
  situation.tracks.slice(0, 1).every((track) => problemsOf(track, situation).length === 0);

/** @param safe everything but plain AAC is encoded, after what was sent before did not play */
function audioPart(track: AudioStream, situation: Situation, safe: boolean): Part {
  const { index, codec } = track;
  const problems = problemsOf(track, situation);
  const described = (
    action: StreamDecision['action'],
    to: string,
    reasons: ReasonCode[],
  ): StreamDecision => ({
    index,
    action,
    from: codec,
    to,
    reasons,
  });
  if (isUnknownAudio(track)) return { decision: described('drop', 'none', problems), rendition: null };
  if (problems.length === 0 && (!safe || isPlainAac(track)))
    return { decision: described('copy', codec, []), rendition: audioCopy(track) };
  const { client, wishes } = situation;
  return {
    decision: described('encode', 'aac', problems.length > 0 ? problems : ['failed-before-on-this-device']),
    rendition: audioEncode(track, client.maxAudioChannels ?? 2, wishes.choice?.nightMode === true),
  };
}

/** Every track in segments, the one to begin with first, so that changing it later restarts nothing. */
export function audioParts(situation: Situation, safe: boolean): Part[] {
  const { tracks, against, video } = situation;
  return tracks.map((track, place) => {
    const part = audioPart(track, situation, safe);
    if (place > 0) return part;
    // Music has no picture that could say why the file is not sent as it is.
    const container = video === undefined && part.decision.action === 'copy' ? against.container : [];
    const reasons = [...new Set([...container, ...part.decision.reasons, ...against.audio])];
    return { ...part, decision: { ...part.decision, reasons } };
  });
}
