import { inject, Injectable } from '@angular/core';
import { playbackRoutes, type PlaybackSession } from '@hearth/contract/playback';
import { type Source, titleRoutes } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { clientCapabilities, type CodecProbe } from './client-capabilities';
import { browserProbe } from './codec-probe';

/** What is to be played, as the address says it. */
export interface Target {
  readonly kind: 'title' | 'episode' | 'file';
  readonly id: string;
}

/** Opens playback sessions, telling the server what this browser can do. */
@Injectable({ providedIn: 'root' })
export class SessionOpener {
  readonly #api = inject(Api);
  #probe: CodecProbe | undefined;

  /** Rejects with an `ApiProblem`. */
  async open(target: Target): Promise<PlaybackSession> {
    this.#probe ??= browserProbe(document.createElement('video'));
    const client = await clientCapabilities(this.#probe, navigator.userAgent, await this.#sources(target));
    return this.#api.call(playbackRoutes.start, {
      ...(target.kind === 'title' ? { titleId: target.id } : {}),
      ...(target.kind === 'episode' ? { episodeId: target.id } : {}),
      ...(target.kind === 'file' ? { fileId: target.id } : {}),
      client,
    });
  }

  /**
   * The files that could be meant, for their exact codec strings. Only a film's are known by its address; for the
   * others, and when the question fails, the list of common codecs has to do.
   */
  async #sources(target: Target): Promise<readonly Source[]> {
    if (target.kind !== 'title') return [];
    return this.#api.call(titleRoutes.sources, { id: target.id }).then(
      ({ items }) => items,
      () => [],
    );
  }
}
