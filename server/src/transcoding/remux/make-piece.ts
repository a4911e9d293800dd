import { systemErrorCode } from '../../common/system-error.js';
import { ProbeFailed } from '../../ffmpeg/media-probe.js';
import { fullBox, box, uint32 } from '../cmaf/boxes.js';
import { trackId, writeInit } from '../cmaf/init-segment.js';
import { writeSegment } from '../cmaf/segment-writer.js';
import type { OpenSources } from './open-source.js';
import { RemuxFailed } from './remux-failure.js';
import type { RemuxRequest } from './remux-messages.js';

/** An init or media segment. @throws RemuxFailed */
export function makePiece(sources: OpenSources, request: RemuxRequest): Uint8Array {
  const { path, contentKey, stream, piece } = request;
  try {
    const source = sources.get(path, contentKey, stream);
    const { track } = source;
    if (piece === 'init') return writeInit(track);
    const { samples, start, end } = source.cut(piece);
    if (samples.length === 0) return silence(piece.sequence, start);
    return writeSegment(track, samples, { sequence: piece.sequence, start, end: Math.max(end, start + samples.length) });
  } catch (error) {
    throw asRemuxFailed(error);
  }
} // prettier-ignore

/** A stretch without sound, longer than a segment: a fragment without samples, which players take for a gap. */
function silence(sequence: number, start: number): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(start));
  const head = fullBox('tfhd', 0, 0x20000, uint32(trackId));
  const moof = box('moof', fullBox('mfhd', 0, 0, uint32(sequence)), box('traf', head, fullBox('tfdt', 1, 0, time)));
  return Buffer.concat([moof, box('mdat')]);
} // prettier-ignore

function asRemuxFailed(error: unknown): RemuxFailed {
  if (error instanceof RemuxFailed) return error;
  if (error instanceof ProbeFailed) {
    const code = error.code === 'not-found' || error.code === 'unreadable' ? 'unreadable' : 'damaged';
    return new RemuxFailed(code, error.reason, { cause: error });
  }
  const system = systemErrorCode(error);
  if (typeof system === 'string' && /^E[A-Z0-9]+$/.test(system) && !system.startsWith('ERR_'))
    return new RemuxFailed('unreadable', `The file cannot be read (${system}).`, { cause: error });
  return new RemuxFailed('damaged', 'The index of the file contradicts itself.', { cause: error });
}
