import { FilmReader } from './film-reader';
import type { BrowserSwarm } from './browser-swarm';

/** What a service worker answers a media element with. */
export interface FilmAnswer {
  readonly init: ResponseInit;
  readonly body: ReadableStream<Uint8Array>;
}

/** Where bytes of a film came from, for the statistics. */
export interface PeerNumbers {
  readonly peers: number;
  readonly fromPeers: number;
  readonly fromServer: number;
}

/** A film as its element asks for it: answers to ranges, from the server, and from other browsers once there are any. */
export class SharedFilm {
  readonly #end = new AbortController();
  readonly #reader: FilmReader;
  readonly #head: Promise<Response | undefined>;
  #swarm: BrowserSwarm | undefined;

  /** @param url signed @param ahead seconds that can be played without reading more */
  constructor(
    readonly url: string,
    ahead: () => number,
  ) {
    this.#reader = new FilmReader((...range) => serverBytes(url, ...range), ahead);
    this.#head = fetch(url, { method: 'HEAD', signal: this.signal }).catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  get numbers(): PeerNumbers {
    const { peers = 0, fromPeers = 0 } = this.#swarm ?? {};
    return { peers, fromPeers, fromServer: this.#reader.fromServer };
  }

  /** From now on other browsers are asked as well. */
  share(swarm: BrowserSwarm, fileIndex: number): void {
    const offset = swarm.offsetOf(fileIndex);
    if (offset === undefined) return;
    this.#swarm = swarm;
    this.#reader.share(swarm, offset);
  }

  /** @param range as the element asked @returns null for what the server is to answer itself */
  async answer(range: string | null): Promise<FilmAnswer | null> {
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    const head = await this.#head;
    const size = Number(head?.headers.get('Content-Length'));
    const start = Number(first);
    if (first === undefined || !head?.ok || this.signal.aborted || !(start < size)) return null;
    const end = last ? Math.min(Number(last), size - 1) : size - 1;
    const headers = {
      'Accept-Ranges': 'bytes',
      'Content-Type': head.headers.get('Content-Type') ?? 'application/octet-stream',
      'Content-Length': String(end - start + 1),
      'Content-Range': `bytes ${start}-${end}/${size}`,
    };
    return { init: { status: 206, headers }, body: this.#body(start, end) };
  }

  /** Answers end, and so does what others get from here. */
  close(): void {
    this.#end.abort();
  }

  #body(start: number, end: number): ReadableStream<Uint8Array> {
    const stop = new AbortController();
    const signal = AbortSignal.any([this.signal, stop.signal]);
    const bytes = this.#reader.read(start, end, signal);
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const next = await bytes.next();
          if (next.done) controller.close();
          // A copy: what it is a part of would be handed over whole.
          else controller.enqueue(next.value.slice());
        },
        cancel: () => stop.abort(),
      },
      { highWaterMark: 0 },
    );
  }
}

async function* serverBytes(
  url: string,
  start: number,
  end: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const response = await fetch(url, { headers: { Range: `bytes=${start}-${end}` }, signal });
  if (response.status !== 206 || !response.body) throw new Error(`The server answered ${response.status}`);
  const body = response.body.getReader();
  try {
    for (let next = await body.read(); !next.done; next = await body.read()) yield next.value;
  } finally {
    await body.cancel().catch(() => undefined);
  }
}
