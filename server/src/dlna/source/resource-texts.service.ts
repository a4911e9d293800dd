import type { Guest } from '@hearth/dlna/guest';
import type { SubtitleOffer } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { RendererOffers } from '../../playback/renderer/renderer-offers.service.js';
import { SubtitleService } from '../../playback/subtitle.service.js';
import { capabilitiesOf } from './capabilities.js';
import { subtitlesOf } from './offer-shapes.js';
import { type Resource, ResourceIds } from './resource-ids.js';
import { smiOf, srtOf } from './subtitle-texts.js';

/** Subtitles as devices take them beside a film. */
@Injectable()
export class ResourceTexts {
  constructor(
    private readonly ids: ResourceIds,
    private readonly offers: RendererOffers,
    private readonly subtitles: SubtitleService,
  ) {}

  /** UTF-8. @throws ProblemError NOT_FOUND, SUBTITLE_UNREADABLE, SOURCE_UNAVAILABLE */
  async text({ id, part }: Resource, format: 'srt' | 'vtt' | 'smi'): Promise<Uint8Array> {
    const vtt = await this.subtitles.text(id, part);
    return Buffer.from({ vtt: () => vtt, srt: () => srtOf(vtt), smi: () => smiOf(vtt) }[format]());
  }

  /** Only Samsungs ask for them with the film, and for nobody else should the file be looked at again. */
  async captions(
    fileId: string,
    accountId: string,
    { profile }: Guest,
  ): Promise<{ captions?: SubtitleOffer }> {
    if (!profile.subtitles.includes('caption-info') && !profile.subtitles.includes('caption-info-ex'))
      return {};
    const files = await this.offers.of(accountId, capabilitiesOf(profile), [{ fileId }]);
    const [file] = files.get(fileId) ?? [];
    const [captions] = file ? subtitlesOf(file, this.ids) : [];
    return captions ? { captions } : {};
  }
}
