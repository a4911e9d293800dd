export type HeadFailure =
  | 'encoder-failed'
  | 'source-missing'
  | 'source-changed'
  | 'store-full'
  | 'ffmpeg-missing'
  | 'timeline-broken';

const sentences: Readonly<Record<HeadFailure, string>> = {
  'encoder-failed': 'The encoder gave up.',
  'source-missing': 'The file is not there any more, or cannot be read.',
  'source-changed': 'The file was replaced while it was playing.',
  'store-full': 'There is no room left for what is converted.',
  'ffmpeg-missing': 'There is no ffmpeg on this server.',
  'timeline-broken': 'The encoder’s pictures do not fit the times that were announced.',
};

/** A rendition cannot go on from a segment. */
export class HeadFailed extends Error {
  override readonly name = 'HeadFailed';

  /** @param detail what ffmpeg or the system said last: for the log and the administrator */
  constructor(
    readonly reason: HeadFailure,
    readonly detail = '',
  ) {
    super(detail === '' ? sentences[reason] : `${sentences[reason]} ${detail.slice(-300)}`);
  }
}

/** The segment did not come in time; the encoder goes on, so that asking again pays. */
export class SegmentLate extends Error {
  override readonly name = 'SegmentLate';

  constructor(
    readonly retryAfterSeconds: number,
    /** 1 is next; null when its encoder runs. */
    readonly queuePosition: number | null,
  ) {
    super(
      queuePosition === null
        ? 'The encoder is behind.'
        : `All encoders are busy; place ${queuePosition} in the queue.`,
    );
  }
}

/** The source was shorter than its container says: from `firstMissing` on there is nothing. */
export class SegmentEnded extends Error {
  override readonly name = 'SegmentEnded';

  constructor(readonly firstMissing: number) {
    super('The file ends before this.');
  }
}

/** The first picture came after the cut: the reader landed behind it, and has to begin earlier. */
export class LateStart extends Error {
  override readonly name = 'LateStart';
}
