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

const films: Partial<Record<Container, string>> = {
  matroska: 'mkv mk3d',
  webm: 'webm',
  mp4: 'mp4 m4v f4v',
  mov: 'mov qt',
  avi: 'avi divx',
  mpegts: 'ts m2ts mts m2t tp trp',
  mpegps: 'mpg mpeg mpe vob',
  flv: 'flv',
  ogg: 'ogv ogm',
  asf: 'asf wmv',
};
const sounds: Partial<Record<Container, string>> = {
  matroska: 'mka',
  mp4: 'm4a m4b',
  ogg: 'ogg oga opus spx',
  mp3: 'mp3',
  aac: 'aac',
  flac: 'flac',
  wav: 'wav',
  asf: 'wma',
};
interface Named {
  readonly container: Container;
  readonly isFilm: boolean;
}
const named = (table: Partial<Record<Container, string>>, isFilm: boolean): [string, Named][] =>
  Object.entries(table).flatMap(([container, endings]) =>
    endings
      .split(' ')
      .map((ending): [string, Named] => [`.${ending}`, { container: container as Container, isFilm }]),
  );
const byEnding = new Map([...named(films, true), ...named(sounds, false)]);

/** What a file is that nobody has looked into yet, as its name says: in a torrent, before its beginning is here. */
export const namedFormat = (name: string): Named =>
  byEnding.get(extname(name).toLowerCase()) ?? { container: 'other', isFilm: false };

/** The media type of a file of a library: film, track or photo. */
export function fileType({ media, relativePath }: { media: MediaInfo | null; relativePath: string }): string {
  const picture = media ? undefined : pictureTypes[extname(relativePath).toLowerCase()];
  if (picture !== undefined) return picture;
  const { container, isFilm } = media
    ? { container: media.container, isFilm: media.streams.some(({ kind }) => kind === 'video') }
    : namedFormat(relativePath);
  return (isFilm ? undefined : soundTypes[container]) ?? mediaType(container);
}
