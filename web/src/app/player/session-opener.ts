import { inject, Injectable } from '@angular/core';
import {
  type ClientCapabilities,
  type PlaybackChoice,
  playbackRoutes,
  type PlaybackSession,
} from '@hearth/contract/playback';
import { filesAmong, sourceRoutes } from '@hearth/contract/source';
import type { Source } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { parseReply } from '../core/api/parse';
import { toProblem } from '../core/api/problem';
import { ReplyCache } from '../core/api/reply-cache';
import { requestOf } from '../core/api/request';
import { deviceFit } from '../core/sources/device-fit';
import { clientCapabilities, type CodecProbe } from './client-capabilities';
import { browserProbe } from './codec-probe';
import { ProgressSender } from './progress-sender';
import { browserScreen, screenFacts } from './screen-facts';
import { drawableFormats, type SubtitleFormat } from './subtitle-support';
import { torrentPlace } from './torrent-ahead';

/** What is to be played, as the address says it. */
export interface Target {
  readonly kind: 'title' | 'episode' | 'file' | 'source';
  readonly id: string;
}

/** `kind` and `id` as the address has them. */
export const targetOf = (kind: string, id: string): Target => ({
  kind: kind === 'episode' || kind === 'file' || kind === 'source' ? kind : 'title',
  id,
});

const isSame = (one: Target, other: Target): boolean => one.kind === other.kind && one.id === other.id;

/** How long a session that was asked for early waits for its player (ms): longer, and it never came. */
const earlyLifeMs = 10_000;

/** Opens playback sessions and changes them, telling the server what this browser can do. Rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class SessionOpener {
  readonly #api = inject(Api);
  readonly #sender = inject(ProgressSender);
  readonly #replies = inject(ReplyCache);
  readonly #undrawable = new Set<SubtitleFormat>();
  readonly #probe: CodecProbe = browserProbe(document.createElement('video'));
  #early: { of: Target; session: Promise<PlaybackSession>; timer: ReturnType<typeof setTimeout> } | undefined;
  #client: { of: Target; client: Promise<ClientCapabilities> } | undefined;

  constructor() {
    addEventListener('pagehide', () => this.#dropEarly());
  }

  /** Asks the browser what it plays, ahead of the first film: its answers are kept. */
  prepare(): void {
    void clientCapabilities(this.#probe, navigator.userAgent);
  }

  /** The same for one film, which may be asked for next. */
  prepareFor(kind: string, id: string): void {
    this.#client = undefined;
    this.#clientFor(targetOf(kind, id)).catch(() => {});
  }

  /** Opens a session for a player that is on its way: its `open` gets this one. Ended again if it never comes. */
  openEarly(kind: string, id: string): void {
    this.#dropEarly();
    const target = targetOf(kind, id);
    const session = this.#open(target, {});
    // Whoever opens hears of it.
    session.catch(() => {});
    this.#early = { of: target, session, timer: setTimeout(() => this.#dropEarly(), earlyLifeMs) };
  }

  async open(target: Target, choice: PlaybackChoice): Promise<PlaybackSession> {
    const early = this.#early;
    if (early && isSame(early.of, target) && Object.keys(choice).length === 0) {
      clearTimeout(early.timer);
      this.#early = undefined;
      return early.session;
    }
    this.#dropEarly();
    return this.#open(target, choice);
  }

  #dropEarly(): void {
    const early = this.#early;
    this.#early = undefined;
    clearTimeout(early?.timer);
    early?.session.then(
      ({ sessionId }) => this.#sender.stop(sessionId),
      () => {},
    );
  }

  async #open(target: Target, choice: PlaybackChoice): Promise<PlaybackSession> {
    const how = { client: await this.#clientFor(target), choice };
    const { kind, id } = target;
    if (kind === 'title') return this.#api.call(playbackRoutes.start, { titleId: id, ...how });
    if (kind === 'episode') return this.#api.call(playbackRoutes.start, { episodeId: id, ...how });
    if (kind === 'source') return this.#api.call(playbackRoutes.start, { sourceId: id, ...how });
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
    if (!this.#client || !isSame(this.#client.of, target))
      this.#client = { of: target, client: this.#ask(target) };
    const client = await this.#client.client;
    const subtitleFormats = client.subtitleFormats.filter((format) => !this.#undrawable.has(format));
    return { ...client, subtitleFormats };
  }

  async #ask(target: Target): Promise<ClientCapabilities> {
    const [sources, screen] = await Promise.all([this.#sources(target), screenFacts(browserScreen())]);
    return clientCapabilities(this.#probe, navigator.userAgent, sources, screen, drawableFormats());
  }

  /**
   * The files that could be meant, for their exact codec strings: the film's page has asked for them already. Only a
   * film's are known by its address; for the others, and when the question fails, the list of common codecs has to do.
   */
  async #sources(target: Target): Promise<readonly Source[]> {
    if (target.kind !== 'title') return [];
    const asked = { id: target.id, ...deviceFit() };
    try {
      const seen = this.#replies.get(requestOf(sourceRoutes.ofTitle, asked).url);
      const { items } = seen
        ? parseReply(sourceRoutes.ofTitle, seen)
        : await this.#api.call(sourceRoutes.ofTitle, asked);
      return filesAmong(items);
    } catch {
      return [];
    }
  }
}
