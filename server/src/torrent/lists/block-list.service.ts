import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type AddressRanges, AddressSet, noRanges, RangeCollector } from './address-set.js';
import { parseBlockList } from './parse-block-list.js';
import { ListInvalid, RemoteList } from './remote-list.js';

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
export class BlockListService extends RemoteList {
  protected readonly mostBytes = MOST_BYTES;
  private own: readonly string[] = [];
  private fetched = new RangeCollector();
  private set = new AddressSet(noRanges);
  private building: Promise<void> = Promise.resolve();

  async configure(settings: BlockListSettings): Promise<void> {
    const isSame = settings.addresses.join() === this.own.join();
    this.own = settings.addresses;
    await (isSame ? this.building : this.build());
    await this.fetchFrom(settings.url, settings.allowPrivateHosts);
  }

  /** Ranges after merging, own ones too. */
  protected get count(): number {
    return this.set.size;
  }

  /** IPv4, IPv6 and IPv4 mapped into IPv6. */
  has(address: string): boolean {
    return this.set.has(address);
  }

  /** For `EngineSettings.blockedAddresses`: the same object as long as nothing changed. */
  ranges(): AddressRanges {
    return this.set.ranges;
  }

  protected async take(packed: Uint8Array): Promise<void> {
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
