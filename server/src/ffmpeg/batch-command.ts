import { ChildProcess } from 'node:child_process';
import fluent from 'fluent-ffmpeg';
import { leash } from './leash.js';
import { inputGuards } from './media-input-arguments.js';
import { ProcessFailed } from './process-runner.js';

/** Work of ffmpeg that nobody waits for: seek thumbnails, downloads, optimised versions. */
export interface BatchCommand {
  readonly ffmpeg: string;
  readonly input: string;
  /** Files of ours beside it: inputs 1, 2 and so on. */
  readonly otherInputs?: readonly string[];
  /** One word an element; a value with spaces in it stays whole. */
  readonly inputOptions: readonly string[];
  readonly outputOptions: readonly string[];
  /** A file, or a pattern such as `sprite-%03d.jpg`. */
  readonly output: string;
  /** Seconds of media in all, for the progress. */
  readonly durationSeconds: number | null;
}

export interface BatchOptions {
  readonly signal: AbortSignal;
  /** 0–100, or null while the length is unknown. */
  readonly onProgress?: (percent: number | null) => void;
  /** Added niceness; 19 by default, so that whatever is watched comes first. */
  readonly nice?: number;
}

const stderrKept = 8 * 1024;

/**
 * The one place that knows fluent-ffmpeg (ADR 0015): archived in 2025, it still builds and runs a batch well. What is
 * weak in it is kept out: it splits a lone option at its space, so that options are given several at once, which it leaves
 * whole; its probing is never used; and a cancelled command is killed, not asked.
 * @throws ProcessFailed `cancelled`, `missing`, or `killed` with the last words of ffmpeg
 */
export function runBatch(
  command: BatchCommand,
  { signal, onProgress, nice = 19 }: BatchOptions,
): Promise<void> {
  const { ffmpeg, input, otherInputs = [], inputOptions, outputOptions, output, durationSeconds } = command;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ProcessFailed('cancelled', ffmpeg, ''));
    let stderr = '';
    let release = (): void => undefined;
    const run = fluent({ niceness: nice })
      .setFfmpegPath(ffmpeg)
      .input(input)
      .inputOptions('-nostdin', '-hide_banner', ...inputGuards(input), ...inputOptions);
    for (const other of otherInputs) run.input(other);
    run.outputOptions('-max_muxing_queue_size', '1024', ...outputOptions).output(output);
    const abort = (): void => void run.kill('SIGKILL');
    const settle = (failure: ProcessFailed['why'] | null): void => {
      signal.removeEventListener('abort', abort);
      release();
      if (failure === null) resolve();
      else reject(new ProcessFailed(signal.aborted ? 'cancelled' : failure, ffmpeg, stderr));
    };
    run.on('start', () => {
      const child: unknown = Reflect.get(run, 'ffmpegProc');
      if (child instanceof ChildProcess && child.pid !== undefined) release = leash(child.pid);
    });
    run.on('stderr', (line: string) => (stderr = `${stderr}${line}\n`.slice(-stderrKept)));
    run.on('progress', ({ timemark }: { timemark: string }) =>
      onProgress?.(percentOf(timemark, durationSeconds)),
    );
    run.on('end', () => settle(null));
    run.on('error', (error: Error) => settle(/ENOENT|code 127/.test(error.message) ? 'missing' : 'killed'));
    signal.addEventListener('abort', abort, { once: true });
    run.run();
  });
}

/** `00:01:30.50` of 300 s → 30.17. */
function percentOf(timemark: string, durationSeconds: number | null): number | null {
  if (durationSeconds === null || durationSeconds <= 0) return null;
  const seconds = timemark.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isFinite(seconds) ? Math.min(100, Math.max(0, (seconds / durationSeconds) * 100)) : null;
}
