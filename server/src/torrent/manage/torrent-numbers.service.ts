import type { ServerEventPayload } from '@hearth/contract/events';
import { Injectable } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import { TorrentRegistry } from './torrent-registry.js';
import { TorrentView } from './torrent-view.service.js';

type Numbers = ServerEventPayload<'torrent.numbers'>['items'][number];

/** Live numbers: to those who listen, of the torrents they may see, and only of those of which something moved. */
@Injectable()
export class TorrentNumbers {
  /** What each account heard last, by infohash. */
  private readonly heard = new Map<string, Map<string, string>>();

  constructor(
    private readonly registry: TorrentRegistry,
    private readonly access: TorrentAccessService,
    private readonly view: TorrentView,
    private readonly events: EventBus,
  ) {}

  /** Once a second while the engine runs. */
  async tell(): Promise<void> {
    if (this.registry.size === 0) return;
    const users = (await this.access.users()).filter(({ id }) => this.events.isHeardBy(id));
    for (const id of this.heard.keys()) if (!users.some((user) => user.id === id)) this.heard.delete(id);
    if (users.length === 0) return;
    const all = this.registry.all.map((entry) => ({ entry, numbers: this.view.numbers(entry) }));
    for (const { id, role } of users) {
      const seen = all.filter(({ entry }) => this.registry.isSeenBy(entry, id, role === 'admin'));
      this.tellOne(id, seen.map(({ numbers }) => numbers));
    }
  } // prettier-ignore

  /** The engine stopped: what is told next is told in full. */
  forget(): void {
    this.heard.clear();
  }

  private tellOne(accountId: string, all: readonly Numbers[]): void {
    const before = this.heard.get(accountId);
    const now = new Map(all.map((one) => [one.infoHash, JSON.stringify(one)]));
    const items = all.filter(({ infoHash }) => before?.get(infoHash) !== now.get(infoHash));
    this.heard.set(accountId, now);
    if (items.length > 0) this.events.publish('torrent.numbers', { items }, accountId);
  }
}
