import { type Health, systemRoutes } from '@hearth/contract/system';
import { Controller } from '@nestjs/common';
import { Handle } from '../common/http/handle.js';
import { PlaybackService } from '../playback/playback.service.js';
import { TorrentService } from '../torrent/torrent.service.js';

@Controller()
export class HealthController {
  constructor(
    private readonly playback: PlaybackService,
    private readonly torrents: TorrentService,
  ) {}

  /** Answers as long as the database does; what torrents do costs nothing to ask. */
  @Handle(systemRoutes.health)
  async health(): Promise<Health> {
    const activeStreams = await this.playback.activeCount();
    const { active: activeTorrents, downloadSpeed, uploadSpeed } = this.torrents.numbers();
    return { status: 'ok', activeTorrents, activeStreams, downloadSpeed, uploadSpeed };
  }
}
