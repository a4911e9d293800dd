import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Egress } from '../../common/fetch/egress.js';
import { type AddressRanges, AddressSet, noRanges, RangeCollector } from './address-set.js';
import { parseBlockList } from './parse-block-list.js';
import { ListInvalid, type ListStatus, RemoteList, type RemoteListOptions } from './remote-list.js';

export interface BlockListSettings {
  /** Where a list is fetched from, gzip or not; empty: only `addresses`. */
  readonly url: string;
  /** Addresses and ranges of the administrator's own. */
  readonly addresses: readonly string[];
  readonly allowPrivateHosts: readonly string[];
}

/** The largest lists there are have half a million lines, 20 MB. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_UNPACKED = 128 * 1024 * 1024;

/** Addresses that nothing is exchanged with, either way. */
export class BlockListService {
  private readonly remote: RemoteList;
  private own: readonly string[] = [];
  private fetched = new RangeCollector();
  private set = new AddressSet(noRanges);
  private building: Promise<void> = Promise.resolve();

  constructor(options: Omit<RemoteListOptions, 'maxBytes'>) {
    this.remote = new RemoteList((bytes) => this.take(bytes), { ...options, maxBytes: MOST_BYTES });
  }

  async configure(settings: BlockListSettings): Promise<void> {
    const isSame = settings.addresses.join() === this.own.join();
    this.own = settings.addresses;
    await (isSame ? this.building : this.build());
    await this.remote.configure(settings.url, settings.allowPrivateHosts);
  }

  /** Reads what was fetched before; afterwards refreshes by itself once a day until `stop`. */
  async start(egress: () => Egress): Promise<void> {
    await this.remote.start(egress);
  }

  /** Called after every list that was fetched, also by itself once a day: the engine wants to know. */
  onRefreshed(listener: () => void): void {
    this.remote.onRefreshed = listener;
  }

  stop(): void {
    this.remote.stop();
  }

  /** Fetches the list now. Never rejects: the status says what went wrong, and the old list stays. */
  async refresh(): Promise<ListStatus> {
    await this.remote.refresh();
    return this.status();
  }

  /** `count`: ranges after merging, own ones too. */
  status(): ListStatus {
    const { refreshedAt, error } = this.remote;
    return { count: this.set.size, refreshedAt, error };
  }

  /** IPv4, IPv6 and IPv4 mapped into IPv6. */
  has(address: string): boolean {
    return this.set.has(address);
  }

  /** For `EngineSettings.blockedAddresses`: the same object as long as nothing changed. */
  ranges(): AddressRanges {
    return this.set.ranges;
  }

  private async take(packed: Uint8Array): Promise<void> {
    const bytes = await unpacked(packed);
    const ranges = new RangeCollector();
    const parsed = await parseBlockList(bytes, ranges);
    // A page that says the list has moved is none.
    if (bytes.length > 0 && parsed.ranges <= parsed.malformed)
      throw new ListInvalid('This is no list of addresses.');
    this.fetched = ranges;
    await this.build();
  }

  /** One after the other: a longer one must not end after a later one. */
  private build(): Promise<void> {
    const next = this.building.then(() => this.buildNow());
    this.building = next.catch(() => undefined);
    return next;
  }

  private async buildNow(): Promise<void> {
    const all = new RangeCollector();
    await parseBlockList(Buffer.from(this.own.join('\n')), all);
    all.addAll(this.fetched);
    this.set = await AddressSet.of(all);
  }
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch {
    throw new ListInvalid('This list cannot be unpacked, or is too large.');
  }
}
