import { child, type MemoryBox, MalformedBox, readBoxes } from './boxes.js';
import { need, type SampleDefaults } from './init-segment.js';
import type { Sample } from './track.js';

/** A sample whose bytes lie at an offset counted from the first byte of the `moof`. */
export interface LocatedSample extends Omit<Sample, 'bytes'> {
  readonly offset: number;
  readonly size: number;
}

/**
 * The samples of a `moof` (ISO/IEC 14496-12 8.8.4) of one track.
 * @throws MalformedBox, also for fields that depend on the file (base data offset) and cannot be in a stream
 */
export function readMovieFragment(moof: Buffer, trackId: number, trex: SampleDefaults): LocatedSample[] {
  const trafs = [...readBoxes(moof)].filter(({ type }) => type === 'traf');
  return trafs.flatMap(({ body }) => trackFragment(body, trackId, trex));
}

function trackFragment(traf: Buffer, trackId: number, trex: SampleDefaults): LocatedSample[] {
  const defaults = header(child(traf, 'tfhd'), trackId, trex);
  const tfdt = child(traf, 'tfdt');
  // Signed, though the standard says unsigned: ffmpeg writes what lies before zero that way (jellyfin#18049).
  let dts = tfdt[0] === 1 ? Number(need(tfdt, 12).readBigInt64BE(4)) : need(tfdt, 8).readUInt32BE(4);
  let offset: number | undefined;
  const samples: LocatedSample[] = [];
  for (const trun of readBoxes(traf)) {
    if (trun.type !== 'trun') continue;
    const run = new TrackRun(trun, defaults);
    offset = run.dataOffset ?? offset;
    if (offset === undefined) throw new MalformedBox('A run of samples that lie nowhere.');
    for (const { duration, size, flags, shift } of run.samples()) {
      samples.push({ dts, pts: dts + shift, duration, key: (flags & 0x10000) === 0, offset, size });
      dts += duration;
      offset += size;
    }
  }
  return samples;
}

/** `tfhd`, 8.8.7. */
function header(body: Buffer, trackId: number, trex: SampleDefaults): SampleDefaults {
  need(body, 8);
  const flags = body.readUIntBE(1, 3);
  if (body.readUInt32BE(4) !== trackId)
    throw new MalformedBox('A fragment of a track that was not announced.');
  if (flags & 1) throw new MalformedBox('A fragment that counts from the start of a file.');
  let at = flags & 2 ? 12 : 8;
  const field = (flag: number, otherwise: number): number => {
    if (!(flags & flag)) return otherwise;
    at += 4;
    return need(body, at).readUInt32BE(at - 4);
  };
  return {
    duration: field(0x8, trex.duration),
    size: field(0x10, trex.size),
    flags: field(0x20, trex.flags),
  };
}

/** `trun`, 8.8.8. */
class TrackRun {
  readonly dataOffset: number | undefined;
  private at = 8;
  private readonly flags: number;
  private readonly count: number;
  private readonly first: number | undefined;

  constructor(
    private readonly box: MemoryBox,
    private readonly defaults: SampleDefaults,
  ) {
    this.flags = need(box.body, 8).readUIntBE(1, 3);
    this.count = box.body.readUInt32BE(4);
    this.dataOffset = this.flags & 1 ? this.field().readInt32BE() : undefined;
    this.first = this.flags & 4 ? this.field().readUInt32BE() : undefined;
    const fields = [0x100, 0x200, 0x400, 0x800].filter((flag) => this.flags & flag).length;
    if (this.at + this.count * fields * 4 !== box.body.length || this.count > 1_000_000)
      throw new MalformedBox(`A run of ${this.count} samples in ${box.body.length} bytes.`);
  }

  *samples(): Generator<SampleDefaults & { shift: number }> {
    const optional = (flag: number, otherwise: number): number =>
      this.flags & flag ? this.field().readUInt32BE() : otherwise;
    for (let index = 0; index < this.count; index++) {
      const duration = optional(0x100, this.defaults.duration);
      const size = optional(0x200, this.defaults.size);
      const own = optional(0x400, this.defaults.flags);
      const flags = index === 0 ? (this.first ?? own) : own;
      // Signed in version 0 too: encoders write it so, and 2³¹ ticks of delay are nobody's.
      yield { duration, size, flags, shift: this.flags & 0x800 ? this.field().readInt32BE() : 0 };
    }
  }

  private field(): Buffer {
    this.at += 4;
    return need(this.box.body, this.at).subarray(this.at - 4, this.at);
  }
}
