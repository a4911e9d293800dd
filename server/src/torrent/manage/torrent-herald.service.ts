import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { EventBus } from '../../events/event-bus.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import { type TorrentEntry, TorrentRegistry } from './torrent-registry.js';

/**
 * `added`: by an account, to have it; `known`: what is in it became known; `complete`: all that was wished for is there; `shared`: others see it, or not;
 * `refused`: what the swarm said is in it is not taken.
 */
export interface TorrentChangeNews {
  readonly infoHash: string;
  readonly kind: 'added' | 'known' | 'gone' | 'complete' | 'shared' | 'refused';
  readonly accountId?: string;
}

type Listener = (news: TorrentChangeNews) => void;

/** Tells the server, and those who may see a torrent, that something of it changed. */
@Injectable()
export class TorrentHerald {
  private readonly listeners = new Set<Listener>();
  private readonly logger: Logger;

  constructor(
    private readonly access: TorrentAccessService,
    private readonly registry: TorrentRegistry,
    private readonly events: EventBus,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
  }

  /** @returns stops listening */
  watch(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** To the rest of the server. */
  tell(news: TorrentChangeNews): void {
    for (const listener of this.listeners) {
      try {
        listener(news);
      } catch (error) {
        this.logger.error('A listener failed', { kind: news.kind, error });
      }
    }
  }

  /** To everybody who sees it: ask again. */
  async changed(entry: TorrentEntry): Promise<void> {
    this.publish(entry, false, await this.audience(entry));
  }

  /** Account ids of those who see it. */
  async audience(entry: TorrentEntry): Promise<string[]> {
    const users = await this.access.users();
    return users.filter(({ id, role }) => this.registry.isSeenBy(entry, id, role === 'admin')).map(({ id }) => id);
  } // prettier-ignore

  /** @param removed it is not on the list of these any more */
  publish({ row }: Pick<TorrentEntry, "row">, removed: boolean, accountIds: readonly string[]): void {
    for (const id of accountIds) this.events.publish('torrent.changed', { infoHash: row.id, removed }, id);
  } // prettier-ignore
}
