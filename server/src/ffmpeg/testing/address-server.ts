import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Files behind addresses, with ranges, as the door of torrents gives them; and what was asked for. */
export class AddressServer {
  /** Bytes of each range that was asked for. */
  readonly ranges: { start: number; end: number }[] = [];
  /** Status to answer everything with; null: as asked; 0: never. */
  refuses: number | null = null;
  private readonly server = createServer((request, response) => {
    const path = this.paths[Number(request.url?.slice(1))];
    if (this.refuses === 0) return void this.waiting.push(response);
    const status = this.refuses ?? (path === undefined ? 404 : undefined);
    if (status !== undefined || path === undefined) return void response.writeHead(status ?? 404).end();
    const { size } = statSync(path);
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = Math.min(size - 1, to ? Number(to) : size - 1);
    const isPart = from !== undefined;
    if (isPart) this.ranges.push({ start, end });
    response.writeHead(isPart ? 206 : 200, {
      'Accept-Ranges': 'bytes',
      'Content-Length': end - start + 1,
      ...(isPart && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(path, { start, end }).pipe(response);
  });
  private readonly paths: string[] = [];
  private readonly waiting: ServerResponse[] = [];
  private port = 0;

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    ({ port: this.port } = this.server.address() as AddressInfo);
  }

  /** How many wait for an answer that does not come. */
  get stuck(): number {
    return this.waiting.length;
  }

  address(path: string): string {
    if (!this.paths.includes(path)) this.paths.push(path);
    return `http://127.0.0.1:${this.port}/${this.paths.indexOf(path)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
