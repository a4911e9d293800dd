import { extname } from 'node:path';
import type { Container, MediaInfo } from '../ffmpeg/media-info.js';

/** Media types that browsers and televisions agree on; QuickTime goes as MP4, which is what browsers play it as. */
const mediaTypes: Record<Container, string> = {
  matroska: 'video/x-matroska',
  webm: 'video/webm',
  mp4: 'video/mp4',
  mov: 'video/mp4',
  avi: 'video/x-msvideo',
  mpegts: 'video/mp2t',
  mpegps: 'video/mpeg',
  flv: 'video/x-flv',
  ogg: 'application/ogg',
  mp3: 'audio/mpeg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  asf: 'video/x-ms-asf',
  other: 'application/octet-stream',
};

export const mediaType = (container: Container | undefined): string => mediaTypes[container ?? 'other'];

/** Pictures have no media info; browsers show none that comes as mere bytes. */
const pictureTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
};
/** Containers of films that hold music too. */
const soundTypes: Partial<Record<Container, string>> = {
  mp4: 'audio/mp4',
  mov: 'audio/mp4',
  ogg: 'audio/ogg',
  matroska: 'audio/x-matroska',
  webm: 'audio/webm',
  asf: 'audio/x-ms-wma',
};

/** The media type of a file of a library: film, track or photo. */
export function fileType(file: { media: MediaInfo | null; relativePath: string }): string {
  const { media } = file;
  if (!media) return pictureTypes[extname(file.relativePath).toLowerCase()] ?? mediaType('other');
  const isSound = !media.streams.some(({ kind }) => kind === 'video');
  return (isSound ? soundTypes[media.container] : undefined) ?? mediaType(media.container);
}
