/** The inner half of bonjour-service 1.4.4, which its own types leave `any` or private. */
declare module 'bonjour-service/dist/lib/mdns-server.js' {
  import type { EventEmitter } from 'node:events';
  import type { ServiceRecord } from 'bonjour-service/dist/lib/service.js';

  interface Options {
    readonly interface: string;
    readonly bind: string;
  }

  /** multicast-dns's. */
  interface Responder extends EventEmitter {
    respond(records: readonly ServiceRecord[], done: (error?: Error | null) => void): void;
    destroy(done: () => void): void;
  }

  export class Server {
    constructor(options: Options, onError: (error: Error) => void);
    readonly mdns: Responder;
    register(records: ServiceRecord[]): void;
    unregister(records: ServiceRecord[]): void;
    respondToQuery(packet: unknown): void;
  }
}
