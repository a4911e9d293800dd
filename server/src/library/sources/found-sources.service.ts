import type { TitleReference } from '@hearth/contract/provider-exchange';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { notFound } from '../../common/problem-error.js';
import { AudienceService } from '../audience/audience.service.js';
import { type FoundSource, isFoundSourceId, joinSources, subjectKeyOf } from './found-source.js';
import { FoundSourceStore } from './found-source-store.service.js';
import { SourceRights } from './source-rights.service.js';
import { magnetOf } from './source-view.js';

export { isFoundSourceId, magnetOf };
export type { FoundSource };

/** A source that somebody chose, and what it was found for. */
export interface ChosenSource {
  readonly found: FoundSource;
  readonly reference: TitleReference;
  /** Null: it is in no library. */
  readonly titleId: string | null;
  readonly episodeId: string | null;
}

/** Sources by their ids, for who plays them. */
@Injectable()
export class FoundSourcesService {
  constructor(
    private readonly store: FoundSourceStore,
    private readonly rights: SourceRights,
    private readonly audiences: AudienceService,
  ) {}

  /** @throws ProblemError NOT_FOUND, also where it is too old or not for the account; TORRENTS_NOT_ALLOWED, TORRENTS_DISABLED */
  async get(id: string, caller: Caller): Promise<ChosenSource> {
    const key = subjectKeyOf(id);
    if (key === undefined || !(await this.rights.mayAsk(caller))) throw notFound('source');
    const answers = await this.store.of(key);
    const found = joinSources(key, answers.map((answer) => ({ ...answer, trust: 0.5 }))).find((each) => each.id === id); // prettier-ignore
    const [asked] = answers;
    if (!found || !asked || found.source.kind === 'link') throw notFound('source');
    const { reference, titleId, episodeId } = asked;
    if (titleId !== null) await this.audiences.mustSeeTitle(titleId, caller.accountId);
    if (found.source.kind === 'torrent') await this.rights.mustUseTorrents(caller);
    return { found, reference, titleId, episodeId };
  }
}
