import type { ClientCapabilities } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import { decide, type Decision, type Delivery, type Unplayable } from './decide.js';
import { withoutFalseClaims } from './quirks.js';
import type { Wishes } from './situation.js';

export type { Decision, Delivery, Unplayable, Wishes };

/** The door for other features to the pure decision. */
@Injectable()
export class DecisionService {
  /** @param device User-Agent or model of the device: what it is known to claim wrongly does not count. */
  decide(
    media: MediaInfo,
    client: ClientCapabilities,
    wishes: Wishes = {},
    device = '',
  ): Decision | Unplayable {
    return decide(media, withoutFalseClaims(client, device), wishes);
  }
}
