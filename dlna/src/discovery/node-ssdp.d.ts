/** What this folder uses of node-ssdp 4.0.1, which brings no types; the names with “_” are its own, and where its faults are. */
declare module 'node-ssdp' {
  import type { EventEmitter } from 'node:events';
  import type { RemoteInfo, Socket } from 'node:dgram';

  interface Options {
    readonly location?: string;
    readonly ssdpTtl?: number;
  }

  export class Server extends EventEmitter {
    constructor(options: Options);
    protected sockets: Record<string, Socket> | null;
    protected _sourcePort: number;
    start(): Promise<void>;
    protected _stop(): void;
    protected _createSockets(): void;
    protected _initAdLoop(): void;
    protected _parseMessage(message: Buffer, from: RemoteInfo): void;
    protected _send(message: Buffer, host: string, port: number, done: (error?: Error | null) => void): void;
  }

  const library: { readonly Server: typeof Server };
  export default library;
}
