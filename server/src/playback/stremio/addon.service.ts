import type { TitleType } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { UrlSigner } from '../../common/url-signer.js';
import { EpisodeCardsService } from '../../library/catalogue/episode-cards.service.js';
import { SourcesService } from '../../library/catalogue/sources.service.js';
import { TitleDetailService } from '../../library/catalogue/title-detail.service.js';
import { PlayableService } from '../../library/playable.service.js';
import { isText } from '../subtitle-tracks.js';
import { readAddonId } from './addon-ids.js';
import { AddonCatalogs } from './addon-catalogs.service.js';
import { type Absolute, meta } from './addon-meta.js';
import { type AddonSubtitle, stream } from './addon-streams.js';

/** As long as somebody may pause. */
const urlLifetime = 24 * 3600;

/** For whom, and where the server is reached. */
export interface AddonGuest {
  readonly accountId: string;
  readonly absolute: Absolute;
}

/** Titles and streams of the home library, as Stremio's apps ask for them; each account sees its own. */
@Injectable()
export class AddonService {
  constructor(
    private readonly catalogs: AddonCatalogs,
    private readonly details: TitleDetailService,
    private readonly episodes: EpisodeCardsService,
    private readonly sources: SourcesService,
    private readonly playables: PlayableService,
    private readonly signer: UrlSigner,
  ) {}

  /** An empty object where the library has nothing of that name: other add-ons may. */
  async meta(type: TitleType, id: string, { accountId, absolute }: AddonGuest): Promise<{ meta?: object }> {
    const titleId = await this.titleId(type, id, accountId);
    if (titleId === null) return {};
    const title = await this.details.detail(titleId, accountId);
    const episodes = type === 'series' ? await this.episodes.ofTitle(titleId, accountId) : [];
    return { meta: meta(title, episodes, absolute) };
  }

  async streams(type: TitleType, id: string, guest: AddonGuest): Promise<{ streams: object[] }> {
    const titleId = await this.titleId(type, id, guest.accountId);
    const { season, episode: number } = readAddonId(id) ?? {};
    if (titleId === null || (type === 'series' && season === undefined)) return { streams: [] };
    const inSeason = type === 'series' ? await this.episodes.ofTitle(titleId, guest.accountId, season) : [];
    const episode = inSeason.find((each) => each.number === number);
    if (type === 'series' && !episode) return { streams: [] };
    const sources = await this.sources.ofTitle(titleId, episode?.id);
    const playable = sources.filter(({ available, extraKind }) => available && extraKind === null);
    const streams = playable.map(async (source) =>
      stream(
        source,
        this.address(`/api/stremio/files/${source.fileId}`, guest),
        await this.subtitles(source.fileId, guest),
      ),
    );
    return { streams: await Promise.all(streams) };
  }

  private async subtitles(fileId: string, guest: AddonGuest): Promise<AddonSubtitle[]> {
    const files = (await this.playables.externalSubtitles(fileId)).filter(isText);
    return files.map(({ id, language }) => ({
      id,
      url: this.address(`/api/media/files/${fileId}/subtitles/${id}`, guest),
      lang: language ?? 'und',
    }));
  }

  private titleId(type: TitleType, id: string, accountId: string): Promise<string | null> {
    const reference = readAddonId(id);
    return reference ? this.catalogs.titleId(type, reference, accountId) : Promise.resolve(null);
  }

  private address(path: string, { accountId, absolute }: AddonGuest): string {
    return absolute(this.signer.sign(path, accountId, urlLifetime));
  }
}
