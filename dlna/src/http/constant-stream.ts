/** MPEG-TS of constant bitrate: there a byte is a moment, so that players which only know ranges can seek. */
const PACKET = 188;

export interface ConstantStream {
  /** Bytes, whole packets. */
  readonly length: number;
  /** Where a conversion begins that has a byte: its second, and the place of its first byte, the beginning of a packet. */
  startFor(byte: number): { readonly seconds: number; readonly byte: number };
  /** The second a byte lies at. */
  secondsAt(byte: number): number;
}

/** Before the end there are still pictures, s. */
const LAST = 2;

/**
 * Conversions begin at whole seconds, and not behind the last of the film: players ask for many places that are close to
 * each other, and one conversion has them all.
 * @param bitrate bits per second of the whole stream, stuffing included
 */
export function constantStream(bitrate: number, durationSeconds: number): ConstantStream {
  const secondsAt = (byte: number): number => (byte * 8) / bitrate;
  const latest = Math.max(0, Math.floor(durationSeconds) - LAST);
  return {
    length: Math.max(1, Math.ceil((bitrate * durationSeconds) / 8 / PACKET)) * PACKET,
    secondsAt,
    startFor: (asked) => {
      const second = Math.min(Math.floor(secondsAt(asked)), latest);
      const byte = Math.floor((second * bitrate) / 8 / PACKET) * PACKET;
      return { seconds: secondsAt(byte), byte };
    },
  };
}

/** ISO 13818-1 §2.4.1: packets that mean nothing (PID 0x1FFF). */
const stuffing = Buffer.alloc(PACKET * 100, 0xff);
for (let at = 0; at < stuffing.length; at += PACKET) stuffing.set([0x47, 0x1f, 0xff, 0x10], at);

/** Exactly that many bytes: cut, or stuffed to the end. @param from where the first lies in the stream */
export async function* exactly(
  chunks: AsyncIterable<Uint8Array>,
  from: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  let left = length;
  let phase = from % PACKET;
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, left);
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
