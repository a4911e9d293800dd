import type { FoundItem, FoundTitle } from '@hearth/contract/discover';
import type { ProviderItem, ProviderTitle } from '@hearth/contract/provider-exchange';
import { Injectable } from '@nestjs/common';
import { RemoteImages } from '../../provider/images/remote-images.service.js';
import { KnownTitles } from './known-titles.service.js';

/** An item and who listed it. */
export interface Listed {
  readonly providerId: string;
  readonly item: ProviderItem;
}

/** Of longer series, later episodes have no picture: sealing tens of thousands of addresses takes too long. */
const mostStills = 1000;

/** What providers list, as an account sees it: pictures through this server, and whether the library has it. */
@Injectable()
export class FoundItems {
  constructor(
    private readonly known: KnownTitles,
    private readonly images: RemoteImages,
  ) {}

  async list(listed: readonly Listed[], accountId: string): Promise<FoundItem[]> {
    const items = listed.map(({ item }) => item);
    const [titleOf, imageOf] = await Promise.all([
      this.known.lookup(items, accountId),
      this.images.lookup(
        items.flatMap(({ posterUrl, backdropUrl }) => [posterUrl, backdropUrl]),
        accountId,
      ),
    ]);
    return listed.map(({ providerId, item }) => {
      const { posterUrl, backdropUrl, ...shown } = item;
      return {
        ...shown,
        providerId,
        poster: imageOf(posterUrl, item.posterShape),
        backdrop: imageOf(backdropUrl, 'backdrop'),
        titleId: titleOf(item),
      };
    });
  }

  async title(providerId: string, title: ProviderTitle, accountId: string): Promise<FoundTitle> {
    const { posterUrl, backdropUrl, logoUrl, credits, episodes, similar, ...shown } = title;
    const faces = credits.map(({ imageUrl }) => imageUrl);
    const [imageOf, [item], others] = await Promise.all([
      this.images.lookup([posterUrl, backdropUrl, logoUrl, ...faces], accountId),
      this.list([{ providerId, item: title }], accountId),
      this.list(
        similar.map((each) => ({ providerId, item: each })),
        accountId,
      ),
    ]);
    return {
      ...shown,
      providerId,
      titleId: item?.titleId ?? null,
      poster: imageOf(posterUrl, title.posterShape),
      backdrop: imageOf(backdropUrl, 'backdrop'),
      logo: imageOf(logoUrl, 'logo'),
      credits: credits.map(({ imageUrl, ...credit }) => ({ ...credit, image: imageOf(imageUrl, 'person') })),
      episodes: episodes.map(({ stillUrl, ...episode }, index) => ({
        ...episode,
        still: index < mostStills ? imageOf(stillUrl, 'still') : null,
      })),
      similar: others,
    };
  }
}
