import { niceness } from '../../common/niceness.js';
import { run } from '../../ffmpeg/process-runner.js';

/** A stretch of a file's sound. Seconds. */
export interface Stretch {
  readonly startSeconds: number;
  readonly lengthSeconds: number;
}

/** Openings are looked for in the first quarter, ten minutes at most. */
export const openingOf = (durationSeconds: number): Stretch => ({
  startSeconds: 0,
  lengthSeconds: Math.min(600, durationSeconds / 4),
});

/** Closing credits in the last five minutes. */
export const closingOf = (durationSeconds: number): Stretch => {
  const lengthSeconds = Math.min(300, durationSeconds / 4);
  return { startSeconds: durationSeconds - lengthSeconds, lengthSeconds };
};

/**
 * Chromaprint of one audio stream, one number for each 0.1238 s. Ten minutes take 1.4 CPU seconds.
 * @throws ProcessFailed, or Error with ffmpeg's last words
 */
export async function fingerprint(
  ffmpeg: string,
  path: string,
  streamIndex: number,
  { startSeconds, lengthSeconds }: Stretch,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const args = [
    '-v', 'error', '-nostdin', '-ss', startSeconds.toFixed(3), '-t', lengthSeconds.toFixed(3), '-i', path,
    '-map', `0:${streamIndex}`, '-vn', '-sn', '-dn', '-ac', '2', '-f', 'chromaprint', '-fp_format', 'raw', 'pipe:1',
  ]; // prettier-ignore
  const { stdout, stderr, exitCode } = await run(ffmpeg, args, {
    timeoutMs: 10 * 60_000,
    signal,
    nice: niceness.background,
  });
  if (exitCode !== 0) throw new Error(`No fingerprint: ${stderr.slice(-200)}`);
  // Copied, for a view needs an offset that is a multiple of four.
  return new Uint32Array(new Uint8Array(stdout).buffer, 0, Math.floor(stdout.length / 4));
}
