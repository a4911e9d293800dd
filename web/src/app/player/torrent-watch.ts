import { computed, DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { streamRoutes, type TorrentStreamStatus } from '@hearth/contract/stream';
import { torrentRoutes } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { Playback } from './playback';
import { aheadOf, type TorrentPlace, torrentPlace } from './torrent-ahead';

/** Between two looks (ms). */
const everyMs = 2000;

/** How the torrent behind what plays is doing, while one is; asks nothing for any other file. */
@Injectable()
export class TorrentWatch {
  readonly #api = inject(Api);
  readonly #status = signal<TorrentStreamStatus | undefined>(undefined);
  readonly #size = signal<number | undefined>(undefined);
  readonly #place = signal<TorrentPlace | undefined>(undefined);
  #timer: ReturnType<typeof setInterval> | undefined;
  #asking = false;

  /** Undefined where nothing of a torrent plays. */
  readonly status = this.#status.asReadonly();
  /** What the server has ahead of the player’s own buffer, shares of the film. */
  readonly ahead = computed(() =>
    aheadOf(this.#status()?.readers ?? [], this.#place()?.fileIndex ?? -1, this.#size()),
  );
  /** Bytes that are ready from where the film is read; null while nobody reads. */
  readonly readyBytes = computed(() => {
    const readers = (this.#status()?.readers ?? []).filter(
      ({ fileIndex }) => fileIndex === this.#place()?.fileIndex,
    );
    if (readers.length === 0) return null;
    return Math.max(...readers.map(({ position, readyUntil }) => Math.max(0, readyUntil - position)));
  });

  constructor() {
    const playback = inject(Playback);
    effect(() => {
      const fileId = playback.session()?.fileId;
      untracked(() => this.#follow(fileId));
    });
    inject(DestroyRef).onDestroy(() => this.#follow(undefined));
  }

  #follow(fileId: string | undefined): void {
    const place = fileId === undefined ? undefined : torrentPlace(fileId);
    const known = this.#place();
    if (place && place.infoHash === known?.infoHash && place.fileIndex === known.fileIndex) return;
    clearInterval(this.#timer);
    this.#place.set(place);
    this.#status.set(undefined);
    this.#size.set(undefined);
    if (!place) return;
    void this.#measure(place);
    this.#timer = setInterval(() => void this.#ask(place), everyMs);
    void this.#ask(place);
  }

  async #measure(place: TorrentPlace): Promise<void> {
    const details = await this.#api.call(torrentRoutes.info, { hash: place.infoHash }).catch(() => undefined);
    const file = details?.files.find(({ index }) => index === place.fileIndex);
    if (this.#place() === place) this.#size.set(file?.size);
  }

  async #ask(place: TorrentPlace): Promise<void> {
    if (this.#asking || document.hidden) return;
    this.#asking = true;
    try {
      const status = await this.#api.call(streamRoutes.torrentStatus, { hash: place.infoHash });
      if (this.#place() === place) this.#status.set(status);
    } catch {
      // The film says itself when it cannot go on; the next answer says more.
    } finally {
      this.#asking = false;
    }
  }
}
