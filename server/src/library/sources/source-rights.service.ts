import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { ProblemError } from '../../common/problem-error.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import { AudienceService } from '../audience/audience.service.js';

/** Who gets what from providers: nothing for those with an age limit, torrents for those who may use them. */
@Injectable()
export class SourceRights {
  constructor(
    private readonly audiences: AudienceService,
    @Inject(TorrentService) private readonly torrents: Pick<TorrentService, 'mustBeAllowed' | 'list'>,
  ) {}

  /** What is found is not rated: children, and persons with an age limit, see files only. */
  mayAsk(caller: Pick<Caller, 'accountId' | 'role'>): Promise<boolean> {
    return this.audiences.seesUnrated(caller);
  }

  /** @throws ProblemError TORRENTS_NOT_ALLOWED, TORRENTS_DISABLED */
  mustUseTorrents({ accountId }: Caller): Promise<void> {
    return this.torrents.mustBeAllowed(accountId);
  }

  /** Shares, 0–1, of those torrents that the person has here; null for who may not use torrents. */
  async torrentsHere(caller: Caller): Promise<ReadonlyMap<string, number> | null> {
    try {
      await this.torrents.mustBeAllowed(caller.accountId);
    } catch (error) {
      if (error instanceof ProblemError) return null;
      throw error;
    }
    const torrents = await this.torrents.list(caller);
    return new Map(
      torrents.map(({ infoHash, haveBytes, size }) => [infoHash, size ? Math.min(1, haveBytes / size) : 0]),
    );
  }
}
