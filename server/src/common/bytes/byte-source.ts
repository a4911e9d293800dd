/** Bytes that can be read from anywhere in them: a file, a file inside a torrent, an object in a store. */
export interface ByteSource {
  /** bytes */
  readonly size: number;
  /** Strong validator without quotes: another content has another one (RFC 9110 section 8.8.3). */
  readonly etag: string;
  readonly lastModified: Date;
  /**
   * Bytes `start` up to and including `end`. Each chunk is valid until the next one is asked for: its memory is used
   * again. Rejects when the source changed or broke meanwhile; ends early when `signal` aborts.
   */
  read(start: number, end: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
