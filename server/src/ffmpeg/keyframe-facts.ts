/** Where a video stream begins and ends and can be cut, s in the file's own time (edit lists applied). */
export type KeyframeFacts = Readonly<{
  /** First frame shown; frames of which only the decoder learns may come before it. */
  startSeconds: number;
  /** End of the last frame. */
  endSeconds: number;
  keyframes: readonly number[];
  /** Bytes from each key frame to the next; where the index knows only places in the file, with what lies between. */
  bytes: readonly number[];
  /**
   * Pictures shown before a key frame follow it and refer to what came before: after a seek they cannot be decoded.
   * Decoders skip them in HEVC; in H.264 Chromium's gives up on the film.
   */
  openGroups: boolean;
  /** When the sound streams begin and end; left out where the index doesn't tell. */
  audio?: readonly AudioSpan[];
}>;

export type AudioSpan = Readonly<{ index: number; startSeconds: number; endSeconds: number }>;
