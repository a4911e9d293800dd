import { AbstractTokenizer, EndOfStreamError, type IFileInfo, type IReadChunkOptions } from 'strtok3';
import type { FileBytes } from '../../ffmpeg/file-bytes.js';

/** Bytes; a tag that says it is longer is damaged or hostile. Covers of a few megabytes are common. */
const largestToken = 24 * 1024 * 1024;

/** music-metadata's way into a file that is open already: bounded, and without a promise for every few bytes. */
export class FileTokenizer extends AbstractTokenizer {
  override fileInfo: IFileInfo & { size: number };

  constructor(
    private readonly file: FileBytes,
    path: string,
  ) {
    super({ maxBufferSize: largestToken });
    this.fileInfo = { size: file.size, path };
  }

  override supportsRandomAccess(): boolean {
    return true;
  }

  setPosition(position: number): void {
    this.position = position;
  }

  override peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    return new Promise((resolve) => resolve(this.copy(target, options)));
  }

  override async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const count = await this.peekBuffer(target, options);
    this.position = (options?.position ?? this.position) + count;
    return count;
  }

  private copy(target: Uint8Array, options?: IReadChunkOptions): number {
    const { length, position, mayBeLess } = this.normalizeOptions(target, options);
    const bytes = this.file.read(position, length);
    if (bytes.length < length && !mayBeLess) throw new EndOfStreamError();
    target.set(bytes);
    return bytes.length;
  }
}
