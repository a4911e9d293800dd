import type { DeviceDelivery, deviceRoutes } from '@hearth/contract/device';
import type { RouteInput } from '@hearth/contract/route';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import { Injectable } from '@nestjs/common';
import { AudienceService } from '../../library/audience/audience.service.js';
import { type RendererOffer, RendererOffers } from '../../playback/renderer/renderer-offers.service.js';
import { DeviceProfiles } from '../device-profiles.service.js';
import { capabilitiesOf } from '../source/capabilities.js';
import { offered } from '../source/offer-shapes.js';
import { ResourceIds } from '../source/resource-ids.js';
import { DeviceViewers } from './device-viewers.service.js';
import { DeviceViews } from './device-views.service.js';

/** What a device gets of a title, for administrators who wonder why. */
@Injectable()
export class DeviceDeliveries {
  constructor(
    private readonly devices: DeviceViews,
    private readonly viewers: DeviceViewers,
    private readonly profiles: DeviceProfiles,
    private readonly audiences: AudienceService,
    private readonly offers: RendererOffers,
    private readonly ids: ResourceIds,
  ) {}

  /** @throws ProblemError NOT_FOUND, also for a title the device's viewer does not see */
  async of({ id, titleId, episodeId }: RouteInput<typeof deviceRoutes.gets>): Promise<DeviceDelivery[]> {
    const device = await this.devices.get(id);
    const book = await this.profiles.book();
    const profile = book.byId(device.fixedProfileId ?? device.profileId) ?? book.generic;
    const accountId = await this.viewers.accountOf(device);
    await this.audiences.mustSeeTitle(titleId, accountId);
    const files = await this.offers.ofTitle(accountId, capabilitiesOf(profile), titleId, episodeId);
    const { protocolInfoOf, protocolInfoText } = await import('@hearth/dlna/protocol/protocol-info');
    return files.map((file) => ({
      fileName: file.fileName,
      action: file.action,
      protocolInfo: offered([file], this.ids).offers.map((offer) =>
        protocolInfoText(protocolInfoOf(offer, profile)),
      ),
      reasons: [...file.reasons],
      subtitles: subtitleWays(file, profile),
    }));
  }
}

/** Text goes as the device likes it; what it cannot draw is in the picture, or not there. */
function subtitleWays(
  { subtitles, burned }: RendererOffer,
  profile: DeviceProfile,
): DeviceDelivery['subtitles'] {
  const beside = profile.subtitles.filter((way) => way !== 'burn').join(', ');
  return subtitles.map(({ id, language, form }) => {
    const way = form === 'text' && beside !== '' ? beside : 'none';
    return { language, way: id === burned ? 'burn' : way };
  });
}
