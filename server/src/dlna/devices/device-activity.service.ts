import type { Device } from '@hearth/contract/device';
import { Injectable } from '@nestjs/common';
import { TitleFactsService } from '../../library/catalogue/title-facts.service.js';
import { PlayableService } from '../../library/playable.service.js';
import { Positions } from '../../playback/renderer/positions.service.js';
import type { DeviceEntity } from './device.entity.js';
import { DeviceViewers } from './device-viewers.service.js';

/** What a device plays now. */
@Injectable()
export class DeviceActivity {
  constructor(
    private readonly positions: Positions,
    private readonly playables: PlayableService,
    private readonly viewers: DeviceViewers,
    private readonly facts: TitleFactsService,
  ) {}

  async of(device: DeviceEntity): Promise<Device['playing']> {
    const watched = this.positions.of(device.id);
    if (!watched) return null;
    const { file } = await this.playables.file(watched.fileId);
    const accountId = await this.viewers.accountOf(device);
    const titles = file.titleId === null ? undefined : await this.facts.titles([file.titleId], accountId);
    const titleName = titles?.get(file.titleId ?? '')?.name ?? '';
    return { titleName, positionSeconds: watched.positionSeconds };
  }
}
