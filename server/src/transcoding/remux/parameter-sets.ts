/** What is done to every sample on its way. */
export type SampleFilter = (sample: Uint8Array) => Uint8Array;

export const untouched: SampleFilter = (sample) => sample;

const key = (unit: Uint8Array): string => Buffer.from(unit.buffer, unit.byteOffset, unit.length).toString('latin1'); // prettier-ignore

/** The NAL units of a sample whose lengths take `width` bytes: where each begins, its length included, and ends. */
function* units(sample: Uint8Array, width: number): Generator<{ at: number; unit: Uint8Array }> {
  for (let at = 0; at + width <= sample.length;) {
    let length = 0;
    for (let byte = 0; byte < width; byte += 1) length = length * 256 + (sample[at + byte] ?? 0);
    if (length === 0 || at + width + length > sample.length) return;
    yield { at, unit: sample.subarray(at + width, at + width + length) };
    at += width + length;
  }
}

const hevcType = (unit: Uint8Array): number => ((unit[0] ?? 0) >> 1) & 63;
const isHevcSet = (unit: Uint8Array): boolean => hevcType(unit) >= 32 && hevcType(unit) <= 34;

/** Parameter sets in an `hvcC` record, ISO 14496-15 8.3.3.1. */
function setsOf(record: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 23;
  for (let array = record[22] ?? 0; array > 0; array -= 1) {
    const count = ((record[at + 1] ?? 0) << 8) | (record[at + 2] ?? 0);
    at += 3;
    for (let unit = 0; unit < count && at + 2 <= record.length; unit += 1) {
      const length = ((record[at] ?? 0) << 8) | (record[at + 1] ?? 0);
      found.push(record.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return found;
}

/**
 * HEVC as `hvc1`: parameter sets lie in the record, not in the samples. A record without them (`hev1`) gets those of
 * the first key frame. Sets in samples that say something else are left, since only they tell of a change.
 */
export function hevcOutOfBand(
  record: Uint8Array,
  firstSample: () => Uint8Array,
): { record: Uint8Array; filter: SampleFilter } {
  if (record.length < 23) return { record, filter: untouched };
  const width = ((record[21] ?? 3) & 3) + 1;
  const own = setsOf(record).filter(isHevcSet);
  const complete = [32, 33, 34].every((type) => own.some((unit) => hevcType(unit) === type));
  const inBand = complete ? [] : [...units(firstSample(), width)].map(({ unit }) => unit).filter(isHevcSet);
  const sets = complete ? own : inBand;
  const known = new Set(sets.map(key));
  return {
    record: complete ? record : withSets(record, sets),
    filter: (sample) => without(sample, width, (unit) => isHevcSet(unit) && known.has(key(unit))),
  };
}

function withSets(record: Uint8Array, sets: readonly Uint8Array[]): Uint8Array {
  const types = [32, 33, 34].filter((type) => sets.some((unit) => hevcType(unit) === type));
  const parts: Uint8Array[] = [record.subarray(0, 22), Uint8Array.of(types.length)];
  for (const type of types) {
    const units = sets.filter((unit) => hevcType(unit) === type);
    parts.push(Uint8Array.of(0x80 | type, units.length >> 8, units.length & 255));
    for (const unit of units) parts.push(Uint8Array.of(unit.length >> 8, unit.length & 255), unit);
  }
  return Buffer.concat(parts);
}

function without(sample: Uint8Array, width: number, drop: (unit: Uint8Array) => boolean): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const { at, unit } of units(sample, width)) {
    if (!drop(unit)) continue;
    if (at > from) kept.push(sample.subarray(from, at));
    from = at + width + unit.length;
  }
  if (from === 0 && kept.length === 0) return sample;
  return Buffer.concat([...kept, sample.subarray(from)]);
}

/** Whether an `avcC` record (14496-15 5.3.3.1) has parameter sets: `avc3` may leave them to the samples. */
export const avcComplete = (record: Uint8Array): boolean => ((record[5] ?? 0) & 31) > 0;
