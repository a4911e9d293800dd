import { inject, Injectable } from '@angular/core';
import { playbackRoutes } from '@hearth/contract/playback';
import { Api } from '../core/api/api';

/** Only such a request outlives a page that closes. */
const outlives = { keepalive: true };

/** Carries places to the server. What fails is followed by the next report, and by the browser's own note: no one need hear of it. */
@Injectable({ providedIn: 'root' })
export class ProgressSender {
  readonly #api = inject(Api);

  save(sessionId: string, report: { positionSeconds: number; paused: boolean }): void {
    this.#api.call(playbackRoutes.progress, { sessionId, ...report }, outlives).catch(() => {});
  }

  /** Ends the session. `positionSeconds`: its last place, if the server does not know it: two requests could overtake each other. */
  stop(sessionId: string, positionSeconds?: number): void {
    this.#api.call(playbackRoutes.stop, { sessionId, positionSeconds }, outlives).catch(() => {});
  }
}
