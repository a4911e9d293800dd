/** What an engine is asked to play. */
export interface MediaSourceUrl {
  /** Signed; a media element can't send headers. */
  readonly url: string;
  readonly contentType: string;
  readonly startSeconds: number;
}

/** Numbers for the statistics. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  readonly shownFrames: number;
  readonly droppedFrames: number;
}

/**
 * What stands between the player and the media element. The native one hands the file to the browser; one that builds
 * on Media Source (HLS) goes behind the same four verbs.
 */
export interface MediaEngine {
  load(source: MediaSourceUrl): void;
  /** Index among the file's audio tracks that is heard, or null when this engine can't switch. */
  audioTrack(): number | null;
  selectAudioTrack(index: number): void;
  facts(): PictureFacts;
  /** Lets go of the element and of what it downloads. */
  destroy(): void;
}
