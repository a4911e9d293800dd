import type { PlaybackSession, SubtitleTrack } from '@hearth/contract/playback';

/** What puts one track on the picture while it is on. */
export interface SubtitleDrawing {
  /** Comes `seconds` later than written; earlier if negative. */
  setDelay(seconds: number): void;
  /** In a small window of its own the browser shows the picture without what lies over it: there it draws, if it can. */
  drawnByBrowser(yes: boolean): void;
  /** Of a track that comes piece by piece: shows what has come since. */
  grow?(): void;
  /** Takes it off the picture and lets go of everything, downloads that still run included. */
  destroy(): void;
}

/** Where a track is drawn, and who is told. */
export interface DrawingPlace {
  readonly video: HTMLVideoElement;
  readonly fonts: PlaybackSession['fonts'];
  /** Seconds it comes later than written. */
  readonly delay: number;
  /** Lines to be read now; only text has any. */
  cues(cues: readonly VTTCue[]): void;
  /** It cannot be drawn. Said once at most, and not after it was destroyed. */
  failed(): void;
}

/** Whether the player draws it itself; the others are drawn into the picture by the server. */
export const drawable = ({ burned, url }: Pick<SubtitleTrack, 'burned' | 'url'>): boolean =>
  !burned && url !== '';

/** The same track as plain text: what the server sends when no format is asked for. */
export function asText(track: SubtitleTrack): SubtitleTrack {
  return { ...track, format: 'vtt', url: track.url.replace(/([?&])format=\w+&?/, '$1').replace(/[?&]$/, '') };
}
