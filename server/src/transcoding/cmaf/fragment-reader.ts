import { boxExtent, bufferOf, MalformedBox } from './boxes.js';
import { ChunkQueue } from './chunk-queue.js';
import { type InitFacts, readInit } from './init-segment.js';
import { type LocatedSample, readMovieFragment } from './movie-fragment.js';
import type { Sample, Track } from './track.js';

/** What a chunk completed. */
export type FragmentPart =
  | { readonly type: 'init'; readonly track: Track }
  | { readonly type: 'samples'; readonly samples: readonly Sample[] };

/** Larger than any box of a live encode: a second of 4K at 100 Mb/s is 12 MB. */
const largestBox = 64 * 1024 * 1024;

/**
 * Reads fragmented MP4 of one track from a stream, chunk by chunk: the track once, then samples as soon as their
 * `mdat` is whole. It holds one box at most, and copies each byte at most once.
 */
export class FragmentReader {
  private readonly queue = new ChunkQueue();
  private facts: InitFacts | undefined;
  private pending: { samples: readonly LocatedSample[]; moofBytes: number } | undefined;

  /** @param limit bytes of the largest box that is taken */
  constructor(private readonly limit = largestBox) {}

  /** Bytes of the box that is not whole yet. */
  get buffered(): number {
    return this.queue.length;
  }

  /** @throws MalformedBox; the reader is of no use after it */
  push(chunk: Uint8Array): FragmentPart[] {
    this.queue.push(bufferOf(chunk));
    const parts: FragmentPart[] = [];
    for (;;) {
      const head = this.queue.peek(16);
      const extent = boxExtent(head);
      if (!extent) return parts;
      const type = head.toString('latin1', 4, 8);
      if (extent.size > this.limit)
        throw new MalformedBox(`A ${printable(type)} box of ${extent.size} bytes.`);
      if (this.queue.length < extent.size) return parts;
      const part = this.take(type, this.queue.take(extent.size), extent.header);
      if (part) parts.push(part);
    }
  }

  /** The stream is over. @throws MalformedBox where it broke off inside a box */
  end(): void {
    if (this.queue.length > 0 || this.pending) throw new MalformedBox('The stream breaks off inside a box.');
  }

  private take(type: string, box: Buffer, header: number): FragmentPart | undefined {
    if (type === 'moov') {
      if (this.facts) throw new MalformedBox('A second moov.');
      this.facts = readInit(box.subarray(header));
      return { type: 'init', track: this.facts.track };
    }
    if (type === 'moof') {
      if (!this.facts || this.pending) throw new MalformedBox('A moof out of turn.');
      const samples = readMovieFragment(box.subarray(header), this.facts.trackId, this.facts.defaults);
      this.pending = { samples, moofBytes: box.length };
    }
    if (type !== 'mdat' || !this.pending) return undefined;
    const { samples, moofBytes } = this.pending;
    this.pending = undefined;
    return { type: 'samples', samples: samples.map((sample) => cutOut(sample, box, moofBytes, header)) };
  }
}

function cutOut(
  { offset, size, ...sample }: LocatedSample,
  mdat: Buffer,
  moof: number,
  header: number,
): Sample {
  const at = offset - moof;
  if (at < header || at + size > mdat.length) throw new MalformedBox('A sample lies outside its mdat.');
  return { ...sample, bytes: mdat.subarray(at, at + size) };
}

const printable = (type: string): string => type.replaceAll(/[^ -~]/g, '?');
