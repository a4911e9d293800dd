import type { MediaEngine, MediaSourceUrl, PictureFacts } from './media-engine';

/** HTML's `AudioTrackList`: in Safari, and in Chromium behind a flag; TypeScript's DOM does not have it. */
interface AudioTracks extends Iterable<{ enabled: boolean }> {
  readonly length: number;
}

function audioTracksOf(video: HTMLVideoElement): AudioTracks | undefined {
  if (!('audioTracks' in video)) return undefined;
  const tracks: unknown = video.audioTracks;
  return isTrackList(tracks) && tracks.length > 1 ? tracks : undefined;
}

function isTrackList(value: unknown): value is AudioTracks {
  return typeof value === 'object' && value !== null && 'length' in value && Symbol.iterator in value;
}

/** What the element itself knows of its picture. */
export function elementFacts(video: HTMLVideoElement): PictureFacts {
  const quality = video.getVideoPlaybackQuality();
  return {
    width: video.videoWidth,
    height: video.videoHeight,
    shownFrames: quality.totalVideoFrames - quality.droppedVideoFrames,
    droppedFrames: quality.droppedVideoFrames,
    bandwidth: null,
    level: '',
  };
}

/** Empties the element; without `load` the browser goes on downloading what it had begun. */
export function letGo(video: HTMLVideoElement): void {
  video.pause();
  video.removeAttribute('src');
  video.load();
}

/** Plays a file, or HLS where only the browser itself can, by the browser's own means. Its failures are the element's. */
export class NativeEngine implements MediaEngine {
  constructor(private readonly video: HTMLVideoElement) {}

  load(source: MediaSourceUrl): void {
    this.video.src = source.url;
    // Before the metadata is there, this sets where it will start (HTML: default playback start position).
    this.video.currentTime = source.startSeconds;
    this.video.load();
    this.video.currentTime = source.startSeconds;
  }

  audioTrack(): number | null {
    const tracks = audioTracksOf(this.video);
    return tracks ? [...tracks].findIndex((track) => track.enabled) : null;
  }

  selectAudioTrack(position: number): void {
    const tracks = audioTracksOf(this.video);
    if (tracks) [...tracks].forEach((track, at) => (track.enabled = at === position));
  }

  quality(): string | null {
    return null;
  }

  selectQuality(): boolean {
    return false;
  }

  resumeLoading(): boolean {
    return false;
  }

  facts(): PictureFacts {
    return elementFacts(this.video);
  }

  destroy(): void {
    letGo(this.video);
  }
}
