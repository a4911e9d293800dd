import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { isAddress } from '../../common/bytes/media-address.js';
import { ProblemError } from '../../common/problem-error.js';
import type { Ticket } from '../../common/ticket-signer.js';
import { systemErrorCode } from '../../common/system-error.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { contentKey, type LocatedFile, PlayableService } from '../../library/playable.service.js';
import { BesideFiles } from '../beside-files.service.js';
import type { MediaInput } from '../../transcoding/transcoding.service.js';

const changed = (): ProblemError =>
  new ProblemError('SOURCE_CHANGED', {
    detail: 'The file was replaced by another one while it played. Start it again.',
  });

/** The media a ticket speaks of, as long as it is the same that it was made for. */
@Injectable()
export class StreamSourceService {
  constructor(
    private readonly playables: PlayableService,
    private readonly audiences: AudienceService,
    private readonly beside: BesideFiles,
  ) {}

  /** @throws ProblemError SOURCE_UNAVAILABLE, SOURCE_CHANGED; NOT_FOUND where its account may not see it any more */
  async of(ticket: Pick<Ticket, 'fileId' | 'contentKey' | 'accountId' | 'renditions'>): Promise<MediaInput> {
    await this.audiences.mustSeeFile(ticket.fileId, ticket.accountId);
    const located = await this.playables.file(ticket.fileId).catch((error: unknown) => {
      if (error instanceof ProblemError && error.code === 'NOT_FOUND') throw this.unavailable('unknown file');
      throw error;
    });
    await this.refuseIfAway(located);
    if (contentKey(located.file) !== ticket.contentKey || !located.file.media) throw changed();
    return this.beside.input(located, located.file.media, ticket.renditions);
  }

  /** The library learns of a change with its next scan; the disk knows at once. */
  private async refuseIfAway({ path, file }: LocatedFile): Promise<void> {
    if (isAddress(path)) return;
    const found = await stat(path).catch((cause: unknown) => {
      throw this.unavailable(systemErrorCode(cause) ?? 'unknown reason');
    });
    if (found.size !== file.size || Math.floor(found.mtimeMs) !== file.modifiedMs) throw changed();
  }

  private unavailable(reason: string): ProblemError {
    const detail = `The file cannot be read (${reason}): its disk is not connected, or it is gone. It plays on when it is back.`;
    return new ProblemError('SOURCE_UNAVAILABLE', { detail });
  }
}
