import type { Offer } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import {
  offeredKey,
  type OfferedItem,
  RendererOffers,
} from '../../playback/renderer/renderer-offers.service.js';
import type { CastScreen, CastSender } from '../cast-media.port.js';
import { capabilitiesOf } from './capabilities.js';
import { CastGrants } from './cast-grants.service.js';
import { offered } from './offer-shapes.js';
import { ResourceIds } from './resource-ids.js';

/** How a thing that is sent reaches its screen, with its sender's right lent to it. */
@Injectable()
export class CastWays {
  constructor(
    private readonly offers: RendererOffers,
    private readonly ids: ResourceIds,
    private readonly grants: CastGrants,
  ) {}

  /**
   * @param fromSeconds where a conversion begins, whole
   * @throws ProblemError PLAYBACK_UNSUPPORTED, SOURCE_UNAVAILABLE
   */
  async of(item: OfferedItem, sender: CastSender, { profile }: CastScreen, fromSeconds = 0) {
    const found = await this.offers.of(sender.accountId, capabilitiesOf(profile), [item]);
    const files = found.get(offeredKey(item)) ?? [];
    const [file] = files.filter(({ action }) => action !== 'none');
    if (!file && files[0])
      throw new ProblemError('PLAYBACK_UNSUPPORTED', { detail: files[0].reasons.join(' ') });
    if (!file) throw new ProblemError('SOURCE_UNAVAILABLE');
    const grant = this.grants.give(sender, file.original.durationSeconds ?? 0);
    const ways = offered(files, this.ids, grant);
    return { ways: { ...ways, offers: ways.offers.map((one) => this.begun(one, fromSeconds)) }, file, grant };
  }

  /** A conversion that begins later is another resource: few renderers seek by time in what has no bytes yet. */
  private begun(one: Offer, fromSeconds: number): Offer {
    const file = one.kind === 'converted' && fromSeconds > 0 ? this.ids.read(one.resourceId) : undefined;
    if (!file) return one;
    return {
      ...one,
      resourceId: this.ids.write('converted', file.id, String(fromSeconds), file.grant),
      ...(one.durationSeconds !== undefined && {
        durationSeconds: Math.max(0, one.durationSeconds - fromSeconds),
      }),
    };
  }
}
