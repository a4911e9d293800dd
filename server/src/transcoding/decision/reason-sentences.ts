import type { ReasonCode } from '@hearth/contract/playback';
import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import { fileBitrate } from './bitrates.js';
import type { Situation } from './situation.js';

const names: Readonly<Record<string, string>> = {
  h264: 'H.264', hevc: 'HEVC', av1: 'AV1', vp9: 'VP9', vp8: 'VP8', mpeg2video: 'MPEG-2', mpeg4: 'MPEG-4', vc1: 'VC-1',
  aac: 'AAC', ac3: 'AC-3', eac3: 'E-AC-3', dts: 'DTS', truehd: 'TrueHD', flac: 'FLAC', opus: 'Opus', mp3: 'MP3',
  vorbis: 'Vorbis', alac: 'ALAC', matroska: 'Matroska', mp4: 'MP4', mov: 'QuickTime', avi: 'AVI', webm: 'WebM',
  mpegts: 'MPEG transport stream', mpegps: 'MPEG program stream', asf: 'Windows Media', flv: 'Flash video', ogg: 'Ogg',
  hdr10: 'HDR10', hdr10plus: 'HDR10+', hlg: 'HLG', 'dolby-vision': 'Dolby Vision', hdmv_pgs_subtitle: 'PGS',
  dvd_subtitle: 'VobSub', ass: 'ASS', subrip: 'SubRip',
}; // prettier-ignore
export const displayName = (name: string): string => names[name] ?? name;

const megabits = (value: number): string => `${(value / 1e6).toFixed(1)} Mbit/s`;

function ofVideo(code: ReasonCode, video: VideoStream, { client }: Situation): string | undefined {
  const codec = displayName(video.codec);
  switch (code) {
    case 'video-codec-unsupported':
      return `This device does not decode ${codec} video.`;
    case 'video-profile-unsupported':
      return `This device does not decode this profile of ${codec}${video.profile ? ` (${video.profile})` : ''}.`;
    case 'video-level-unsupported':
      return `The ${codec} video is more than this device decodes${video.level ? ` (level ${video.level})` : ''}.`;
    case 'video-bit-depth-unsupported':
      return `This device does not decode ${video.bitDepth ?? 10}-bit ${codec} video.`;
    case 'video-resolution-too-high':
      return `The picture is ${video.width} × ${video.height}; this device takes up to ${client.maxHeight ?? 0} lines.`;
    case 'video-frame-rate-too-high':
      return `${Math.round(video.framesPerSecond ?? 0)} frames a second are more than this device shows.`;
    case 'video-range-unsupported':
      return `This device does not show ${displayName(video.hdr.kind)}.`;
    case 'video-colours-wrong':
      return 'Its colours can only be read by Dolby Vision (profile 5): converted, they are wrong.';
    case 'video-interlaced':
      return 'The picture is interlaced.';
    case 'video-anamorphic':
      return 'The picture has pixels that are not square.';
    case 'video-rotated':
      return 'The picture is rotated.';
    case 'video-unknown':
      return 'Nothing could be found out about the picture.';
    default:
      return undefined;
  }
}

function ofAudio(code: ReasonCode, audio: AudioStream, { client, media }: Situation): string | undefined {
  switch (code) {
    case 'audio-codec-unsupported':
      return `This device does not decode ${displayName(audio.codec)} audio.`;
    case 'audio-channels-too-many':
      return `The sound has ${audio.channels} channels; this device takes ${client.maxAudioChannels ?? 2}.`;
    case 'audio-track-not-default':
      return 'The audio track is another one than the file begins with.';
    case 'audio-starts-late':
      return 'The sound begins later than the picture, so silence has to be put before it.';
    case 'audio-times-rounded':
      return `${displayName(media.container)} tells the times of its sound too roughly to cut it where it is.`;
    case 'audio-unknown':
      return 'Nothing could be found out about the sound.';
    default:
      return undefined;
  }
}

function ofChoice(code: ReasonCode, { media, client, subtitle, wishes }: Situation): string | undefined {
  switch (code) {
    case 'container-unsupported':
      return `This device does not play this ${displayName(media.container)} file.`;
    case 'bitrate-too-high':
      return `The file needs ${megabits(fileBitrate(media) ?? 0)}; the limit is ${megabits(client.maxBitrate ?? 0)}.`;
    case 'subtitle-needs-burning':
      return `This device does not draw ${displayName(subtitle?.from ?? 'such')} subtitles, so they are drawn into the picture.`;
    case 'quality-chosen':
      return `You chose ${wishes.choice?.quality ?? 'another quality'}.`;
    case 'night-mode-chosen':
      return 'Night mode is on.';
    case 'sparse-keyframes':
      return 'The video has too few key frames to be cut into segments.';
    case 'open-groups':
      return 'The video cannot be entered at its key frames (open groups of pictures).';
    case 'failed-before-on-this-device':
      return 'What would be simpler did not play on this device before.';
    case 'hardware-encoder-failed':
      return 'The hardware encoder failed; the processor does the work.';
    default:
      return undefined;
  }
}

/** A reason in words a person can read. */
export function reasonSentence(code: ReasonCode, situation: Situation, audio = situation.tracks[0]): string {
  return (
    (situation.video && ofVideo(code, situation.video, situation)) ??
    (audio && ofAudio(code, audio, situation)) ??
    ofChoice(code, situation) ??
    code
  );
}
