import { Injectable } from '@nestjs/common';
import type { Egress } from '../common/fetch/egress.js';
import { TorrentEdge } from './manage/torrent-edge.service.js';

/** The way that torrents' traffic takes, for others whose traffic tells the same of the household. */
@Injectable()
export class TorrentEgress {
  constructor(private readonly edge: TorrentEdge) {}

  get current(): Egress {
    return this.edge.egress;
  }
}
