import type { MatchCandidate as ShownCandidate } from '@hearth/contract/matching';
import { Inject, Injectable } from '@nestjs/common';
import { SealedText } from '../../common/sealed-text.js';
import { RemoteImages } from '../../provider/images/remote-images.service.js';
import { ProviderService } from '../../provider/provider.service.js';
import { type Compared, likenessOf } from './match-score.js';
import { candidatePicture, type MatchCandidate } from './title-match.entity.js';

/** What a title may be, as a person sees it; of providers that are gone nothing is shown. */
export type CandidateLookup = (title: Compared, candidates: readonly MatchCandidate[]) => ShownCandidate[];

/** Candidates with their pictures, and why each may be it. */
@Injectable()
export class CandidateViews {
  constructor(
    @Inject(ProviderService) private readonly providers: Pick<ProviderService, 'list'>,
    @Inject(RemoteImages) private readonly images: Pick<RemoteImages, 'lookup'>,
    private readonly sealed: SealedText,
  ) {}

  /** @param all those that will be shown */
  async lookup(all: readonly MatchCandidate[], accountId: string): Promise<CandidateLookup> {
    const names = new Map((await this.providers.list()).map(({ id, manifest }) => [id, manifest.name]));
    const addressOf = ({ picture }: MatchCandidate) =>
      picture === null ? null : this.sealed.open(picture, candidatePicture);
    const imageOf = await this.images.lookup(all.map(addressOf), accountId);
    return (title, candidates) =>
      candidates.flatMap((candidate) => {
        const { providerId, itemId, name, year, runtimeSeconds, confidence } = candidate;
        const providerName = names.get(providerId);
        if (providerName === undefined) return [];
        const poster = imageOf(addressOf(candidate), 'poster');
        const shown = { providerId, providerName, itemId, name, year, runtimeSeconds, poster, confidence };
        return [{ ...shown, likeness: likenessOf(title, candidate) }];
      });
  }
}
