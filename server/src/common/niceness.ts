/**
 * Who gives way to whom when the processor is short: niceness added to each kind of process, 0 for the server itself. It
 * takes a few milliseconds for an answer and must get them at once (beside two films that are converted: p99 of a list
 * 264 ms with encoders at 1, 64 at 5, 36 at 10), while a picture that nobody competes with comes as soon as ever.
 */
export const niceness = {
  /** Bytes somebody plays come through it. */
  torrentEngine: 5,
  /** A community provider: people wait for it beside a film that is converted; with 15 an honest one had no time to answer. */
  sandbox: 8,
  /** What somebody waits for: a picture, a track, subtitles, where key frames are. */
  waitedFor: 10,
  /** Sound is made some fifty times faster than it is heard: far ahead, it would take a core from the picture for seconds. */
  soundAhead: 14,
  /** What nobody waits for: thumbnails, fingerprints, copies, trials. */
  background: 19,
} as const;
