const MiB = 1024 * 1024;

/** What code of a provider may use. The module is the hard bound of memory: QuickJS's own limit did not hold. */
export interface SandboxLimits {
  /** Pages of 64 KiB that the whole of QuickJS has, its heap and its stack. */
  readonly memoryPages: number;
  /** Bytes of the stack of JavaScript: reached before the host's own, whose end would end the process. */
  readonly stackBytes: number;
  /** Milliseconds of the processor's time, not of the clock, for one uninterrupted piece of work. */
  readonly turnMs: number;
  /** Characters of an answer, as JSON. */
  readonly answerLength: number;
  /** Values in it, of all kinds: what the server reads in a few milliseconds. */
  readonly answerValues: number;
  /** For one question. */
  readonly requests: number;
  /** Lines that the console takes for one question. */
  readonly consoleLines: number;
}

export const sandboxLimits: SandboxLimits = {
  memoryPages: 768,
  stackBytes: 128 * 1024,
  turnMs: 1000,
  answerLength: MiB,
  answerValues: 30_000,
  requests: 40,
  consoleLines: 50,
};

/** Bytes of the body of what a provider fetches. */
export const mostBodyBytes = 2 * MiB;
/** Bytes of one message of a provider: an answer, whose quotation marks are escaped twice. */
export const mostMessageBytes = 4 * MiB;
/** Characters of a line on the console, and of an error. */
export const mostLineLength = 500;
