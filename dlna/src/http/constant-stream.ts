/** MPEG-TS of constant bitrate: there a byte is a moment, so that players which only know ranges can seek. */
const PACKET = 188;

export interface ConstantStream {
  /** Bytes, whole packets. */
  readonly length: number;
  /** The second a byte lies at, and how many bytes of its packet come before it. */
  at(byte: number): { readonly seconds: number; readonly skip: number };
}

/** @param bitrate bits per second of the whole stream, stuffing included */
export function constantStream(bitrate: number, durationSeconds: number): ConstantStream {
  return {
    length: Math.max(1, Math.ceil((bitrate * durationSeconds) / 8 / PACKET)) * PACKET,
    at: (byte) => {
      const skip = byte % PACKET;
      return { seconds: ((byte - skip) * 8) / bitrate, skip };
    },
  };
}

/** ISO 13818-1 §2.4.1: packets that mean nothing (PID 0x1FFF). */
const stuffing = Buffer.alloc(PACKET * 100, 0xff);
for (let at = 0; at < stuffing.length; at += PACKET) stuffing.set([0x47, 0x1f, 0xff, 0x10], at);

/** Exactly that many bytes after those that are skipped: cut, or stuffed to the end. */
export async function* exactly(
  chunks: AsyncIterable<Uint8Array>,
  skip: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  let toSkip = skip;
  let left = length;
  let phase = skip;
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.min(toSkip, chunk.length)).subarray(0, left);
    toSkip -= Math.min(toSkip, chunk.length);
    left -= part.length;
    phase = (phase + part.length) % PACKET;
    if (part.length > 0) yield part;
    if (left === 0) return;
  }
  while (left > 0) {
    const part = stuffing.subarray(phase, phase + left);
    phase = 0;
    left -= part.length;
    yield part;
  }
}
