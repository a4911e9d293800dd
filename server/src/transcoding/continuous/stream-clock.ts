import type { ContinuousFormat } from './continuous-plan.js';

/** Tells from the bytes of a stream how many seconds of it went by. */
export interface StreamClock {
  push(chunk: Buffer): void;
  /** s since the stream's first moment */
  readonly seconds: number;
}

const packetSize = 188;
/** Time stamps of MPEG-TS: 90 kHz, 33 bit (ISO 13818-1 2.4.3.7). */
const ticksPerSecond = 90_000;

/** Reads the presentation times of PES headers, the latest of all streams. */
class TransportClock implements StreamClock {
  private rest = Buffer.alloc(0);
  private first: number | undefined;
  private last = 0;

  get seconds(): number {
    return Math.max(0, (this.last - (this.first ?? 0)) / ticksPerSecond);
  }

  push(chunk: Buffer): void {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % packetSize);
    for (let at = 0; at < whole; at += packetSize) this.read(bytes, at);
    this.rest = Buffer.from(bytes.subarray(whole));
  }

  private read(bytes: Buffer, at: number): void {
    const startsUnit = ((bytes[at + 1] ?? 0) & 0x40) !== 0;
    const control = bytes[at + 3] ?? 0;
    if (bytes[at] !== 0x47 || !startsUnit || (control & 0x10) === 0) return;
    const pes = at + 4 + ((control & 0x20) === 0 ? 0 : 1 + (bytes[at + 4] ?? 0));
    if (pes + 14 > at + packetSize || bytes.readUIntBE(pes, 3) !== 1) return;
    if (((bytes[pes + 7] ?? 0) & 0x80) === 0) return;
    const pts = timeStamp(bytes, pes + 9);
    this.first ??= pts;
    this.last = Math.max(this.last, pts);
  }
}

/** 33 bits in five bytes with marker bits between them (ISO 13818-1 2.4.3.6). */
function timeStamp(bytes: Buffer, at: number): number {
  const high = ((bytes[at] ?? 0) >> 1) & 0x07;
  const middle = bytes.readUInt16BE(at + 1) >> 1;
  const low = bytes.readUInt16BE(at + 3) >> 1;
  return high * 2 ** 30 + middle * 2 ** 15 + low;
}

/** Samples of an AAC frame and their rate, as our encoder makes them. */
const [frameSamples, sampleRate] = [1024, 48_000];

/** Counts frames of AAC, each of which tells its length (ISO 14496-3 1.A.2.2). */
class AdtsClock implements StreamClock {
  private rest = Buffer.alloc(0);
  private frames = 0;

  get seconds(): number {
    return (this.frames * frameSamples) / sampleRate;
  }

  push(chunk: Buffer): void {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    while (at + 7 <= bytes.length) {
      const length = (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff || 1;
      if (at + length > bytes.length) break;
      this.frames += 1;
      at += length;
    }
    this.rest = Buffer.from(bytes.subarray(at));
  }
}

/** Sound at a constant rate. */
class RateClock implements StreamClock {
  private bytes = 0;

  constructor(private readonly bitrate: number) {}

  get seconds(): number {
    return (this.bytes * 8) / this.bitrate;
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
  }
}

/** @param bitrate of MP3 or plain samples, bits per second */
export function streamClock(format: ContinuousFormat, bitrate: number): StreamClock {
  if (format === 'mpegts') return new TransportClock();
  return format === 'adts' ? new AdtsClock() : new RateClock(bitrate);
}
