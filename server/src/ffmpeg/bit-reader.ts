/** Reads bits most significant first, as H.264, HEVC, AV1, VP9 and AAC headers want. Past the end it throws. */
export class BitReader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  bit(): number {
    const byte = this.bytes[this.position >> 3];
    if (byte === undefined) throw new RangeError('bit stream ended');
    const value = (byte >> (7 - (this.position & 7))) & 1;
    this.position += 1;
    return value;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    this.position += count;
  }

  /** Exp-Golomb `ue(v)`, H.264 9.1. */
  ue(): number {
    let zeros = 0;
    while (!this.flag()) if ((zeros += 1) > 32) throw new RangeError('Exp-Golomb code too long');
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Exp-Golomb `se(v)`, H.264 9.1.1. */
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

/** Drops the emulation-prevention bytes (00 00 03 → 00 00) of a NAL unit, H.264 7.4.1. */
export function withoutEmulationPrevention(nal: Uint8Array): Uint8Array {
  const out = new Uint8Array(nal.length);
  let length = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Splits an Annex B byte stream (start codes 00 00 01) into NAL units, H.264 annex B. */
export function annexBUnits(stream: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  for (let i = 0; i + 2 < stream.length; i += 1) {
    if (stream[i] === 0 && stream[i + 1] === 0 && stream[i + 2] === 1) starts.push(i + 3);
  }
  return starts.map((start, k) => {
    const next = starts[k + 1];
    return stream.subarray(start, next === undefined ? stream.length : next - 3);
  });
}
