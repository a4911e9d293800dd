import type { ByteSource } from './byte-source.js';

/** Part of another source, as one of its own; closing it closes the other. */
export class SlicedByteSource implements ByteSource {
  /** @param start first byte @param size bytes; what lies behind the end of the source is not there */
  constructor(
    private readonly source: ByteSource,
    private readonly start: number,
    readonly size: number,
  ) {}

  get etag(): string {
    return `${this.source.etag}-${this.start.toString(36)}-${this.size.toString(36)}`;
  }

  get lastModified(): Date {
    return this.source.lastModified;
  }

  read(start: number, end: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return this.source.read(this.start + start, this.start + end, signal);
  }

  close(): Promise<void> {
    return this.source.close();
  }
}
