/** What an engine is asked to play. */
export interface MediaSourceUrl {
  /** Signed; a media element can't send headers. */
  readonly url: string;
  readonly contentType: string;
  readonly startSeconds: number;
  /** Stream indexes of the audio tracks, in the order the menu shows them. */
  readonly audioIndexes: readonly number[];
}

/** Numbers for the statistics. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  readonly shownFrames: number;
  readonly droppedFrames: number;
  /** Bits per second measured while loading; null while unknown. */
  readonly bandwidth: number | null;
  /** Codecs and rendition that play, for whoever helps; empty where only the file is known. */
  readonly level: string;
}

/**
 * `network`: nothing answers. `refused`: the address is not good any more. `server`: it answers that it can't.
 * `media`: this device can't go on with what came. `unsupported`: it could not even begin with it.
 */
export type TroubleKind = 'network' | 'refused' | 'server' | 'media' | 'unsupported';

/** Why an engine gave up. */
export interface EngineTrouble {
  readonly kind: TroubleKind;
  /** For the log and the details fold; carries no signature. */
  readonly reason: string;
}

/** What an engine tells of itself; the media element tells the rest. */
export interface EngineListener {
  failed(trouble: EngineTrouble): void;
  /** The element has its source; a wish to play from before that was forgotten by it (HTML: media element load algorithm). */
  attached(): void;
  /** Another quality or another sound plays now. */
  changed(): void;
  /** The server asks to come again in `seconds`; null: it answered. */
  askedToWait(seconds: number | null): void;
}

/**
 * What stands between the player and the media element. The native one hands the file to the browser; the HLS one
 * feeds segments through Media Source.
 */
export interface MediaEngine {
  load(source: MediaSourceUrl): void;
  /** Position in the menu of the audio track that is heard, or null when this engine can't switch. */
  audioTrack(): number | null;
  selectAudioTrack(position: number): void;
  /** Name of the quality that plays, or null where only the session knows. */
  quality(): string | null;
  /** Switches without a new session; false when it can't. */
  selectQuality(name: string): boolean;
  /** The network is back: go on loading. False when it has to be loaded anew. */
  resumeLoading(): boolean;
  facts(): PictureFacts;
  /** Lets go of the element and of what it downloads. */
  destroy(): void;
}
