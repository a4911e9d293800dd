import { DestroyRef, inject, Injectable } from '@angular/core';
import type { PlaybackSession } from '@hearth/contract/playback';
import { torrentRoutes } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { Session } from '../core/session/session';
import type { PeerNumbers, SharedFilm } from './peers/shared-film';
import { type TorrentPlace, torrentPlace } from './torrent-ahead';

/** Only the first film that a browser ever shares waits for its worker, and no longer than this (ms). */
const workerPatienceMs = 1500;
/** What the service worker asks a page for (public/peer-worker.js). */
const marked = '#peers';

/**
 * Lets films of torrents come from other browsers of the household, for who chose that (ADR 0022): their requests pass a
 * service worker, which asks here. For everybody else this loads and registers nothing.
 */
@Injectable()
export class BrowserPeers {
  readonly #api = inject(Api);
  readonly #account = inject(Session);
  #film: SharedFilm | undefined;

  constructor() {
    const worker = workers();
    const hear = (event: MessageEvent<unknown>) => void this.#answer(event);
    worker?.addEventListener('message', hear);
    inject(DestroyRef).onDestroy(() => {
      this.leave();
      worker?.removeEventListener('message', hear);
    });
  }

  /** Before the film of a session begins. It may be played at once; others are found meanwhile. Never rejects. */
  async prepare({ url, fileId, method }: PlaybackSession, ahead: () => number): Promise<void> {
    this.leave();
    if (!this.#account.user()?.preferences.browserPeers) return forgetWorker();
    const place = torrentPlace(fileId);
    if (!place || method !== 'direct' || !canTransferStreams()) return;
    // Whatever it is that keeps this browser from the others, the film comes from the server.
    await this.#share(url, place, ahead).catch(() => undefined);
  }

  /** What the element is given for a session's address. */
  address(url: string): string {
    return this.#film?.url === url ? url + marked : url;
  }

  /** Undefined where nothing is shared. */
  numbers(): PeerNumbers | undefined {
    return this.#film?.numbers;
  }

  leave(): void {
    this.#film?.close();
    this.#film = undefined;
  }

  async #share(url: string, place: TorrentPlace, ahead: () => number): Promise<void> {
    if (!(await hasWorker())) return;
    const { SharedFilm } = await import('./peers/shared-film');
    const film = new SharedFilm(url, ahead);
    this.#film = film;
    this.#join(film, place).catch(() => undefined);
  }

  async #join(film: SharedFilm, { infoHash, fileIndex }: TorrentPlace): Promise<void> {
    const { swarm: address } = await this.#api.call(torrentRoutes.browserSwarm, { hash: infoHash });
    if (!address || film.signal.aborted) return;
    const { BrowserSwarm } = await import('./peers/browser-swarm');
    const swarm = await BrowserSwarm.join(address, film.signal);
    if (swarm) film.share(swarm, fileIndex);
  }

  async #answer({ data, ports: [port] }: MessageEvent<unknown>): Promise<void> {
    if (!port || !isQuestion(data)) return;
    const film = this.#film;
    const isOurs = film !== undefined && data.film === new URL(film.url, location.href).href + marked;
    const answer = isOurs ? await film.answer(data.range).catch(() => null) : null;
    port.postMessage(answer, answer ? [answer.body] : []);
  }
}

function isQuestion(data: unknown): data is { film: string; range: string | null } {
  return typeof data === 'object' && data !== null && 'film' in data && 'range' in data;
}

/** Undefined over plain HTTP (“secure contexts”). */
const workers = (): ServiceWorkerContainer | undefined =>
  'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

/** Whether requests of this page pass our worker, or do in a moment. */
async function hasWorker(): Promise<boolean> {
  const container = workers();
  if (!container || container.controller) return container !== undefined;
  const controlled = new Promise<boolean>((resolve) => {
    container.addEventListener('controllerchange', () => resolve(true), { once: true });
    setTimeout(resolve, workerPatienceMs, false);
  });
  return container.register('/peer-worker.js').then(
    () => controlled,
    () => false,
  );
}

/** Of who changed their mind: nothing of it stays. */
function forgetWorker(): void {
  if (!workers()?.controller) return;
  void workers()
    ?.getRegistration()
    .then((registration) => registration?.unregister());
}

/** Whether a stream can be handed to a worker (Safari before 26 cannot). */
function canTransferStreams(): boolean {
  try {
    const stream = new ReadableStream();
    structuredClone(stream, { transfer: [stream] });
    return true;
  } catch {
    return false;
  }
}
