import type { MediaFormat, Offer } from '../media-source.port.js';

/** What decides how a resource is described; an Offer is one. */
export type OfferFacts = Omit<Offer, 'resourceId'>;

export interface MediaType {
  readonly mime: string;
  /** Without a dot. */
  readonly extension: string;
}

const type = (mime: string, extension: string): MediaType => ({ mime, extension });

/** What most devices call them (dlna.md, “Generic default”); ffmpeg's names on the left. */
const video = new Map<string, MediaType>([
  ['mp4', type('video/mp4', 'mp4')],
  ['mov', type('video/quicktime', 'mov')],
  ['3gp', type('video/3gpp', '3gp')],
  ['matroska', type('video/x-matroska', 'mkv')],
  ['webm', type('video/webm', 'webm')],
  ['mpegts', type('video/mpeg', 'ts')],
  // 192-byte packets with a time each; ffmpeg calls both mpegts.
  ['m2ts', type('video/vnd.dlna.mpeg-tts', 'm2ts')],
  ['mpegps', type('video/mpeg', 'mpg')],
  ['mpeg', type('video/mpeg', 'mpg')],
  ['avi', type('video/x-msvideo', 'avi')],
  ['asf', type('video/x-ms-wmv', 'wmv')],
  ['flv', type('video/x-flv', 'flv')],
  ['ogg', type('video/ogg', 'ogv')],
]);

const audio = new Map<string, MediaType>([
  ['mp3', type('audio/mpeg', 'mp3')],
  ['mp4', type('audio/mp4', 'm4a')],
  ['mov', type('audio/mp4', 'm4a')],
  ['adts', type('audio/vnd.dlna.adts', 'aac')],
  ['aac', type('audio/vnd.dlna.adts', 'aac')],
  ['flac', type('audio/x-flac', 'flac')],
  ['ogg', type('audio/ogg', 'ogg')],
  ['wav', type('audio/x-wav', 'wav')],
  ['aiff', type('audio/x-aiff', 'aiff')],
  ['asf', type('audio/x-ms-wma', 'wma')],
  ['matroska', type('audio/x-matroska', 'mka')],
  ['webm', type('audio/webm', 'weba')],
  ['ac3', type('audio/vnd.dolby.dd-raw', 'ac3')],
  ['dsf', type('audio/x-dsf', 'dsf')],
  ['wv', type('audio/x-wavpack', 'wv')],
  ['ape', type('audio/x-ape', 'ape')],
  ['s16be', type('audio/L16', 'l16')],
]);

const image = new Map<string, MediaType>([
  ['jpeg', type('image/jpeg', 'jpg')],
  ['png', type('image/png', 'png')],
  ['gif', type('image/gif', 'gif')],
  ['webp', type('image/webp', 'webp')],
  ['heif', type('image/heic', 'heic')],
  ['avif', type('image/avif', 'avif')],
  ['tiff', type('image/tiff', 'tif')],
  ['bmp', type('image/bmp', 'bmp')],
]);

export const isImage = ({ container }: MediaFormat): boolean => image.has(container);

/** The usual type of a format; bytes of no type where nobody has a name for it. */
export function mediaTypeOf(format: MediaFormat): MediaType {
  const found = image.get(format.container) ?? (format.video ? video : audio).get(format.container);
  return found ?? video.get(format.container) ?? type('application/octet-stream', 'bin');
}

/** Every type that is sent, each once. */
export function allMediaTypes(): readonly string[] {
  const types = [video, audio, image].flatMap((table) => [...table.values()].map(({ mime }) => mime));
  return [...new Set(types)].filter((mime) => mime !== 'audio/L16');
}
