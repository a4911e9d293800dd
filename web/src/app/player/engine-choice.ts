import { HlsEngine } from './hls-engine';
import type { EngineListener, MediaEngine } from './media-engine';
import { NativeEngine } from './native-engine';

/** Media types of HLS playlists (RFC 8216 §4). */
const playlistType = /^(application\/(vnd\.apple\.|x-)?mpegurl|audio\/(x-)?mpegurl)/i;

export const isPlaylist = (contentType: string): boolean => playlistType.test(contentType);

/** Whether segments can be fed to the element by a program; iPhones only have the managed kind. */
export const feedsSegments = (scope: object = globalThis): boolean =>
  'ManagedMediaSource' in scope || 'MediaSource' in scope;

/** The engine that plays `contentType` here: our HLS one where there is Media Source, else the browser itself. */
export function engineFor(
  contentType: string,
  video: HTMLVideoElement,
  listener: EngineListener,
): MediaEngine {
  return isPlaylist(contentType) && feedsSegments()
    ? new HlsEngine(video, listener)
    : new NativeEngine(video);
}
