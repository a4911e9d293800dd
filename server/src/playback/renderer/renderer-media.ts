import { extname } from 'node:path/posix';
import { type AudioStream, type Container, streamsOf, type VideoStream } from '../../ffmpeg/media-info.js';
import { displaySize } from '../../ffmpeg/picture-size.js';
import type { PlayableFile } from '../../library/playable.service.js';
import { namedFormat } from '../media-type.js';
import type { RendererFormat, RendererMedia } from './renderer-capabilities.js';

/** Pictures by their ending: they are not probed. */
const images: Readonly<Record<string, string>> = {
  jpg: 'jpeg', jpeg: 'jpeg', jpe: 'jpeg', png: 'png', gif: 'gif', webp: 'webp', bmp: 'bmp', tif: 'tiff', tiff: 'tiff',
  heic: 'heic', heif: 'heic', avif: 'avif',
}; // prettier-ignore

const extensionOf = ({ relativePath }: PlayableFile): string => extname(relativePath).slice(1).toLowerCase();

/** `jpeg`, `png`…; undefined for what is no picture. */
export const imageFormat = (file: PlayableFile): string | undefined => images[extensionOf(file)];

const videoFormat = ({ codec, profile, level, framesPerSecond }: VideoStream): RendererFormat['video'] => ({
  codec,
  ...(profile !== null && { profile }),
  ...(level !== null && { level }),
  ...(framesPerSecond !== null && { frameRate: framesPerSecond }),
});

const audioFormat = ({ codec, channels, bitrate }: AudioStream): RendererFormat['audio'] => ({
  codec,
  ...(channels > 0 && { channels }),
  ...(bitrate !== null && { bitrate }),
});

/** A file as it is. */
export function originalMedia(file: PlayableFile): RendererMedia {
  const { media, size } = file;
  if (!media) return { format: imageOrNamed(file), size };
  const [video] = streamsOf(media, 'video');
  const [audio] = streamsOf(media, 'audio');
  const [width, height] = video ? displaySize(video) : [];
  return {
    format: {
      container: imageFormat(file) ?? dlnaName(media.container),
      ...(video && { video: videoFormat(video) }),
      ...(audio && { audio: audioFormat(audio) }),
    },
    size,
    ...(media.durationSeconds !== null && { durationSeconds: media.durationSeconds }),
    ...(media.bitrate !== null && { bitrate: Math.round(media.bitrate) }),
    ...(audio && audio.channels > 0 && { channels: audio.channels }),
    ...(audio && audio.sampleRate > 0 && { sampleRate: audio.sampleRate }),
    ...(audio?.bitDepth != null && { bitsPerSample: audio.bitDepth }),
    ...(width && height && { width: Math.round(width), height: Math.round(height) }),
  };
}

/** Before anybody has looked into it: in a torrent, until its beginning is here. */
function imageOrNamed(file: PlayableFile): RendererFormat {
  const image = imageFormat(file);
  if (image !== undefined) return { container: image };
  const { container, isFilm } = namedFormat(file.relativePath);
  return { container: dlnaName(container), ...(isFilm && { video: { codec: 'unknown' } }) };
}

/** DLNA knows raw AAC as ADTS. */
const dlnaName = (container: Container): string => (container === 'aac' ? 'adts' : container);
