import type { Quality } from '@hearth/contract/playback';
import type { VideoStream } from '../../ffmpeg/media-info.js';
import { nominalHeight } from '../../ffmpeg/picture-size.js';
import { encodedVideoCodec } from '../head/h264-level.js';
import { rungsFor, videoEncode } from '../rendition.js';
import { shortCodecName } from './codec-string.js';
import { codecProblem } from './codec-support.js';
import { isUnknownVideo } from './video-problems.js';
import { streamBitrate } from './bitrates.js';
import type { Situation } from './situation.js';

/** bits per second that stereo AAC takes beside a picture */
const soundBitrate = 192_000;

const isPicture = (video: VideoStream | undefined): video is VideoStream =>
  video !== undefined && !isUnknownVideo(video);

const rungBitrate = (video: VideoStream, rung: number): number =>
  videoEncode(video, rung).bitrate + soundBitrate;

/** Whether the picture can reach the device as it is, in the file or in segments. */
export const keepsOriginal = ({ against, againstVideoCopy, subtitle }: Situation): boolean =>
  againstVideoCopy.length === 0 ||
  (against.video.length === 0 && against.container.length === 0 && subtitle?.action !== 'burn');

/** Whether the device decodes what an encoding at this height would be; who names no H.264 is believed to know it. */
function isDecoded({ client }: Situation, video: VideoStream, rung: number): boolean {
  const claims = client.streaming?.videoCodecs ?? client.videoCodecs;
  if (!claims.some((claim) => shortCodecName(claim) === 'h264')) return true;
  const codecString = encodedVideoCodec(videoEncode(video, rung));
  return codecProblem(claims, { codec: 'h264', codecString, profile: null, bitDepth: 8 }) === null;
}

/** The heights it may be encoded at, largest first: what the device and the line take, or the smallest there is. */
export function rungsWithin(situation: Situation): number[] {
  const { video, client } = situation;
  if (!isPicture(video)) return [];
  const all = rungsFor(video);
  const fitting = all.filter(
    (rung) =>
      rung <= (client.maxHeight ?? Infinity) * 1.02 &&
      rungBitrate(video, rung) <= (client.maxBitrate ?? Infinity) &&
      isDecoded(situation, video, rung),
  );
  return fitting.length > 0 ? fitting : all.slice(-1);
}

/** A rung as high as the original is of use only where it saves a good part of the line. */
function isWorthIt(situation: Situation, video: VideoStream, rung: number): boolean {
  if (!keepsOriginal(situation) || rung < nominalHeight(video) * 0.98) return true;
  const own = streamBitrate(situation.media, video);
  return own === null || rungBitrate(video, rung) < own * 0.8;
}

/** What can be chosen, best first, and `playing` in any case. Empty for music. */
export function qualityMenu(situation: Situation, playing?: string): Quality[] {
  const { video, media } = situation;
  if (!isPicture(video)) return [];
  const own = streamBitrate(media, video) ?? 0;
  const original: Quality = {
    name: 'original',
    height: nominalHeight(video),
    bitrate: Math.round(own),
    action: 'copy',
  };
  const encoded = rungsWithin(situation)
    .filter((rung) => `${rung}p` === playing || isWorthIt(situation, video, rung))
    .map((rung): Quality => ({
      name: `${rung}p`,
      height: rung,
      bitrate: rungBitrate(video, rung),
      action: 'encode',
    }));
  return keepsOriginal(situation) ? [original, ...encoded] : encoded;
}

/** The height somebody asked for, where that means an encoding; undefined for the best there is. */
export function chosenRung(situation: Situation): number | undefined {
  const wanted = Number(/^(\d+)p$/.exec(situation.wishes.choice?.quality ?? '')?.[1] ?? Infinity);
  const encoded = qualityMenu(situation).filter(({ action }) => action === 'encode');
  const [top] = encoded;
  if (wanted === Infinity || top === undefined || wanted > top.height) return undefined;
  return (encoded.find(({ height }) => height <= wanted) ?? encoded.at(-1))?.height;
}
