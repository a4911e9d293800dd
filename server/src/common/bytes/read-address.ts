import { request } from 'node:http';

/** Both ends included. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Some bytes behind an address (`media-address.ts`), as far as there are any.
 * @returns them, and the size of the whole
 * @throws an error with the code of the system's nearest (ENOENT, EAGAIN, EIO), or the connection's
 */
export function readAddress(
  address: string,
  { start, end }: Span,
  signal?: AbortSignal,
): Promise<{ size: number; bytes: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ size: number; bytes: Buffer }>();
  const headers = { range: `bytes=${start}-${end}` };
  request(address, { headers, ...(signal && { signal }) }, (response) => {
    const { statusCode = 0, headers: said } = response;
    if (statusCode !== 206) {
      response.resume();
      return reject(refusal(statusCode));
    }
    const chunks: Buffer[] = [];
    response
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('error', reject)
      .on('end', () => {
        const size = Number(said['content-range']?.split('/')[1] ?? 0);
        resolve({ size, bytes: Buffer.concat(chunks) });
      });
  })
    .on('error', reject)
    .end();
  return promise;
}

function refusal(status: number): Error {
  const code = { 404: 'ENOENT', 410: 'ENOENT', 503: 'EAGAIN' }[status] ?? 'EIO';
  return Object.assign(new Error(`The address cannot be read (${code})`), { code });
}
