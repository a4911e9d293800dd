import type { TorrentEngineStatus, TorrentSettings } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import type { AddressRanges } from '../lists/address-set.js';
import { BlockListService } from '../lists/block-list.service.js';
import type { ListStatus } from '../lists/remote-list.js';
import { TrackerListService } from '../lists/tracker-list.service.js';
import type { Egress } from '../../common/fetch/egress.js';
import { type InterfaceState, InterfaceWatch } from '../network/interface-watch.js';
import { TorrentSettingsService } from '../settings/torrent-settings.service.js';

type ListFacts = TorrentEngineStatus['trackerList'];

const listFacts = ({ count, refreshedAt, error }: ListStatus): ListFacts => ({
  count,
  refreshedAt: refreshedAt?.toISOString() ?? null,
  error,
});

/** Where traffic of torrents leaves, and whom it never goes to: the interface, the lists of trackers and addresses. */
@Injectable()
export class TorrentEdge {
  private isStarted = false;
  private watched: { name: string; stop: () => void } | undefined;
  private state: InterfaceState | undefined;
  private changed: () => void = () => undefined;

  constructor(
    private readonly settings: TorrentSettingsService,
    private readonly trackerList: TrackerListService,
    private readonly blockList: BlockListService,
    private readonly interfaces: InterfaceWatch,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** From now on the named interface is watched and the lists are kept fresh. @param changed the way out is another */
  async start(changed: () => void): Promise<void> {
    this.changed = changed;
    await this.apply(this.settings.current);
    if (this.isStarted) return;
    this.isStarted = true;
    this.trackerList.onRefreshed = () => this.changed();
    this.blockList.onRefreshed = () => this.changed();
    await this.trackerList.start(() => this.egress);
    await this.blockList.start(() => this.egress);
  }

  stop(): void {
    this.watched?.stop();
    this.watched = this.state = undefined;
    if (!this.isStarted) return;
    this.isStarted = false;
    this.trackerList.stop();
    this.blockList.stop();
  }

  async apply(settings: TorrentSettings): Promise<void> {
    this.watch(settings.networkInterface);
    const { allowPrivate } = this.config.torrents;
    const allowPrivateHosts = allowPrivate ? ['*'] : [];
    await this.trackerList.configure({
      url: settings.trackerListUrl,
      extra: settings.extraTrackers,
      blocked: settings.blockedTrackers,
      ...{ allowPrivate, allowPrivateHosts },
    });
    const { blockListUrl: url, blockedAddresses: addresses } = settings;
    await this.blockList.configure({ url, addresses, allowPrivateHosts });
  }

  /** The interface that everything must go through is away. */
  get isHeld(): boolean {
    return this.watched !== undefined && !this.isUp;
  }

  /** Local addresses that everything is bound to; empty: any. */
  get bindAddresses(): readonly string[] {
    return this.watched && this.state ? this.state.addresses : [];
  }

  get egress(): Egress {
    const localAddresses = this.watched ? (this.isUp ? this.bindAddresses : []) : null;
    return { localAddresses, proxy: this.settings.current.proxy || null };
  }

  /** The same list as long as nothing of it changed: it may be long. */
  get blockedAddresses(): AddressRanges {
    return this.blockList.ranges();
  }

  trackersFor(torrent: { readonly trackers: readonly string[]; readonly private: boolean }): string[] {
    return this.trackerList.trackersFor(torrent);
  }

  async refreshLists(): Promise<void> {
    await Promise.all([this.trackerList.refresh(), this.blockList.refresh()]);
    this.changed();
  }

  /** For the page of administration. */
  status(): Pick<TorrentEngineStatus, 'trackerList' | 'blockList' | 'interfaces'> {
    const name = this.watched?.name ?? '';
    const listed = this.interfaces.list();
    const absent = name === '' || listed.some((one) => one.name === name) ? [] : [{ name, addresses: [], up: false }];
    const interfaces = [...listed, ...absent].map((one) => ({
      ...{ name: one.name, addresses: [...one.addresses], up: one.up },
      used: name === '' ? one.up : one.name === name,
    }));
    return {
      trackerList: listFacts(this.trackerList.status()),
      blockList: listFacts(this.blockList.status()),
      interfaces,
    };
  } // prettier-ignore

  private get isUp(): boolean {
    return this.state !== undefined && this.state.up && this.state.addresses.length > 0;
  }

  private watch(name: string): void {
    if (this.watched?.name === name) return;
    this.watched?.stop();
    this.watched = this.state = undefined;
    if (name === '') return;
    // Away until the watch says otherwise.
    const watched = { name, stop: (): void => {} };
    this.watched = watched;
    watched.stop = this.interfaces.watch(name, (state) => {
      if (this.watched !== watched) return;
      this.state = state;
      this.changed();
    });
  }
}
