import { inject, Injectable } from '@angular/core';
import { playbackRoutes } from '@hearth/contract/playback';
import { buildRequest } from '@hearth/contract/route';
import { Api } from '../core/api/api';
import { Session } from '../core/session/session';

/** Carries places to the server. */
@Injectable({ providedIn: 'root' })
export class ProgressSender {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  /** A session must not be ended before its last place has arrived. */
  #queue: Promise<unknown> = Promise.resolve();

  /** A report that fails is followed by the next in ten seconds, and by the browser's own note: no one need hear of it. */
  save(sessionId: string, report: { positionSeconds: number; paused: boolean }): void {
    this.#api.call(playbackRoutes.progress, { sessionId, ...report }).catch(() => {});
  }

  /** The last words of a page that closes: only a `keepalive` request outlives it. */
  saveLast(sessionId: string, report: { positionSeconds: number; paused: boolean }): void {
    this.#lastCall(buildRequest(playbackRoutes.progress, { sessionId, ...report }));
  }

  /** Ends the session; also fine while the page closes. */
  stop(sessionId: string): void {
    this.#lastCall(buildRequest(playbackRoutes.stop, { sessionId }));
  }

  #lastCall({ method, url, body }: ReturnType<typeof buildRequest>): void {
    // The token was used within the last seconds, so this resolves before the page is gone.
    this.#queue = this.#queue
      .then(() => this.#session.token())
      .then((token) =>
        fetch(url, {
          method,
          keepalive: true,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body ? { 'content-type': 'application/json' } : {}),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      )
      .catch(() => {});
  }
}
