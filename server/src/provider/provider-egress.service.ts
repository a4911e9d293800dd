import { Injectable } from '@nestjs/common';
import { directEgress, type Egress, isHeld } from '../common/fetch/egress.js';

/**
 * The way out for providers of what lies in swarms: that of torrents. This folder knows no torrents; whoever does says
 * which way that is.
 */
@Injectable()
export class ProviderEgress {
  private way: () => Egress = () => directEgress;

  use(way: () => Egress): void {
    this.way = way;
  }

  get current(): Egress {
    return this.way();
  }

  get isHeld(): boolean {
    return isHeld(this.way());
  }
}
