import type { Container } from '../ffmpeg/media-info.js';

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
