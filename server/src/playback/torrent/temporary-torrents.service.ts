import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { Cache } from '../../cache/cache.js';
import type { Caller } from '../../common/http/caller.js';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { KeyedTurns } from '../../common/turns.js';
import { TorrentService, type TorrentText } from '../../torrent/torrent.service.js';

/** A torrent of somebody's that nobody wanted to have. */
const temporary = z.object({ infoHash: z.string(), accountId: z.string() });
type Temporary = z.infer<typeof temporary>;

type Torrents = Pick<TorrentService, 'list' | 'ensure' | 'torrent' | 'remove' | 'watch'>;

const cacheKey = 'temporary-torrents';
const lifetimeSeconds = 30 * 24 * 3600;
const keyOf = ({ infoHash, accountId }: Temporary): string => `${infoHash} ${accountId}`;

/**
 * Torrents that are there only because somebody streams a link: they go with the last stream of theirs, and those that a
 * crash left go at the next start.
 */
@Injectable()
export class TemporaryTorrents implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly known = new Map<string, Temporary>();
  private readonly users = new Map<string, Set<object>>();
  private unwatch: () => void = () => undefined;
  /** By account: nobody waits for what others add. */
  private readonly turns = new KeyedTurns();

  constructor(
    @Inject(TorrentService) private readonly torrents: Torrents,
    @Inject(Cache) private readonly cache: Pick<Cache, 'get' | 'set'>,
    @Inject(Logger) private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  onApplicationBootstrap(): void {
    this.unwatch = this.torrents.watch(({ infoHash, kind, accountId }) => {
      if (kind === 'added' && accountId !== undefined) this.spare({ infoHash, accountId });
    });
    this.removeLeftOvers().catch((error: unknown) =>
      this.logger.warn('Torrents that a crash left could not be tidied up', { error }),
    );
  }

  onApplicationShutdown(): void {
    this.unwatch();
  }

  /**
   * Adds a link for as long as `user` uses it. A torrent that the caller had before stays.
   * @returns its infohash @throws ProblemError as `TorrentService.ensure`
   */
  use(link: string | TorrentText, caller: Caller, user: object, signal?: AbortSignal): Promise<string> {
    return this.turns.run(caller.accountId, async () => {
      const before = new Set((await this.torrents.list(caller)).map(({ infoHash }) => infoHash));
      const infoHash = await this.torrents.ensure(link, caller, signal);
      const one = { infoHash, accountId: caller.accountId };
      if (!before.has(infoHash)) {
        this.known.set(keyOf(one), one);
        await this.remember();
      }
      this.users.set(keyOf(one), (this.users.get(keyOf(one)) ?? new Set()).add(user));
      return infoHash;
    });
  }

  /** Whoever lets go last takes a temporary torrent along, with its data; not what somebody came to like meanwhile. */
  release(infoHash: string, accountId: string, user: object): Promise<void> {
    return this.turns.run(accountId, async () => {
      const key = keyOf({ infoHash, accountId });
      const users = this.users.get(key);
      users?.delete(user);
      if (users && users.size > 0) return;
      this.users.delete(key);
      const one = this.known.get(key);
      if (!one) return;
      await this.remove(one);
      this.known.delete(key);
      await this.remember();
    });
  }

  /** Whoever adds what they stream wants to have it. */
  private spare(one: Temporary): void {
    this.turns
      .run(one.accountId, async () => {
        if (this.known.delete(keyOf(one))) await this.remember();
      })
      .catch((error: unknown) => this.logger.warn('A torrent that is wanted may be tidied away', { error }));
  }

  private async remove({ infoHash, accountId }: Temporary): Promise<void> {
    const caller: Caller = { accountId, role: 'member', sessionId: null };
    try {
      const { kept, download, shared } = await this.torrents.torrent(infoHash, caller);
      if (kept === 'no' && !download && !shared) await this.torrents.remove(infoHash, { data: true }, caller);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error; // gone meanwhile
    }
  }

  private async removeLeftOvers(): Promise<void> {
    const left = z.array(temporary).safeParse(await this.cache.get(cacheKey));
    for (const one of left.data ?? [])
      await this.turns.run(one.accountId, async () => {
        if (!this.known.has(keyOf(one))) await this.remove(one);
      });
    if (left.data) await this.remember();
  }

  private remember(): Promise<void> {
    return this.cache.set(cacheKey, [...this.known.values()], lifetimeSeconds);
  }
}
