import type { AudioTrack, SubtitleTrack } from '@hearth/contract/playback';
import { type MediaInfo, streamsOf } from '../ffmpeg/media-info.js';
import type { SubtitleFile } from '../library/playable.service.js';

type SignTrack = (track: string) => string;

const named = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ') || 'Unknown';

function embedded(media: MediaInfo, sign: SignTrack): SubtitleTrack[] {
  return streamsOf(media, 'subtitle')
    .filter((stream) => stream.form === 'text')
    .map((stream) => ({
      id: String(stream.index),
      url: sign(String(stream.index)),
      language: stream.language,
      label: named(stream.title, stream.title ? null : stream.language),
      forced: stream.flags.forced,
      hearingImpaired: stream.flags.hearingImpaired,
      isDefault: stream.flags.default,
      origin: 'embedded',
    }));
}

const external = (subtitle: SubtitleFile, sign: SignTrack): SubtitleTrack => ({
  id: subtitle.id,
  url: sign(subtitle.id),
  language: subtitle.language,
  label: named(subtitle.label, subtitle.label ? null : subtitle.language),
  forced: subtitle.forced,
  hearingImpaired: subtitle.hearingImpaired,
  isDefault: false,
  origin: 'external',
});

/** Every subtitle that can be shown as text, files beside the film first: somebody put them there on purpose. */
export function subtitleTracks(
  media: MediaInfo,
  files: readonly SubtitleFile[],
  sign: SignTrack,
): SubtitleTrack[] {
  return [...files.map((file) => external(file, sign)), ...embedded(media, sign)];
}

export function audioTracks(media: MediaInfo): AudioTrack[] {
  return streamsOf(media, 'audio').map((stream) => ({
    index: stream.index,
    language: stream.language,
    label: named(stream.title, stream.title ? null : stream.language, stream.channelLayout),
    codec: stream.codec,
    channels: stream.channels,
    isDefault: stream.flags.default,
  }));
}
