import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { playbackRoutes, type PlaybackSession, type SkipMarker } from '@hearth/contract/playback';
import { Api } from '../core/api/api';
import { Live } from '../core/live/live';
import { Playback } from './playback';

type Extras = Pick<PlaybackSession, 'fileId' | 'thumbnailsUrl' | 'markers'>;

/** What makes watching pleasant and nobody waits for: made while the film runs, and asked for when it is there. */
@Injectable()
export class SessionExtras {
  readonly #api = inject(Api);
  readonly #session = inject(Playback).session;
  readonly #made = signal<Extras | undefined>(undefined);
  /** Files that were prepared while this player is open; the news may overtake the answer that opens a session. */
  readonly #prepared = new Set<string>();

  readonly #known = computed<Extras | undefined>(() => {
    const session = this.#session();
    const made = this.#made();
    return made && made.fileId === session?.fileId ? made : session;
  });
  readonly fileId = computed(() => this.#session()?.fileId);
  /** Parts that can be skipped. */
  readonly markers = computed<readonly SkipMarker[]>(() => this.#known()?.markers ?? []);
  readonly thumbnailsUrl = computed(() => this.#known()?.thumbnailsUrl ?? null);

  constructor() {
    const live = inject(Live);
    live.on('file.prepared', ({ fileId }) => {
      this.#prepared.add(fileId);
      if (fileId === this.fileId()) void this.#ask();
    });
    effect(() => {
      const fileId = this.fileId();
      if (fileId !== undefined && this.#prepared.has(fileId)) untracked(() => void this.#ask());
    });
    let seen = live.gaps();
    effect(() => {
      const gaps = live.gaps();
      // News may have been missed.
      if (gaps !== seen && untracked(this.thumbnailsUrl) === null) untracked(() => void this.#ask());
      seen = gaps;
    });
  }

  async #ask(): Promise<void> {
    const session = this.#session();
    if (!session) return;
    try {
      const extras = await this.#api.call(playbackRoutes.extras, { sessionId: session.sessionId });
      this.#made.set({ fileId: session.fileId, ...extras });
    } catch {
      // It plays without them, too.
    }
  }
}
