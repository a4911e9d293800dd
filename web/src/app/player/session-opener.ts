import { inject, Injectable } from '@angular/core';
import {
  type ClientCapabilities,
  type PlaybackChoice,
  playbackRoutes,
  type PlaybackSession,
} from '@hearth/contract/playback';
import { type Source, titleRoutes } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { clientCapabilities, type CodecProbe } from './client-capabilities';
import { browserProbe } from './codec-probe';
import { browserScreen, screenFacts } from './screen-facts';
import { drawableFormats, type SubtitleFormat } from './subtitle-support';
import { torrentPlace } from './torrent-ahead';

/** What is to be played, as the address says it. */
export interface Target {
  readonly kind: 'title' | 'episode' | 'file';
  readonly id: string;
}

/** Opens playback sessions and changes them, telling the server what this browser can do. Rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class SessionOpener {
  readonly #api = inject(Api);
  readonly #undrawable = new Set<SubtitleFormat>();
  #probe: CodecProbe | undefined;
  #client: { of: Target; client: Promise<ClientCapabilities> } | undefined;

  async open(target: Target, choice: PlaybackChoice): Promise<PlaybackSession> {
    const how = { client: await this.#clientFor(target), choice };
    const { kind, id } = target;
    if (kind === 'title') return this.#api.call(playbackRoutes.start, { titleId: id, ...how });
    if (kind === 'episode') return this.#api.call(playbackRoutes.start, { episodeId: id, ...how });
    const torrent = torrentPlace(id);
    if (torrent) {
      try {
        return await this.#api.call(playbackRoutes.start, { torrent, ...how });
      } catch (error) {
        // What was kept in a library stays there when its torrent is gone.
        if (toProblem(error).code !== 'NOT_FOUND') throw error;
      }
    }
    return this.#api.call(playbackRoutes.start, { fileId: id, ...how });
  }

  /** It did not play: the next rung of the ladder. */
  async stepDown(
    target: Target,
    sessionId: string,
    failure: { reason: string; positionSeconds: number; choice: PlaybackChoice },
  ): Promise<PlaybackSession> {
    return this.#api.call(playbackRoutes.failed, {
      sessionId,
      ...failure,
      reason: failure.reason.slice(0, 300),
      client: await this.#clientFor(target),
    });
  }

  /** Another quality, sound or burned-in subtitle. */
  async choose(target: Target, sessionId: string, choice: PlaybackChoice): Promise<PlaybackSession> {
    return this.#api.call(playbackRoutes.choose, {
      sessionId,
      client: await this.#clientFor(target),
      choice,
    });
  }

  /** Subtitles of this kind turned out not to be drawn here: from now on they are not asked for. */
  cannotDraw(format: SubtitleFormat): void {
    this.#undrawable.add(format);
  }

  /** Once for each target: the answers do not change while it plays. */
  async #clientFor(target: Target): Promise<ClientCapabilities> {
    if (this.#client?.of !== target) this.#client = { of: target, client: this.#ask(target) };
    const client = await this.#client.client;
    const subtitleFormats = client.subtitleFormats.filter((format) => !this.#undrawable.has(format));
    return { ...client, subtitleFormats };
  }

  async #ask(target: Target): Promise<ClientCapabilities> {
    this.#probe ??= browserProbe(document.createElement('video'));
    const [sources, screen] = await Promise.all([this.#sources(target), screenFacts(browserScreen())]);
    return clientCapabilities(this.#probe, navigator.userAgent, sources, screen, drawableFormats());
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
