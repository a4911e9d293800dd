import { ChildProcess } from 'node:child_process';
import fluent, { type FfmpegCommand } from 'fluent-ffmpeg';
import { niceness } from '../common/niceness.js';
import { leash } from './leash.js';
import { inputGuards } from './media-input-arguments.js';
import { makeSessionNice, ProcessFailed } from './process-runner.js';

/** Work of ffmpeg that nobody waits for: seek thumbnails, downloads, optimised versions. */
export interface BatchCommand {
  readonly ffmpeg: string;
  readonly input: string;
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
}

const stderrKept = 8 * 1024;

/**
 * The one place that knows fluent-ffmpeg (ADR 0015): archived in 2025, it still builds and runs a batch well. What is
 * weak in it is kept out: it splits a lone option at its space, so that options are given several at once, which it leaves
 * whole; its probing is never used; a cancelled command is killed, not asked; and what it runs leads a session of its own, as
 * nice as itself (see `spawnNice`).
 * @throws ProcessFailed `cancelled`, `missing`, or `killed` with the last words of ffmpeg
 */
export function runBatch(command: BatchCommand, { signal, onProgress }: BatchOptions): Promise<void> {
  const { ffmpeg, input, inputOptions, outputOptions, output, durationSeconds } = command;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ProcessFailed('cancelled', ffmpeg, ''));
    let stderr = '';
    let release = (): void => undefined;
    const run = fluent({ niceness: niceness.background })
      .setFfmpegPath(ffmpeg)
      .input(input)
      .inputOptions('-nostdin', '-hide_banner', ...inputGuards(input), ...inputOptions)
      .outputOptions('-max_muxing_queue_size', '1024', ...outputOptions)
      .output(output);
    leadSession(run);
    const abort = (): void => void run.kill('SIGKILL');
    const settle = (failure: ProcessFailed['why'] | null): void => {
      signal.removeEventListener('abort', abort);
      release();
      if (failure === null) resolve();
      else reject(new ProcessFailed(signal.aborted ? 'cancelled' : failure, ffmpeg, stderr));
    };
    run.on('start', () => {
      const child: unknown = Reflect.get(run, 'ffmpegProc');
      if (!(child instanceof ChildProcess) || child.pid === undefined) return;
      release = leash(child.pid);
      void makeSessionNice(child.pid, niceness.background);
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

/** By two methods private to it: its questions to ffmpeg (three processes more) are not asked, and `spawn` takes its options. */
function leadSession(run: FfmpegCommand): void {
  const spawnFfmpeg: unknown = Reflect.get(run, '_spawnFfmpeg');
  if (typeof spawnFfmpeg !== 'function') throw new TypeError('This is another fluent-ffmpeg');
  Object.assign(run, {
    _checkCapabilities: (done: (error: null) => void) => done(null),
    _spawnFfmpeg: (args: readonly string[], options: object, ...callbacks: readonly unknown[]): void =>
      void Reflect.apply(spawnFfmpeg, run, [args, { ...options, detached: true }, ...callbacks]),
  });
}

/** `00:01:30.50` of 300 s → 30.17. */
function percentOf(timemark: string, durationSeconds: number | null): number | null {
  if (durationSeconds === null || durationSeconds <= 0) return null;
  const seconds = timemark.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isFinite(seconds) ? Math.min(100, Math.max(0, (seconds / durationSeconds) * 100)) : null;
}
