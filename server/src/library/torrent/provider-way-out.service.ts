import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ProviderEgress } from '../../provider/provider-egress.service.js';
import { TorrentService } from '../../torrent/torrent.service.js';

/** Providers of what lies in swarms leave by the way of torrents, and wait while it is away. */
@Injectable()
export class ProviderWayOut implements OnModuleInit {
  constructor(
    private readonly egress: ProviderEgress,
    private readonly torrents: TorrentService,
  ) {}

  onModuleInit(): void {
    this.egress.use(() => this.torrents.egress);
  }
}
