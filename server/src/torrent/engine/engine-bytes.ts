import type { ByteSource } from '../../common/bytes/byte-source.js';
import { EngineAnswer } from './engine-answer.js';
import { bytesPath, bytesTag, engineFailure } from './messages.js';
import { Patience } from './patience.js';
import { EngineError, type EngineErrorCode } from './torrent-engine.js';

/** What a reader knows of the engine that it reads from. */
export interface EngineConnection {
  /** Where bytes of this torrent can be asked for now; null while the engine is coming back. */
  socketPath(): string | null;
  /** What makes further waiting useless. */
  failure(): EngineError | null;
  /** Resolves when one of them may have changed, or `signal` aborted. */
  changed(signal: AbortSignal): Promise<void>;
  /** Somebody begins to read; @returns ends it. */
  enter(): () => void;
}

/** These do not get better by asking again. */
const final: ReadonlySet<EngineErrorCode> = new Set(['invalid', 'absent', 'removed', 'disk-full', 'stalled']);
const retryMs = { first: 50, most: 1000 };
const mostFailureBytes = 4096;

/**
 * A file of a torrent, read over the engine's socket: goes on at the byte it had reached when the engine ended in between,
 * and gives up after `stallMs` in which nothing came (time that the reader itself takes does not count).
 */
export class EngineByteSource implements ByteSource {
  readonly etag: string;
  /** The same for ever: the infohash vouches for every byte. */
  readonly lastModified = new Date(0);

  constructor(
    private readonly connection: EngineConnection,
    infoHash: string,
    fileIndex: number,
    readonly size: number,
    private readonly stallMs: number,
    private readonly path = bytesPath(infoHash, fileIndex),
  ) {
    this.etag = bytesTag(infoHash, fileIndex);
  }

  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const patience = new Patience(this.stallMs, () => new EngineError('stalled', 'Nothing comes any more'));
    const last = Math.min(end, this.size - 1);
    const leave = this.connection.enter();
    try {
      for (let position = start, retries = 0; position <= last && !signal.aborted; retries++) {
        if (retries > 0) await this.pause(retries, patience, signal);
        const path = this.connection.socketPath();
        this.refuseIfUseless();
        if (path === null) continue;
        for await (const chunk of this.ask(path, position, last, patience, signal)) {
          position += chunk.length;
          retries = 0;
          yield chunk;
        }
      }
    } finally {
      leave();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private refuseIfUseless(): void {
    const failure = this.connection.failure();
    if (failure) throw failure;
  }

  /** Until it is worth asking again. */
  private async pause(retries: number, patience: Patience, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const either = AbortSignal.any([woken.signal, signal]);
    const timer = setTimeout(() => woken.abort(), Math.min(retryMs.most, retryMs.first * 2 ** (retries - 1)));
    try {
      await patience.during(this.connection.changed(either), () => woken.abort());
    } finally {
      clearTimeout(timer);
      woken.abort();
    }
  }

  /** Ends early, without an error, when the engine breaks off. @throws EngineError where asking again is useless */
  private async *ask(
    socketPath: string,
    position: number,
    last: number,
    patience: Patience,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const range = `bytes=${position}-${last}`;
    const answer = new EngineAnswer(socketPath, this.path, range, signal);
    const giveUp = (): void => answer.end();
    try {
      const { status, contentRange, rest } = await patience.during(answer.head(), giveUp);
      if (status !== 206) return await this.refused(answer, rest, patience);
      this.refuseOther(contentRange, position, last);
      let left = last - position + 1;
      for (let chunk: Uint8Array | null = rest; chunk && left > 0;) {
        const bytes = chunk.subarray(0, left);
        left -= bytes.length;
        if (bytes.length > 0) yield bytes;
        if (left > 0) chunk = await patience.during(answer.next(), giveUp);
        patience.renew();
      }
    } catch (error) {
      if (error instanceof EngineError) throw error;
      // The engine is gone, or the reader is: the caller looks which.
    } finally {
      answer.end();
    }
  }

  private async refused(answer: EngineAnswer, rest: Uint8Array, patience: Patience): Promise<void> {
    const text = await patience.during(textOf(answer, rest), () => answer.end());
    const failure = engineFailure.parse(JSON.parse(text));
    if (final.has(failure.code)) throw new EngineError(failure.code, failure.message);
  }

  /** Bytes of another place would be worse than none. */
  private refuseOther(contentRange: string | undefined, position: number, last: number): void {
    if (contentRange !== `bytes ${position}-${last}/${this.size}`)
      throw new EngineError('invalid', 'The engine answers with other bytes');
  }
}

async function textOf(answer: EngineAnswer, rest: Uint8Array): Promise<string> {
  let text = Buffer.from(rest);
  for (let chunk; (chunk = await answer.next());) {
    text = Buffer.concat([text, chunk]);
    if (text.length > mostFailureBytes) throw new Error('The refusal is too long');
  }
  return text.toString();
}
