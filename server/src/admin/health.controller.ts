import { type Health, systemRoutes } from '@hearth/contract/system';
import { Controller } from '@nestjs/common';
import { Handle } from '../common/http/handle.js';
import { PlaybackService } from '../playback/playback.service.js';

@Controller()
export class HealthController {
  constructor(private readonly playback: PlaybackService) {}

  /** Answers as long as the database does; torrents report here once there are any. */
  @Handle(systemRoutes.health)
  async health(): Promise<Health> {
    const activeStreams = await this.playback.activeCount();
    return { status: 'ok', activeTorrents: 0, activeStreams, downloadSpeed: 0, uploadSpeed: 0 };
  }
}
