import type { Readable } from 'node:stream';
import type { Clock } from '../clock.port.js';
import { bytesOf } from './send-stream.js';

/** Bytes of a conversion that are kept behind its reader: players look at the same place again and again. */
const KEPT = 4 * 1024 * 1024;
/** A reader that wants to go on a little further down is worth no encoder of its own, bytes. */
const AHEAD = 512 * 1024;

/**
 * One encoder's bytes, from a place in a stream of constant rate on, read by place. Whoever reads pulls it on; what was
 * read lately can be read again.
 */
export class SteadyRun {
  readonly #stream: Readable;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #kept: Uint8Array[] = [];
  #keptFrom: number;
  #reach: number;
  readonly #waiting = new Set<() => void>();
  #pulling: Promise<boolean> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** @param from where its first byte lies */
  constructor(stream: Readable, from: number) {
    this.#stream = stream;
    // While nobody reads, nobody hears of a failure either; the next who reads does.
    stream.on('error', (error) => (this.#failure ??= { error }));
    this.#chunks = bytesOf(stream)[Symbol.asyncIterator]();
    this.#keptFrom = this.#reach = from;
  }

  /** Whether it goes on, or came to its end; not, if somebody ended it. */
  get isSound(): boolean {
    return !this.#failure && (!this.#stream.destroyed || this.#stream.readableEnded);
  }

  /** Whether it can be read from there on. */
  has(at: number): boolean {
    return this.isSound && at >= this.#keptFrom && at <= this.#reach + AHEAD;
  }

  /** From a place on to the end. @throws what the encoder does */
  async *read(from: number): AsyncGenerator<Uint8Array> {
    for (let at = from; ;) {
      while (at >= this.#reach) if (!(await this.#pull())) return;
      const part = this.#part(at);
      at += part.length;
      yield part;
    }
  }

  /** Who waits for bytes has left: they wait for the next reader. */
  release(): void {
    for (const leave of this.#waiting) leave();
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #part(at: number): Uint8Array {
    if (at < this.#keptFrom) throw new Error('Another reader has gone on too far');
    let start = this.#keptFrom;
    for (const chunk of this.#kept) {
      if (at < start + chunk.length) return chunk.subarray(at - start);
      start += chunk.length;
    }
    throw new Error(`No byte ${at} before ${this.#reach}`);
  }

  /** @returns false at the end, and for who has left */
  #pull(): Promise<boolean> {
    if (this.#failure) return Promise.reject(asError(this.#failure.error));
    const pulling = (this.#pulling ??= this.#next().finally(() => (this.#pulling = undefined)));
    return new Promise((resolve, reject) => {
      const leave = (): void => resolve(false);
      this.#waiting.add(leave);
      pulling.then(resolve, reject).finally(() => this.#waiting.delete(leave));
    });
  }

  async #next(): Promise<boolean> {
    const { done, value } = (await this.#chunks.next()) as IteratorResult<Uint8Array, undefined>;
    if (done) return false;
    this.#kept.push(value);
    this.#reach += value.length;
    for (
      let first = this.#kept[0];
      first && this.#reach - this.#keptFrom - first.length > KEPT;
      first = this.#kept[0]
    ) {
      this.#kept.shift();
      this.#keptFrom += first.length;
    }
    return true;
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** How long an encoder whose reader has left waits for the next one, ms. */
const PARKED_MS = 10_000;
/** How many of one film and device wait; the one that has waited longest goes. */
const MOST_PARKED = 4;
/** Players ask anew and hang up then: so long it is waited for them to leave what they ask for, ms. */
const LEAVING_MS = 200;

interface Parked {
  readonly key: string;
  readonly run: SteadyRun;
  readonly unpark: () => void;
}

/**
 * Players that seek by bytes look for a second as one looks for a name in a telephone book: here, there, and here again,
 * a connection each (ffmpeg's `ff_gen_search` a dozen times). Encoders they have left stand still for a while and are
 * taken on by whoever reads on there.
 */
export class ParkedRuns {
  readonly #clock: Clock;
  readonly #parked = new Set<Parked>();
  /** Those that are read, by film and device. */
  readonly #read = new Map<SteadyRun, string>();
  readonly #awaited = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One that was left, or is being left just now, and can be read from there on. */
  async take(key: string, at: number): Promise<SteadyRun | undefined> {
    const run = this.#find(key, at);
    if (run || ![...this.#read].some(([other, of]) => of === key && other.has(at))) return run;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(LEAVING_MS, resolve);
      this.#awaited.add(() => {
        cancel();
        resolve();
      });
    });
    return this.#find(key, at);
  }

  /** It is read from now on, until it is parked. */
  read(key: string, run: SteadyRun): void {
    this.#read.set(run, key);
  }

  park(key: string, run: SteadyRun): void {
    this.#read.delete(run);
    run.release();
    if (!run.isSound) return run.destroy();
    const parked: Parked = { key, run, unpark: this.#clock.after(PARKED_MS, () => this.#end(parked)) };
    this.#parked.add(parked);
    const [oldest, ...others] = [...this.#parked].filter((one) => one.key === key);
    if (oldest && others.length >= MOST_PARKED) this.#end(oldest);
    for (const look of this.#awaited) look();
    this.#awaited.clear();
  }

  #find(key: string, at: number): SteadyRun | undefined {
    const found = [...this.#parked].find((one) => one.key === key && one.run.has(at));
    if (found) this.#forget(found);
    return found?.run;
  }

  #forget(parked: Parked): void {
    parked.unpark();
    this.#parked.delete(parked);
  }

  #end(parked: Parked): void {
    this.#forget(parked);
    parked.run.destroy();
  }
}
