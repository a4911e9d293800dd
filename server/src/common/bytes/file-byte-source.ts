import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { chunkSize, returnBuffer, takeBuffer } from './buffer-pool.js';
import type { ByteSource } from './byte-source.js';

/** How often a long read looks whether the file is still the same. */
const chunksPerCheck = 16;

/** The file was replaced or cut while it was being read. */
class SourceChanged extends Error {
  constructor() {
    super('The file changed while it was being read');
    this.name = 'SourceChanged';
  }
}

/** A file, opened once and looked at through its descriptor, so that a rename in between changes nothing. */
export class FileByteSource implements ByteSource {
  private constructor(
    private readonly handle: FileHandle,
    readonly size: number,
    private readonly modified: bigint,
    readonly etag: string,
  ) {}

  /** @throws the system's error (ENOENT, EACCES…), or EISDIR for anything but a regular file */
  static async open(path: string): Promise<FileByteSource> {
    // Opening a pipe would wait for a writer, and hold one of the few threads meanwhile; files do not mind the flag.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat({ bigint: true });
      if (!stats.isFile()) throw Object.assign(new Error('Not a regular file'), { code: 'EISDIR' });
      const etag = [stats.dev, stats.ino, stats.size, stats.mtimeNs]
        .map((part) => part.toString(36))
        .join('-');
      return new FileByteSource(handle, Number(stats.size), stats.mtimeNs, etag);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get lastModified(): Date {
    return new Date(Number(this.modified / 1_000_000n));
  }

  /** Two buffers take turns: one is being filled while the other is being sent. A short range needs only one. */
  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const buffers: Buffer[] = [];
    let pending: Promise<Uint8Array> | undefined;
    const fill = (turn: number, position: number) => {
      const buffer = (buffers[turn % 2] ??= takeBuffer(Math.min(chunkSize, end - start + 1)));
      return this.fill(buffer, position, Math.min(buffer.length, end - position + 1));
    };
    try {
      let count = 0;
      pending = start <= end ? fill(count, start) : undefined;
      for (let position = start; pending && !signal.aborted;) {
        const chunk: Uint8Array = await pending;
        position += chunk.length;
        pending = position <= end ? fill(++count, position) : undefined;
        // A failure of the read ahead is for whoever asks for it, not for the process.
        pending?.catch(() => undefined);
        // Before the last chunk is sent: with it the promised length is complete, and the client content.
        if (!pending || count % chunksPerCheck === 0) await this.refuseIfChanged();
        yield chunk;
      }
    } finally {
      // The kernel may still be writing into a buffer; it goes back to the pool only after that.
      await pending?.catch(() => undefined);
      buffers.forEach(returnBuffer);
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async fill(buffer: Buffer, position: number, length: number): Promise<Uint8Array> {
    const { bytesRead } = await this.handle.read(buffer, 0, length, position);
    if (bytesRead === 0) throw new SourceChanged();
    return buffer.subarray(0, bytesRead);
  }

  private async refuseIfChanged(): Promise<void> {
    const now = await this.handle.stat({ bigint: true });
    if (now.mtimeNs !== this.modified || Number(now.size) !== this.size) throw new SourceChanged();
  }
}
