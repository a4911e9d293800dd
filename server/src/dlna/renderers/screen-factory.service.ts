import type { EventReceiver } from '@hearth/dlna/control/event-receiver';
import type { FoundRenderer } from '@hearth/dlna/control/known-renderers';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import {
  RendererPlaybackService,
  type RendererReport,
} from '../../playback/renderer/renderer-playback.service.js';
import { CastMedia } from '../cast-media.port.js';
import { DeviceProfiles } from '../device-profiles.service.js';
import { MediaServerService } from '../media-server.service.js';
import type { Screen } from './screen.js';
import { ScreenDevices } from './screen-devices.service.js';

/** Makes screens out of renderers, with all that this server knows of them. */
@Injectable()
export class ScreenFactory {
  private readonly logger: Logger;

  constructor(
    private readonly media: CastMedia,
    private readonly server: MediaServerService,
    private readonly profiles: DeviceProfiles,
    private readonly devices: ScreenDevices,
    private readonly playback: RendererPlaybackService,
    logger: Logger,
  ) {
    this.logger = logger.scoped('renderers');
  }

  async make(
    renderer: FoundRenderer,
    receiver: EventReceiver,
    changed: (screen: Screen) => void,
  ): Promise<Screen> {
    const { Screen } = await import('./screen.js');
    return new Screen(renderer, {
      media: this.media,
      receiver,
      changed,
      mediaPort: () => this.server.port,
      profileOf: (found) => this.profileOf(found),
      save: (report) => {
        this.save(report, renderer.address).catch((error: unknown) =>
          this.logger.warn('A position was not saved', { error }),
        );
      },
    });
  }

  /** What is sent to a screen and what it fetches by itself are one device's. */
  private async save(report: RendererReport, address: string): Promise<void> {
    const id = (await this.devices.at(address))?.id ?? report.device.id;
    await this.playback.report({ ...report, device: { ...report.device, id } });
  }

  /** What an administrator fixed for the device, else what its description tells. */
  private async profileOf({ address, device }: FoundRenderer): Promise<DeviceProfile> {
    const book = await this.profiles.book();
    const fixed = (await this.devices.at(address))?.fixedProfileId;
    const { manufacturer, modelName } = device;
    return (fixed ? book.byId(fixed) : undefined) ?? book.match({ address, manufacturer, modelName });
  }
}
