/** `unsupported` and `damaged`: another way (ffmpeg) may do better; the rest: asking again may. */
export type RemuxFailureCode =
  'unsupported' | 'damaged' | 'unreadable' | 'cancelled' | 'busy' | 'timeout' | 'crashed';

/** Why a segment could not be copied out of a file. */
export class RemuxFailed extends Error {
  override readonly name = 'RemuxFailed';

  constructor(
    readonly code: RemuxFailureCode,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${reason}`, options);
  }

  /** Whether ffmpeg is worth asking instead. */
  get fallBack(): boolean {
    return ['unsupported', 'damaged', 'timeout', 'crashed'].includes(this.code);
  }
}
