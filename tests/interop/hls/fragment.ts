/** Reads CMAF fragments for the validator: ISO/IEC 14496-12 from scratch, sharing nothing with what it judges. */

export interface Fragment {
  /** `tfdt`, ticks. */
  readonly decodeTime: number;
  readonly samples: readonly {
    readonly duration: number;
    readonly size: number;
    readonly pts: number;
    readonly key: boolean;
  }[];
  /** Bytes of `mdat`. */
  readonly payload: number;
}

interface Box {
  readonly type: string;
  readonly body: Buffer;
}

export function boxes(bytes: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) throw new Error(`${bytes.length - at} bytes behind the last box`);
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > bytes.length)
      throw new Error(`a box of ${size} bytes at ${at} of ${bytes.length}`);
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, at + size) });
    at += size;
  }
  return found;
}

const inside = (bytes: Buffer, ...path: string[]): Buffer => {
  let current = bytes;
  for (const type of path) {
    const box = boxes(current).find((one) => one.type === type);
    if (!box) throw new Error(`no ${path.join('/')}`);
    current = box.body;
  }
  return current;
};

/** Ticks per second of the only track. */
export function timescaleOf(init: Buffer): number {
  const types = boxes(init).map(({ type }) => type);
  if (types[0] !== 'ftyp' || !types.includes('moov'))
    throw new Error(`an initialisation segment of ${types.join()}`);
  const tracks = boxes(inside(init, 'moov')).filter(({ type }) => type === 'trak');
  if (tracks.length !== 1 || !tracks[0]) throw new Error(`${tracks.length} tracks in one rendition`);
  const mdhd = inside(tracks[0].body, 'mdia', 'mdhd');
  return mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
}

export function readFragment(bytes: Buffer): Fragment {
  const all = boxes(bytes);
  const moofs = all.filter(({ type }) => type === 'moof');
  const mdats = all.filter(({ type }) => type === 'mdat');
  const [moof] = moofs;
  const [mdat] = mdats;
  if (moofs.length !== 1 || mdats.length !== 1 || !moof || !mdat)
    throw new Error(`${moofs.length} moof, ${mdats.length} mdat`);
  const traf = inside(moof.body, 'traf');
  const header = inside(traf, 'tfhd');
  const tfdt = inside(traf, 'tfdt');
  const decodeTime = tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4);
  const standard = defaults(header);
  const samples: { duration: number; size: number; pts: number; key: boolean }[] = [];
  let dts = decodeTime;
  for (const { type, body } of boxes(traf)) {
    if (type !== 'trun') continue;
    for (const { duration, size, offset, flags } of run(body, standard)) {
      // sample_is_non_sync_sample, 8.8.3.1
      samples.push({ duration, size, pts: dts + offset, key: (flags & 0x10000) === 0 });
      dts += duration;
    }
  }
  const declared = samples.reduce((sum, { size }) => sum + size, 0);
  if (declared !== mdat.body.length)
    throw new Error(`samples of ${declared} bytes in an mdat of ${mdat.body.length}`);
  return { decodeTime, samples, payload: mdat.body.length };
}

interface Defaults {
  duration: number;
  size: number;
  flags: number;
}

function defaults(tfhd: Buffer): Defaults {
  const flags = tfhd.readUIntBE(1, 3);
  if (!(flags & 0x20000)) throw new Error('default-base-is-moof is not set');
  let at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
  const next = (flag: number): number => {
    if (!(flags & flag)) return 0;
    at += 4;
    return tfhd.readUInt32BE(at - 4);
  };
  return { duration: next(8), size: next(0x10), flags: next(0x20) };
}

function* run(trun: Buffer, standard: Defaults) {
  const version = trun[0];
  const flags = trun.readUIntBE(1, 3);
  const count = trun.readUInt32BE(4);
  let at = 8 + (flags & 1 ? 4 : 0);
  const first = flags & 4 ? trun.readUInt32BE(at) : null;
  if (first !== null) at += 4;
  const next = (flag: number, otherwise: number, signed = false): number => {
    if (!(flags & flag)) return otherwise;
    at += 4;
    return signed ? trun.readInt32BE(at - 4) : trun.readUInt32BE(at - 4);
  };
  for (let index = 0; index < count; index++) {
    const duration = next(0x100, standard.duration);
    const size = next(0x200, standard.size);
    const own = next(0x400, standard.flags);
    yield {
      duration,
      size,
      flags: index === 0 && first !== null ? first : own,
      offset: next(0x800, 0, version === 1),
    };
  }
}
