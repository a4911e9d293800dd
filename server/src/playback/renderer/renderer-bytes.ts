import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { isAddress } from '../../common/bytes/media-address.js';
import type { LocatedFile, PlayableService } from '../../library/playable.service.js';

/** Bytes as renderers ask for them: any number of ranges, whenever they like. */
interface RendererBytes {
  readonly size: number;
  readonly modified: Date;
  /** Both ends included. Destroying it closes it. */
  read(start: number, end: number): Readable;
}

/** bytes a read takes from the disk at once */
const readSize = 512 * 1024;

/** @throws the system's error, or ProblemError NOT_FOUND, TORRENT_NOT_READY */
export async function rendererBytes(
  located: LocatedFile,
  playables: Pick<PlayableService, 'open'>,
): Promise<RendererBytes> {
  const { path } = located;
  if (!isAddress(path)) {
    const { size, mtime } = await stat(path);
    const read = (start: number, end: number): Readable =>
      createReadStream(path, { start, end, highWaterMark: readSize });
    return { size, modified: mtime, read };
  }
  const source = await playables.open(located);
  const { size, lastModified: modified } = source;
  await source.close();
  return { size, modified, read: (start, end) => Readable.from(chunks(located, playables, start, end), { objectMode: false, highWaterMark: readSize }) }; // prettier-ignore
}

/** Each chunk is a copy: a source uses its memory again before a stream has passed it on. */
async function* chunks(
  located: LocatedFile,
  playables: Pick<PlayableService, 'open'>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const over = new AbortController();
  const source = await playables.open(located);
  try {
    for await (const chunk of source.read(start, end, over.signal)) yield Buffer.from(chunk);
  } finally {
    over.abort();
    await source.close();
  }
}
