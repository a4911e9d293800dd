import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RangeHost {
  /** Of the file; any other path is not found. */
  readonly url: string;
  close(): Promise<void>;
}

/** A web host on loopback that has one file, and gives parts of it. */
export async function startRangeHost(path: string, name: string): Promise<RangeHost> {
  const bytes = await readFile(path);
  const server = createServer((request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    if (request.url !== `/${name}` || from === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [start, end] = [Number(from), Math.min(Number(to || bytes.length - 1), bytes.length - 1)];
    const part = bytes.subarray(start, end + 1);
    const range = `bytes ${start}-${end}/${bytes.length}`;
    response
      .writeHead(206, { 'content-range': range, 'content-length': part.length, etag: '"one"' })
      .end(part);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
