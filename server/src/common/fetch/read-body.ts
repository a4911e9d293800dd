import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createInflate, createUnzip } from 'node:zlib';
import { FetchRefused } from './fetch-refused.js';

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createUnzip,
  'x-gzip': createUnzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const tooLarge = (): FetchRefused => new FetchRefused('too-large', 'The answer is larger than it may be.');

/**
 * The body of an answer, unpacked, never more than `maxBytes` of it in memory: a bomb is stopped while it unpacks.
 * @throws FetchRefused `too-large`, `encoding`
 */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const plain = encoding === 'identity' || encoding === '';
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const decoder = plain ? null : DECODERS[encoding];
  if (decoder === undefined)
    throw new FetchRefused('encoding', 'The answer is packed in a way that is not understood.');
  return decoder === null ? collect(response, maxBytes) : unpack(response, decoder(), maxBytes);
}

async function unpack(
  response: IncomingMessage,
  decoder: NodeJS.ReadWriteStream & Readable,
  maxBytes: number,
): Promise<Uint8Array> {
  response.once('error', (error) => decoder.destroy(error));
  response.pipe(decoder);
  try {
    return await collect(decoder, maxBytes);
  } catch (error) {
    if (error instanceof FetchRefused || response.errored) throw error;
    throw new FetchRefused('encoding', 'The answer is packed badly.');
  } finally {
    decoder.destroy();
  }
}

async function collect(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
