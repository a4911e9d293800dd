import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { Title } from '../entities/title.entity.js';
import type { Wanted } from './match-score.js';
import { stillTheirs, takenBack } from './missing-facts.js';
import { TitleFiller } from './title-filler.js';
import { TitleFinder } from './title-finder.js';
import { type MatchCandidate, type MatchState, TitleMatch } from './title-match.entity.js';

/** Which title of the world one of the library is. */
@Injectable()
export class MatchingService {
  constructor(
    private readonly database: Database,
    private readonly finder: TitleFinder,
    private readonly filler: TitleFiller,
  ) {}

  /** @param asked who is asked now @throws ProviderTrouble where nobody answered: it is asked again another time */
  async match(titleId: string, asked: string, signal: AbortSignal): Promise<void> {
    const [title, known] = await this.read(titleId);
    if (!title) return; // gone meanwhile
    const isAnother = known !== null && known.identity !== title.identity;
    const wanted = wantedOf(isAnother ? takenBack(title, stillTheirs(title, known.filled), true) : title);
    const before = isAnother ? null : known;
    const refused = before?.candidates.filter((each) => each.refused === true) ?? [];
    const { told, confidence, candidates } = await this.finder.find(wanted, refused, signal);
    // What a person refused stays refused, also while nobody lists it.
    const listed = [...candidates, ...refused];
    const state = stateAfter(before, told.titles.length > 0, listed);
    const match = { titleId, identity: title.identity, state, confidence, asked, checkedAt: Date.now() };
    await this.filler.fill({ ...match, candidates: listed }, told, isAnother, known);
  }

  /** A person says which it is. @throws ProblemError NOT_FOUND; ProviderTrouble */
  async choose(
    titleId: string,
    { providerId, itemId }: Pick<MatchCandidate, 'providerId' | 'itemId'>,
  ): Promise<void> {
    const [title, known] = await this.read(titleId);
    if (!title) throw notFound('title');
    const wanted = { type: title.type, id: itemId, externalIds: {} };
    const told = await this.finder.take(wanted.type, providerId, wanted, new AbortController().signal);
    if (told.titles.length === 0) throw notFound('title of this provider');
    const match = { titleId, identity: title.identity, state: 'chosen' as const, confidence: 1 };
    const asked = known?.asked ?? '';
    await this.filler.fill({ ...match, asked, candidates: [], checkedAt: Date.now() }, told, true);
  }

  private read(titleId: string) {
    return Promise.all([
      this.database.read.findOneBy(Title, { id: titleId }),
      this.database.read.findOneBy(TitleMatch, { titleId }),
    ]);
  }
}

/** What became of a title that was asked for again. @param before null: it was not asked for by this name */
function stateAfter(
  before: TitleMatch | null,
  isSure: boolean,
  candidates: readonly MatchCandidate[],
): MatchState {
  if (before?.state === 'matched' || before?.state === 'chosen') return before.state;
  if (isSure) return 'matched';
  if (candidates.length === 0) return 'unknown';
  return candidates.every(({ refused }) => refused === true) ? 'refused' : 'unsure';
}

export const wantedOf = ({ type, name, originalName, year, runtimeSeconds, externalIds }: Title): Wanted => ({
  ...{ type, name, originalName, year, runtimeSeconds, externalIds },
});
