import type { HeadFailed } from './head-errors.js';

/** How a head is started at a boundary. */
export interface StartManner {
  /** How often the frames at the cut did not come. */
  readonly attempt: number;
  /** Errors in the file are stepped over. */
  readonly careful: boolean;
}

interface Trouble extends StartManner {
  readonly failure?: HeadFailed;
  readonly at: number;
}

/** How long a failure is told without trying again, ms. */
export const failureMs = 10_000;
const mostAttempts = 2;

/** The boundaries at which heads of a rendition failed, and how the next one is to be started there. */
export class Troubles {
  private readonly byIndex = new Map<number, Trouble>();
  private learnedAttempt = 0;

  constructor(private readonly now: () => number) {}

  manner(index: number): StartManner {
    return this.byIndex.get(index) ?? { attempt: this.learnedAttempt, careful: false };
  }

  /** What is told at once instead of trying again. */
  failure(index: number): HeadFailed | undefined {
    const trouble = this.byIndex.get(index);
    return trouble?.failure && this.now() - trouble.at < failureMs ? trouble.failure : undefined;
  }

  overcome(index: number): void {
    this.byIndex.delete(index);
  }

  /** The next head reads from further before the cut. @returns false where that was tried enough */
  startEarlier(index: number): boolean {
    const { attempt, careful } = this.manner(index);
    if (attempt >= mostAttempts) return false;
    // Where key frames are that far apart, they are so everywhere.
    if (attempt === 0) this.learnedAttempt = 1;
    this.byIndex.set(index, { attempt: attempt + 1, careful, at: this.now() });
    return true;
  }

  /** The next head steps over errors. @returns false where that was tried */
  beCareful(index: number): boolean {
    const { attempt, careful } = this.manner(index);
    if (careful) return false;
    this.byIndex.set(index, { attempt, careful: true, at: this.now() });
    return true;
  }

  giveUp(index: number, failure: HeadFailed): void {
    this.byIndex.set(index, { attempt: this.learnedAttempt, careful: true, failure, at: this.now() });
  }
}
