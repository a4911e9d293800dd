import type { playbackRoutes } from '@hearth/contract/playback';
import type { ProblemCode } from '@hearth/contract/problem';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import type { Caller } from '../../common/http/caller.js';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { PlayableService } from '../../library/playable.service.js';
import type { ChosenSource } from '../../library/sources/found-sources.service.js';
import { type RemotePlace, RemoteFiles } from '../../library/sources/remote-files.service.js';
import { TitleSourcesService } from '../../library/sources/title-sources.service.js';
import type { PlayItem } from '../../user/play-state.service.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { TemporaryTorrents } from '../torrent/temporary-torrents.service.js';
import { TorrentFiles } from '../torrent/torrent-files.service.js';
import { ChosenSources } from './chosen-sources.service.js';

interface OpenedFile {
  readonly fileId: string;
  readonly release: () => Promise<void>;
}

/** What was found, as a file that plays; let go of with `release`, or when its session ends. */
export interface OpenedSource extends OpenedFile {
  /** What it was found for; undefined: the torrent's own title. */
  readonly item: PlayItem | undefined;
  readonly sourceId: string;
}

/** So many others are tried where one does not open. */
const mostTried = 3;
const sweepMs = 60_000;
/** Nothing was heard of its player for so long, ms: a pause for dinner. */
const idleMs = 45 * 60_000;

/** What did not open: another source may. */
const openingTroubles: ReadonlySet<string> = new Set<ProblemCode>([
  'NOT_FOUND', 'SOURCE_UNAVAILABLE', 'SOURCE_CHANGED', 'PLAYBACK_UNSUPPORTED', 'UNAVAILABLE',
  'TORRENT_INVALID', 'TORRENT_REFUSED', 'TORRENT_METADATA_TIMEOUT', 'TORRENT_NOT_READY',
]); // prettier-ignore
const mayTryAnother = (error: unknown): boolean =>
  error instanceof ProblemError && openingTroubles.has(error.code);

/** For who tries several: this one is none. @throws the error where that has another reason */
export function unlessItOpens(error: unknown): undefined {
  if (!mayTryAnother(error)) throw error;
}

type RemoteSource = RemotePlace & { readonly fileName: string | null };

/** The last part of an address's path. */
const nameIn = (url: string): string => URL.parse(url)?.pathname.split('/').at(-1) ?? '';

type Asked = RouteInput<typeof playbackRoutes.start>;

/** Opens what providers found, and lets go of it with the session that played it. */
@Injectable()
export class SourcePlays implements OnModuleInit, OnModuleDestroy {
  /** By session. */
  private readonly playing = new Map<string, OpenedSource>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly titles: TitleSourcesService,
    private readonly remotes: RemoteFiles,
    private readonly joining: ChosenSources,
    private readonly files: TorrentFiles,
    private readonly playables: PlayableService,
    private readonly temporary: TemporaryTorrents,
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.sweep(), sweepMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Waits until it is known what is in it. @throws ProblemError NOT_FOUND, TORRENT_METADATA_TIMEOUT, TORRENT_NOT_READY… */
  async open(sourceId: string, caller: Caller, signal?: AbortSignal): Promise<OpenedSource> {
    const chosen = await this.joining.get(sourceId, caller);
    const { titleId, episodeId, found } = chosen;
    const opened = await (found.source.kind === 'http'
      ? this.remote(found.source, signal)
      : this.torrent(chosen, caller, signal));
    const item = titleId === null ? undefined : { titleId, episodeId };
    if (item) await this.titles.remember(item, found, caller.accountId);
    return { ...opened, item, sourceId };
  }

  private async remote(source: RemoteSource, signal: AbortSignal | undefined): Promise<OpenedFile> {
    const fileId = await this.remotes.add(source, source.fileName ?? nameIn(source.url), signal);
    return { fileId, release: () => this.remotes.remove(fileId) };
  }

  private async torrent(
    chosen: ChosenSource,
    caller: Caller,
    signal: AbortSignal | undefined,
  ): Promise<OpenedFile> {
    const user = {};
    const torrent = await this.joining.join(chosen, { caller, user, signal });
    const release = (): Promise<void> => this.temporary.release(torrent.infoHash, caller.accountId, user);
    try {
      return { fileId: await this.files.id(torrent, caller.accountId, signal), release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** What to try where something did not open: other sources of the title that was named, best first. */
  async instead(asked: Asked, error: unknown, caller: Caller): Promise<string[]> {
    const { titleId, episodeId, fileId, sourceId, torrent, client } = asked;
    if (!mayTryAnother(error) || fileId !== undefined || torrent) return [];
    const title = titleId ?? (episodeId && (await this.playables.episode(episodeId)).titleId);
    if (title === undefined) return [];
    const best = await this.titles.best({ titleId: title, episodeId }, caller, { client });
    return best.flatMap(({ id }) => (id === sourceId ? [] : id)).slice(0, mostTried);
  }

  /** From now on it lives as long as the session. */
  started(sessionId: string, opened: OpenedSource): void {
    this.playing.set(sessionId, opened);
  }

  async ended(sessionId: string): Promise<void> {
    const opened = this.playing.get(sessionId);
    this.playing.delete(sessionId);
    await opened?.release().catch((error: unknown) => this.logger.warn('A source could not be let go of', { error })); // prettier-ignore
  }

  /** Lets go of what nobody plays any more. @param now ms since the epoch */
  async sweep(now = Date.now()): Promise<void> {
    if (this.playing.size === 0) return;
    const rows = await this.database.read.findBy(PlaybackSessionEntity, { id: In([...this.playing.keys()]) });
    const alive = new Set(rows.filter(({ endedAt, updatedAt }) => endedAt === null && now - updatedAt < idleMs).map(({ id }) => id)); // prettier-ignore
    for (const id of [...this.playing.keys()]) if (!alive.has(id)) await this.ended(id);
  }
}
