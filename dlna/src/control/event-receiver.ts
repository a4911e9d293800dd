import { randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { readPropertySet } from '../wire/property-set.js';

/** Bytes of one NOTIFY; a LastChange with the metadata of a long album is about 60 KB. */
const largestEvent = 256 * 1024;
/** Events that may come before the answer to SUBSCRIBE told their SID (F7). */
const mostEarly = 16;
const mostConnections = 128;

export type EventValues = ReadonlyMap<string, string>;

/** A place for the events of one subscription. */
export interface EventDoor {
  readonly path: string;
  /** The answer to SUBSCRIBE came: what waited is delivered, and from now on only this SID counts. */
  confirm(sid: string): void;
  close(): void;
}

interface Door {
  readonly address: string;
  readonly listener: (values: EventValues) => void;
  sid: string | undefined;
  early: { sid: string; values: EventValues }[];
}

/** Where devices send their events: every NOTIFY is answered, or devices stop after their first (F5). */
export class EventReceiver {
  private readonly doors = new Map<string, Door>();
  private server: http.Server | undefined;

  /** @returns the port, of every address of this machine: which of them a device can reach, its subscription knows */
  async start(port = 0): Promise<number> {
    const server = (this.server = http.createServer(
      { insecureHTTPParser: true, requireHostHeader: false, requestTimeout: 10_000, headersTimeout: 8_000 },
      (request, response) => void this.receive(request, response),
    ));
    server.maxConnections = mostConnections;
    server.unref();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '0.0.0.0', resolve);
    });
    return this.port;
  }

  get port(): number {
    const address = this.server?.address();
    if (!address || typeof address === 'string') throw new Error('The receiver of events was not started');
    return address.port;
  }

  /** @param address IPv4 of the only device that may speak here */
  open(address: string, listener: (values: EventValues) => void): EventDoor {
    const path = `/event/${randomUUID()}`;
    const door: Door = { address, listener, sid: undefined, early: [] };
    this.doors.set(path, door);
    return {
      path,
      confirm: (sid) => confirm(door, sid),
      close: () => void this.doors.delete(path),
    };
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    this.doors.clear();
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number): void =>
      void response.writeHead(status, { 'Content-Length': '0', Connection: 'close' }).end();
    const door = this.doors.get(request.url ?? '');
    if (request.method !== 'NOTIFY') return answer(405);
    if (!door || request.socket.remoteAddress !== door.address) return answer(412);
    const body = await readBody(request).catch(() => undefined);
    if (!body) return answer(413);
    const sid = String(request.headers['sid'] ?? '');
    if (door.sid !== undefined && sid !== door.sid) return answer(412);
    answer(200);
    hear(door, sid, body);
  }
}

function hear(door: Door, sid: string, body: Buffer): void {
  let values: EventValues;
  try {
    values = readPropertySet(body);
  } catch {
    return; // Rubbish, answered politely; polling tells the truth.
  }
  if (door.sid !== undefined) door.listener(values);
  else if (door.early.length < mostEarly) door.early.push({ sid, values });
}

function confirm(door: Door, sid: string): void {
  const early = door.early.filter((event) => event.sid === sid);
  door.early = [];
  door.sid = sid;
  for (const { values } of early) door.listener(values);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) continue;
    size += chunk.byteLength;
    if (size > largestEvent) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
