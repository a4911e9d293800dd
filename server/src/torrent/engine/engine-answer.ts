import { connect, type Socket } from 'node:net';

/** What a UNIX socket of Linux holds, and a little more. */
const memoryBytes = 256 * 1024;
const mostHeadBytes = 16 * 1024;

/**
 * A question to the engine's socket, and what comes of it. Everything is read into the same piece of memory: Node's HTTP
 * client takes 64 KiB anew for each read, and V8 collects the whole heap of the server for every 10 MB of that (measured:
 * more than half of its time while a film was fetched at full speed, and every other request waited for it).
 */
export class EngineAnswer {
  private readonly memory = Buffer.allocUnsafeSlow(memoryBytes);
  private readonly socket: Socket;
  /** Bytes of the memory that nobody has taken yet: until then nothing more is read. */
  private filled = 0;
  private isOver = false;
  private wake = (): void => undefined;

  /** HTTP/1.0: one answer as it is, without chunks, to the end of the connection. */
  constructor(socketPath: string, path: string, range: string, signal: AbortSignal) {
    const callback = (count: number): boolean => {
      this.filled = count;
      this.wake();
      return false;
    };
    this.socket = connect({ path: socketPath, signal, onread: { buffer: this.memory, callback } });
    // An error closes it too: whoever reads sees that it ended early.
    this.socket.on('error', () => undefined);
    this.socket.once('close', () => {
      this.isOver = true;
      this.wake();
    });
    this.socket.write(`GET ${path} HTTP/1.0\r\nHost: engine\r\nRange: ${range}\r\n\r\n`);
  }

  /** @returns what of the body came with it @throws Error without an answer */
  async head(): Promise<{ status: number; contentRange: string | undefined; rest: Uint8Array }> {
    let head = Buffer.alloc(0);
    for (let end = -1; end < 0; end = head.indexOf('\r\n\r\n')) {
      const chunk = await this.next();
      if (!chunk || head.length > mostHeadBytes) throw new Error('The engine gives no answer');
      head = Buffer.concat([head, chunk]);
    }
    const end = head.indexOf('\r\n\r\n');
    const text = head.toString('latin1', 0, end);
    return {
      status: Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1]),
      contentRange: /^content-range: (.+)$/im.exec(text)?.[1],
      rest: head.subarray(end + 4),
    };
  }

  /** What came next: valid until the one after it is asked for. @returns null at the end, whatever ended it */
  async next(): Promise<Uint8Array | null> {
    if (this.filled === 0) this.socket.resume();
    while (this.filled === 0 && !this.isOver) await new Promise<void>((resolve) => (this.wake = resolve));
    const chunk = this.memory.subarray(0, this.filled);
    this.filled = 0;
    return chunk.length > 0 ? chunk : null;
  }

  end(): void {
    this.socket.destroy();
  }
}
