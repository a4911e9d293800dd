import type { PieceSwarm } from './piece-swarm';

/** Bytes of a film as the server sends them, both ends included; leaving the loop hangs up. */
export type ServerBytes = (start: number, end: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** Others are waited for only by who could play on without (s); the server sends what a viewer waits for. */
const comfortSeconds = 5;
/** Asked of other browsers ahead of what is read. */
const aheadBytes = 16 * 1024 * 1024;
/** A piece that somebody offered and that has not come by then (ms) is fetched, and for a while they are not waited for. */
const patienceMs = 2000;
const distrustMs = 10_000;

/**
 * Bytes of a film, in order: pieces that other browsers have come from them as long as they keep up, all else from the
 * server, in one answer for as long as that is so. Nothing that goes wrong with the others ever ends it.
 */
export class FilmReader {
  /** Bytes that the server sent. */
  fromServer = 0;
  #swarm: PieceSwarm | undefined;
  /** Of the film's first byte in the torrent. */
  #offset = 0;
  /** Where it was read last. */
  #at = 0;
  #distrustedUntil = 0;

  /** @param ahead seconds that can be played without reading more */
  constructor(
    private readonly server: ServerBytes,
    private readonly ahead: () => number,
  ) {}

  /** From now on others are asked as well. @param offset where the film begins in the torrent */
  share(swarm: PieceSwarm, offset: number): void {
    this.#swarm = swarm;
    this.#offset = offset;
    // They have something to give, and to see that it is wanted takes them a while.
    this.#want(swarm, this.#pieceAt(swarm, this.#at) + 1);
  }

  /** From byte `start` to byte `end`, both included. @throws whatever the server's answer fails with */
  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
    let at = start;
    while (at <= end) {
      this.#at = at;
      const bytes = await this.#fromPeers(at, signal);
      if (bytes) {
        const wanted = bytes.subarray(0, end - at + 1);
        at += wanted.length;
        yield wanted;
        continue;
      }
      for await (const chunk of this.#fromServer(at, end, signal)) {
        at += chunk.length;
        this.#at = at;
        yield chunk;
        if (this.#isPeersTurn(at)) break;
      }
    }
  }

  /** What is here, or comes in time, of the piece that `at` lies in. */
  async #fromPeers(at: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const swarm = this.#swarm;
    if (!swarm) return undefined;
    const piece = this.#pieceAt(swarm, at);
    if (swarm.read(piece) === undefined) {
      if (!this.#mayWaitFor(swarm, piece)) return undefined;
      this.#want(swarm, piece);
      if (!(await swarm.until(piece, patienceMs, signal))) {
        this.#distrustedUntil = performance.now() + distrustMs;
        return undefined;
      }
    }
    this.#want(swarm, piece + 1);
    return swarm.read(piece)?.subarray((this.#offset + at) % swarm.pieceLength);
  }

  async *#fromServer(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
    const collected = new PieceCollector();
    let at = start;
    for await (const bytes of this.server(start, end, signal)) {
      this.fromServer += bytes.length;
      for (const part of this.#inPieces(at, bytes)) {
        collected.add(this.#swarm, this.#offset + at, part);
        at += part.length;
        yield part;
      }
    }
    if (at <= end) throw new Error('The server hung up');
  }

  /** So that a reader can leave where a piece ends. */
  *#inPieces(at: number, bytes: Uint8Array): Generator<Uint8Array, void> {
    const pieceLength = this.#swarm?.pieceLength ?? Infinity;
    for (let from = 0; from < bytes.length;) {
      const left = pieceLength - ((this.#offset + at + from) % pieceLength);
      yield bytes.subarray(from, from + left);
      from += left;
    }
  }

  #isPeersTurn(at: number): boolean {
    const swarm = this.#swarm;
    if (!swarm || (this.#offset + at) % swarm.pieceLength !== 0) return false;
    const piece = this.#pieceAt(swarm, at);
    this.#want(swarm, piece + 1);
    return swarm.read(piece) !== undefined || this.#mayWaitFor(swarm, piece);
  }

  #mayWaitFor(swarm: PieceSwarm, piece: number): boolean {
    const isTrusted = performance.now() >= this.#distrustedUntil && swarm.isOffered(piece);
    return isTrusted && this.ahead() >= comfortSeconds;
  }

  #want(swarm: PieceSwarm, piece: number): void {
    const last = Math.ceil(swarm.length / swarm.pieceLength) - 1;
    if (piece <= last) swarm.want(piece, Math.min(last, piece + Math.ceil(aheadBytes / swarm.pieceLength)));
  }

  #pieceAt({ pieceLength }: PieceSwarm, at: number): number {
    return Math.floor((this.#offset + at) / pieceLength);
  }
}

/** Puts pieces together from what the server sends, and gives those that are whole to the swarm. */
class PieceCollector {
  #parts: Uint8Array[] = [];
  /** Where the piece begins that is being collected, and how much of it is there. */
  #start = -1;
  #size = 0;

  /** @param at of the torrent; parts never go beyond their piece */
  add(swarm: PieceSwarm | undefined, at: number, part: Uint8Array): void {
    if (!swarm) return;
    if (at % swarm.pieceLength === 0) {
      this.#parts = [];
      this.#start = at;
      this.#size = 0;
    }
    if (this.#start < 0 || at !== this.#start + this.#size) return;
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size !== Math.min(swarm.pieceLength, swarm.length - this.#start)) return;
    const whole = new Uint8Array(this.#size);
    let filled = 0;
    for (const each of this.#parts) {
      whole.set(each, filled);
      filled += each.length;
    }
    swarm.give(this.#start / swarm.pieceLength, whole);
    this.#parts = [];
  }
}
