import type { FileBytes } from '../../ffmpeg/file-bytes.js';
import type { Block } from '../../ffmpeg/matroska-blocks.js';
import type { MatroskaTrack } from '../../ffmpeg/matroska-track.js';
import type { AudioStream } from '../../ffmpeg/media-info.js';
import type { AudioFrame } from './audio-cut.js';
import { eac3Samples } from './dolby-digital.js';
import { frameOf, type Lace, laces } from './matroska-frames.js';

/**
 * The clock of a sound track. Matroska tells times in milliseconds, at which frames of 1024 samples seem to be of two
 * lengths: times that lie within a tick of the track's own frame grid are taken to be on it, whoever asks.
 */
export class MatroskaSound {
  /** Samples per second. */
  readonly timescale: number;
  /** Samples of one frame; null where frames differ. */
  private readonly nominal: number | null;
  /** Sample at which the grid begins. */
  private readonly phase: number;

  constructor(
    private readonly track: MatroskaTrack,
    private readonly stream: AudioStream,
    private readonly scale: number,
    first: Block | undefined,
    firstFrame: () => Uint8Array,
  ) {
    this.timescale = stream.codec === 'opus' ? 48_000 : stream.sampleRate;
    this.nominal = frameSamples(track, stream, firstFrame);
    this.phase = first ? this.told(first.time) : 0;
  }

  microsOf({ time }: Block): number {
    return Math.round((time * this.scale - this.track.codecDelay) / 1000);
  }

  /** Frames of the blocks, in order. */
  *frames(file: FileBytes, blocks: Iterable<Block>): Generator<AudioFrame> {
    let previous: AudioFrame | null = null;
    for (const block of blocks) {
      let pts = this.onGrid(this.told(block.time));
      for (const lace of laces(file, block)) {
        const duration = this.durationOf(file, lace, pts, previous);
        previous = { pts, duration, bytes: () => frameOf(file, lace, this.track) };
        yield previous;
        pts += duration;
      }
    }
  }

  private told(time: number): number {
    return Math.round(((time * this.scale - this.track.codecDelay) * this.timescale) / 1e9);
  }

  private onGrid(told: number): number {
    const tolerance = Math.ceil((this.scale * this.timescale) / 1e9) + 1;
    if (this.nominal === null || this.nominal < 3 * tolerance) return told;
    const grid = this.phase + Math.round((told - this.phase) / this.nominal) * this.nominal;
    return Math.abs(grid - told) <= tolerance ? grid : told;
  }

  private durationOf(file: FileBytes, lace: Lace, pts: number, previous: AudioFrame | null): number {
    if (this.nominal !== null) return this.nominal;
    if (this.stream.codec === 'opus') return opusSamples(frameOf(file, lace, this.track));
    if (this.track.defaultDuration > 0)
      return Math.round((this.track.defaultDuration * this.timescale) / 1e9);
    return previous === null ? 1024 : Math.max(1, pts - previous.pts);
  }
}

function frameSamples(
  { config }: MatroskaTrack,
  { codec, sampleRate, profile }: AudioStream,
  firstFrame: () => Uint8Array,
): number | null {
  if (codec === 'aac') return profile?.startsWith('HE') ? 2048 : 1024;
  if (codec === 'mp3') return sampleRate >= 32_000 ? 1152 : 576;
  if (codec === 'ac3') return 1536;
  if (codec === 'eac3') return eac3Samples(firstFrame());
  if (codec === 'flac') {
    const at = config.toString('latin1', 0, 4) === 'fLaC' ? 8 : 4;
    const [least, most] = config.length >= at + 4 ? [config.readUInt16BE(at), config.readUInt16BE(at + 2)] : [0, 1]; // prettier-ignore
    return least === most ? least : null;
  }
  return null;
}

/** Samples at 48 kHz of an Opus packet by its first bytes, RFC 6716 3.1. */
function opusSamples(packet: Uint8Array): number {
  const [head = 0, second = 0] = packet;
  const config = head >> 3;
  const frame = config >= 16 ? 120 << (config & 3) : config >= 12 ? 480 << (config & 1) : [480, 960, 1920, 2880][config & 3]; // prettier-ignore
  const count = [1, 2, 2, second & 63][head & 3] ?? 1;
  return (frame ?? 960) * Math.max(1, count);
}
