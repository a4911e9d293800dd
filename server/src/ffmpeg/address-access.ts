import { Worker } from 'node:worker_threads';
import {
  type AddressReply,
  type AddressRequest,
  controlBytes,
  fetchedAtOnce,
  places,
} from './address-messages.js';
import { RecentMap } from '../common/recent-map.js';
import type { PresentSpan } from './present-lines.js';
import type { RandomAccess } from './random-access.js';

/** Small reads are answered from windows of this size, aligned: no larger than the smallest pieces of films. */
const windowSize = 128 * 1024;
const keptWindows = 32;
/** More than any sound index is scattered over; a file without one would be fetched whole. */
const mostPlaces = 128;
/** Reading waits for peers; who is given up on is ended by its pool long before. */
const patienceMs = 120_000;

/** One for all addresses a thread reads: it fetches while the thread sleeps. */
let fetcher: Worker | undefined;

/** Bytes behind an address as if they were a file. Blocks its thread; for worker threads only. */
export class AddressAccess implements RandomAccess {
  readonly mostPlaces: number;
  readonly stats = null;
  /** By number; the latest last. */
  private readonly windows = new RecentMap<number, Buffer>(keptWindows);

  private constructor(
    private readonly address: string,
    readonly size: number,
    private readonly spans: readonly PresentSpan[] | null,
  ) {
    this.mostPlaces = spans ? Infinity : mostPlaces;
  }

  /**
   * @param spans what of it is here, if nothing else is to be read: the rest reads as if the file ended there
   * @throws an error with the code of the system's nearest
   */
  static open(address: string, spans: readonly PresentSpan[] | null = null): AddressAccess {
    const { size } = ask(address, null);
    return new AddressAccess(address, size, spans);
  }

  read(target: Buffer, at: number, length: number, position: number): number {
    const wanted = Math.min(length, this.size - position);
    if (wanted <= 0) return 0;
    if (this.spans) return this.readPresent(target, at, wanted, position);
    if (wanted >= windowSize) return this.readThrough(target, at, wanted, position);
    const number = Math.floor(position / windowSize);
    const from = position - number * windowSize;
    return this.window(number).copy(target, at, from, Math.min(windowSize, from + wanted));
  }

  close(): void {
    this.windows.clear();
  }

  private readPresent(target: Buffer, at: number, wanted: number, position: number): number {
    const span = this.spans?.find(({ start, end }) => start <= position && position <= end);
    if (!span) return 0;
    try {
      return this.readThrough(target, at, Math.min(wanted, span.end - position + 1), position);
    } catch {
      return 0; // it is not here any more
    }
  }

  private readThrough(target: Buffer, at: number, wanted: number, position: number): number {
    const length = Math.min(wanted, fetchedAtOnce);
    const { bytes } = ask(this.address, { start: position, end: position + length - 1 });
    target.set(bytes, at);
    return bytes.length;
  }

  private window(number: number): Buffer {
    const window = this.windows.get(number) ?? this.fetchWindow(number);
    this.windows.set(number, window);
    return window;
  }

  private fetchWindow(number: number): Buffer {
    const start = number * windowSize;
    const { bytes } = ask(this.address, { start, end: Math.min(this.size, start + windowSize) - 1 });
    return Buffer.from(bytes);
  }
}

interface Answer {
  /** Of the whole. */
  readonly size: number;
  /** Valid until the next question. */
  readonly bytes: Uint8Array;
}

let memory: AddressReply | undefined;

/** Sleeps until the answer is there. @throws an error with a code */
function ask(address: string, range: AddressRequest['range']): Answer {
  fetcher ??= startFetcher();
  memory ??= { control: new SharedArrayBuffer(controlBytes), data: new SharedArrayBuffer(fetchedAtOnce) };
  const control = new Int32Array(memory.control).fill(0);
  fetcher.postMessage({ address, range, reply: memory } satisfies AddressRequest);
  if (Atomics.wait(control, places.done, 0, patienceMs) === 'timed-out') {
    // Its answer may still come: nobody else is to take it for theirs.
    memory = undefined;
    throw failed('ETIMEDOUT');
  }
  const status = control[places.status] ?? 0;
  const length = control[places.length] ?? 0;
  if (status === 404 || status === 410) throw failed('ENOENT');
  if (status === 503) throw failed('EAGAIN');
  const wanted = range ? range.end - range.start + 1 : 0;
  if (status !== (range ? 206 : 200) || length !== wanted) throw failed('EIO');
  const size = (control[places.sizeHigh] ?? 0) * 2 ** 31 + (control[places.sizeLow] ?? 0);
  return { size, bytes: new Uint8Array(memory.data, 0, length) };
}

function startFetcher(): Worker {
  // Resolved as imports are, so that it is found where TypeScript runs as it is, too.
  const worker = new Worker(new URL(import.meta.resolve('./address-thread.js')));
  worker.unref();
  worker.once('exit', () => (fetcher = undefined));
  worker.on('error', () => undefined); // told by `exit`; who waits is told in the end
  return worker;
}

const failed = (code: string): Error =>
  Object.assign(new Error(`The address cannot be read (${code})`), { code });
