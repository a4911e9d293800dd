const PACKET = 188;
const SYNC = 0x47;
const WRAP = 2 ** 33;
const TICKS_PER_SECOND = 90_000;

/** How far an MPEG-TS has come, by its program clock references (ISO 13818-1 §2.4.3.4): bytes do not tell. */
export class PcrClock {
  #partial = Buffer.alloc(0);
  #first: number | undefined;
  #seconds = 0;

  /** Seconds between the first and the latest reference. */
  get seconds(): number {
    return this.#seconds;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.concat([this.#partial, chunk]);
    let at = 0;
    while (at + PACKET <= bytes.length) {
      if (bytes[at] !== SYNC) {
        at++;
        continue;
      }
      this.#read(bytes.subarray(at, at + PACKET));
      at += PACKET;
    }
    this.#partial = bytes.subarray(at);
  }

  #read(packet: Buffer): void {
    const hasAdaptation = (packet.readUInt8(3) & 0x20) !== 0 && packet.readUInt8(4) >= 7;
    if (!hasAdaptation || (packet.readUInt8(5) & 0x10) === 0) return;
    const base = packet.readUInt32BE(6) * 2 + (packet.readUInt8(10) >> 7);
    this.#first ??= base;
    this.#seconds = ((base - this.#first + WRAP) % WRAP) / TICKS_PER_SECOND;
  }
}
