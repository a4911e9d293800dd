import type { ClientCapabilities } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';
import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { profileOf } from './device-profiles.js';
import { decide, type Decision, type Delivery, type Unplayable } from './decide.js';
import { browserTraits } from './device-traits.js';
import { breaksOnOpenGroups, withoutFalseClaims } from './quirks.js';
import { saysNothing, type Wishes } from './situation.js';

export type { Decision, Delivery, Unplayable, Wishes };

/** The door for other features to the pure decision. */
@Injectable()
export class DecisionService {
  /**
   * @param device its User-Agent or model. What devices like it claim wrongly does not count, and what they do is known
   * where they say nothing.
   */
  decide(
    media: MediaInfo,
    client: ClientCapabilities,
    wishes: Wishes = {},
    device = '',
  ): Decision | Unplayable {
    const profile = profileOf(device);
    const heard = profile && saysNothing(client) ? profile.client : client;
    const believed = withoutFalseClaims(heard, device, streamsOf(media, 'video').length > 0);
    const known = profile?.traits ?? browserTraits;
    const traits = breaksOnOpenGroups(device) ? { ...known, entersOpenGroups: false } : known;
    return decide(media, believed, { traits, ...wishes });
  }

  /** Whether it matters to this device how a file that it gets as it is can be entered. */
  mindsOpenGroups(media: MediaInfo, device: string): boolean {
    return breaksOnOpenGroups(device) && streamsOf(media, 'video')[0]?.codec === 'h264';
  }
}
