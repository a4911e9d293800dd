import { computed, inject, Injectable, signal } from '@angular/core';
import type { ServerEventPayload } from '@hearth/contract/events';
import { type Torrent, torrentRoutes } from '@hearth/contract/torrent';
import { resource } from '../core/api/resource';
import { Live } from '../core/live/live';
import { reloadOn } from '../core/live/reload-on';
import { TorrentAccess } from '../core/torrent-access';
import { whileVisible } from '../core/while-visible';
import { sampled, type Speeds } from './speed-history';

type Numbers = ServerEventPayload<'torrent.numbers'>['items'][number];

/** The lines move once a second; what is not told live (time left, seeders) is asked for as often as this (ms). */
const sampleMs = 1000;
const askMs = 5000;
/** Numbers that nobody repeats are over (ms). */
const freshMs = 3500;

/** The person’s torrents with the numbers of the moment, and their speeds over the last minute. */
@Injectable()
export class TorrentsLive {
  readonly #access = inject(TorrentAccess);
  readonly #list = resource(torrentRoutes.list, () => (this.#access.usable() ? {} : undefined));
  readonly #numbers = signal<ReadonlyMap<string, Numbers & { readonly at: number }>>(new Map());
  readonly #speeds = signal<ReadonlyMap<string, Speeds>>(new Map());

  readonly problem = this.#list.problem;
  readonly speeds = this.#speeds.asReadonly();
  /** Undefined before the first answer. */
  readonly items = computed<readonly Torrent[] | undefined>(() => {
    const numbers = this.#numbers();
    return this.#list.value()?.items.map((one) => {
      const told = numbers.get(one.infoHash);
      if (!told) return one;
      const { state, progress, downloadSpeed, uploadSpeed, peers } = told;
      return { ...one, state, progress, downloadSpeed, uploadSpeed, peers };
    });
  });
  readonly downloadSpeed = computed(() => sum(this.items(), ({ downloadSpeed }) => downloadSpeed));
  readonly uploadSpeed = computed(() => sum(this.items(), ({ uploadSpeed }) => uploadSpeed));

  constructor() {
    inject(Live).on('torrent.numbers', ({ items }) => {
      const at = Date.now();
      const known = this.items() ?? [];
      // A new state brings more with it: reasons, and what can be done.
      if (items.some((one) => known.some((old) => old.infoHash === one.infoHash && old.state !== one.state)))
        this.reload();
      this.#numbers.update((numbers) => {
        const next = new Map(numbers);
        for (const one of items) next.set(one.infoHash, { ...one, at });
        return next;
      });
    });
    reloadOn(['torrent.changed'], () => this.reload());
    whileVisible(sampleMs, () => {
      this.#forgetOld();
      this.#speeds.update((past) => sampled(past, this.items() ?? []));
    });
    whileVisible(askMs, () => this.reload());
  }

  reload(): void {
    this.#list.reload();
  }

  /** Shows a change before the server has said it. */
  show(infoHash: string, change: Partial<Torrent>): void {
    this.#list.update(({ items }) => ({
      items: items.map((one) => (one.infoHash === infoHash ? { ...one, ...change } : one)),
    }));
  }

  hide(infoHash: string): void {
    this.#list.update(({ items }) => ({ items: items.filter((one) => one.infoHash !== infoHash) }));
  }

  #forgetOld(): void {
    const since = Date.now() - freshMs;
    if ([...this.#numbers().values()].every(({ at }) => at >= since)) return;
    this.#numbers.update((numbers) => new Map([...numbers].filter(([, { at }]) => at >= since)));
  }
}

const sum = (items: readonly Torrent[] | undefined, of: (one: Torrent) => number) =>
  (items ?? []).reduce((all, one) => all + of(one), 0);
