import { Inject, Injectable } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { type LocatedFile, PlayableService } from '../../library/playable.service.js';
import { isInTorrent } from '../../library/torrent/torrent-places.service.js';

/** ms: as long as the ranges of one seek follow each other. What another process changes is not heard of here. */
const lifetimeMs = 1000;
const mostKept = 1000;

/**
 * Where the file lies that somebody plays. A player asks for dozens of ranges a second, and the row says the same each
 * time: it is kept for a moment, or until the library changes. Whether the account may see it is asked every time.
 */
@Injectable()
export class PlayedFiles {
  private readonly kept = new Map<string, { located: Promise<LocatedFile>; until: number }>();

  constructor(
    @Inject(PlayableService) private readonly playables: Pick<PlayableService, 'file'>,
    @Inject(AudienceService) private readonly audiences: Pick<AudienceService, 'mustSeeFile'>,
    @Inject(EventBus) events: Pick<EventBus, 'listen'>,
  ) {
    events.listen(({ name }) => {
      if (name === 'library.changed') this.kept.clear();
    });
  }

  /** @throws ProblemError NOT_FOUND, also where the account may not see it */
  async locate(id: string, accountId: string): Promise<LocatedFile> {
    await this.audiences.mustSeeFile(id, accountId);
    const known = this.kept.get(id);
    if (known && known.until > Date.now()) return known.located;
    if (this.kept.size >= mostKept) this.kept.clear();
    // Kept before it is there: what changes while it is read lets go of it.
    const entry = { located: this.playables.file(id), until: Date.now() + lifetimeMs };
    this.kept.set(id, entry);
    const forget = (): void => {
      if (this.kept.get(id) === entry) this.kept.delete(id);
    };
    // What is in a torrent is the engine's to say, anew for each.
    entry.located.then(({ file }) => isInTorrent(file) && forget(), forget);
    return entry.located;
  }
}
