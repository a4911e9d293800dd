import { Module } from '@nestjs/common';
import { TorrentService } from './torrent.service.js';

/** Torrents: what is added, who may, and the engine that fetches. Off until an administrator turns it on. */
@Module({ providers: [TorrentService], exports: [TorrentService] })
export class TorrentModule {}
