import type { ClientCapabilities } from '@hearth/contract/playback';
import { type MediaInfo, streamsOf, type VideoStream } from '../ffmpeg/media-info.js';
import { supportsCodec } from './codec-support.js';

/** How a source reaches a device, with the reasons in words a person can read. */
export interface Decision {
  method: 'direct' | 'unsupported';
  reasons: string[];
}

/** Names under which a device may list a media container. */
const containerNames: Record<string, readonly string[]> = {
  matroska: ['matroska', 'mkv', 'x-matroska'],
  mov: ['mov', 'quicktime', 'mp4'],
  mpegts: ['mpegts', 'ts', 'mp2t'],
  asf: ['asf', 'wmv'],
};

function containerProblem(media: MediaInfo, client: ClientCapabilities): string[] {
  const names = containerNames[media.container] ?? [media.container];
  const known = client.containers.map((name) => name.toLowerCase().replace(/^(video|audio)\//, ''));
  return names.some((name) => known.includes(name))
    ? []
    : [`This device does not play ${media.container} files.`];
}

function videoProblems(video: VideoStream | undefined, client: ClientCapabilities): string[] {
  if (!video) return [];
  const problems: string[] = [];
  if (!supportsCodec(client.videoCodecs, video)) {
    const depth = video.bitDepth && video.bitDepth > 8 ? ` (${video.bitDepth} bit)` : '';
    problems.push(`This device does not decode ${video.codec}${depth} video.`);
  }
  if (client.maxHeight !== undefined && video.height > client.maxHeight) {
    problems.push(`The picture is ${video.height} lines high; this device takes up to ${client.maxHeight}.`);
  }
  return problems;
}

function audioProblems(media: MediaInfo, client: ClientCapabilities): string[] {
  const tracks = streamsOf(media, 'audio');
  // Browsers play the default track of a file and cannot be told to take another.
  const heard = tracks.find((track) => track.flags.default) ?? tracks[0];
  if (!heard || supportsCodec(client.audioCodecs, heard)) return [];
  return [`This device does not decode ${heard.codec} audio.`];
}

function bitrateProblems(media: MediaInfo, client: ClientCapabilities): string[] {
  if (client.maxBitrate === undefined || media.bitrate === null || media.bitrate <= client.maxBitrate)
    return [];
  const megabits = (value: number) => `${(value / 1e6).toFixed(1)} Mbit/s`;
  return [`The file needs ${megabits(media.bitrate)}; the limit is ${megabits(client.maxBitrate)}.`];
}

/** Decides purely. A device that says nothing of what it can do gets the file as it is. */
export function decide(media: MediaInfo, client: ClientCapabilities): Decision {
  const saysNothing = [client.containers, client.videoCodecs, client.audioCodecs].every(
    (list) => list.length === 0,
  );
  if (saysNothing) return { method: 'direct', reasons: ['The device did not say what it can play.'] };
  const problems = [
    ...containerProblem(media, client),
    ...videoProblems(streamsOf(media, 'video')[0], client),
    ...audioProblems(media, client),
    ...bitrateProblems(media, client),
  ];
  if (problems.length > 0) return { method: 'unsupported', reasons: problems };
  return { method: 'direct', reasons: ['Container, video and audio play on this device as they are.'] };
}
