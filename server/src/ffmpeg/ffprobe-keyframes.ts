import { niceness } from '../common/niceness.js';
import type { KeyframeFacts } from './keyframe-facts.js';
import { mediaInput } from './media-input-arguments.js';
import { ProbeFailed } from './media-probe.js';
import { ProcessFailed, run } from './process-runner.js';

/** The whole file is read: minutes for 40 GB on a slow disk. */
const TIMEOUT_MS = 30 * 60_000;
const MOST_KEYFRAMES = 2_000_000;

/**
 * Key frames of a video stream by reading all its packets with ffprobe, for media containers without an index. Times
 * are the file's own. @throws ProbeFailed
 */
export async function ffprobeKeyframes(
  ffprobe: string | null,
  path: string,
  streamIndex: number,
  signal?: AbortSignal,
): Promise<KeyframeFacts> {
  if (ffprobe === null) throw new ProbeFailed('ffprobe-missing', 'ffprobe is not installed.');
  const packets = new PacketLines();
  const args = [
    ...['-v', 'error', '-select_streams', String(streamIndex)],
    ...['-show_entries', 'packet=pts_time,dts_time,duration_time,size,flags', '-of', 'compact=p=0'],
    ...mediaInput(path),
  ];
  try {
    await run(ffprobe, args, {
      timeoutMs: TIMEOUT_MS,
      onOutput: (chunk) => packets.add(chunk),
      nice: niceness.waitedFor,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    throw error instanceof ProcessFailed ? failureOf(error) : error;
  }
  return packets.facts();
}

function failureOf(error: ProcessFailed): ProbeFailed {
  const code = { missing: 'ffprobe-missing', timeout: 'timeout', cancelled: 'cancelled' } as const;
  const why = error.why === 'output-too-large' || error.why === 'killed' ? 'probe-crashed' : code[error.why];
  return new ProbeFailed(why, 'The key frames of the file could not be read.', { cause: error });
}

/** Reads `pts_time=…|dts_time=…|…` lines as they come; keeps no more than the key frames. */
class PacketLines {
  private rest = '';
  private start = Infinity;
  private end = -Infinity;
  private last = -Infinity;
  /** Shortest distance of two frames, for files that say no durations. Frames come in the order of decoding. */
  private pace = Infinity;
  private sum = 0;
  private key = -Infinity;
  private openGroups = false;
  private readonly keyframes: number[] = [];
  private readonly bytes: number[] = [];

  add(chunk: Buffer | string): void {
    const lines = (this.rest + chunk.toString()).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.packet(line);
  }

  /** @throws ProbeFailed if there was no key frame */
  facts(): KeyframeFacts {
    if (this.rest !== '') this.packet(this.rest);
    this.rest = '';
    if (this.keyframes.length === 0)
      throw new ProbeFailed('damaged', 'The video stream has no key frame that can be read.');
    return {
      startSeconds: Math.min(this.start, this.keyframes[0] ?? 0),
      endSeconds: this.end > this.last ? this.end : this.last + (Number.isFinite(this.pace) ? this.pace : 0),
      keyframes: this.keyframes,
      bytes: [...this.bytes, this.sum],
      openGroups: this.openGroups,
    };
  }

  private packet(line: string): void {
    const fields = new Map(line.split('|').map((field): [string, string] => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    })); // prettier-ignore
    const number = (name: string): number => parseFloat(fields.get(name) ?? '');
    const [pts, dts] = [number('pts_time'), number('dts_time')];
    const time = Number.isNaN(pts) ? dts : pts; // AVI has only the order of its frames
    if (Number.isNaN(time)) return;
    if (time > this.last && Number.isFinite(this.last)) this.pace = Math.min(this.pace, time - this.last);
    this.last = Math.max(this.last, time);
    this.start = Math.min(this.start, time);
    this.end = Math.max(this.end, time + (number('duration_time') || 0));
    if (time < this.key) this.openGroups = true;
    if (fields.get('flags')?.startsWith('K')) this.key = time;
    if (fields.get('flags')?.startsWith('K') && this.keyframes.length < MOST_KEYFRAMES) {
      if (this.keyframes.length > 0) this.bytes.push(this.sum);
      this.keyframes.push(time);
      this.sum = 0;
    }
    this.sum += number('size') || 0;
  }
}
