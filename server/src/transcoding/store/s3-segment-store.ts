import { TroubleLog } from '../../cache/trouble-log.js';
import type { Logger } from '../../common/log/logger.js';
import { RecentMap } from '../../common/recent-map.js';
import { S3Objects, type S3Object, type S3Settings } from './s3-objects.js';
import { contentPrefix, segmentPath } from './segment-path.js';
import { type SegmentKey, type SegmentStore, SegmentStoreFull } from './segment-store.port.js';
import type { SignedUrls } from './signed-urls.port.js';

export interface S3SegmentStoreSettings extends S3Settings {
  /** Bytes of all segments below the prefix. */
  readonly capacity: number;
  readonly logger: Logger;
  /** Before every key; default `segments/`. */
  readonly prefix?: string;
  readonly now?: () => number;
}

/** Others write to the same bucket: how long what a listing told is believed, ms. */
const listingLifetime = 10 * 60_000;
/** An eviction goes down to this share of the capacity, so that listings stay rare. */
const afterEviction = 0.9;
/** Reads remembered, so that what is watched outlives what was merely made later. */
const mostReads = 20_000;

/**
 * Segments in a bucket. It evicts by listing, not by the bucket's life cycle, which knows days but no bytes: this
 * process counts what it writes on top of the last listing, so alone it never passes the capacity; several that share
 * a bucket may pass it by what the others write within ten minutes. A life-cycle rule of a few days beside it does no harm.
 */
export class S3SegmentStore implements SegmentStore, SignedUrls {
  private readonly objects: S3Objects;
  private readonly prefix: string;
  private readonly trouble: TroubleLog;
  private readonly now: () => number;
  /** Time of the last read by object key, the oldest first. */
  private readonly reads = new RecentMap<string, number>(mostReads);
  /** Bytes by the last listing, and what was written since. */
  private used = 0;
  /** Writes under way and their bytes: a listing may show them or not. */
  private readonly writes = new Map<Promise<void>, number>();
  private listedMs = -Infinity;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly settings: S3SegmentStoreSettings) {
    this.objects = new S3Objects(settings);
    this.prefix = settings.prefix ?? 'segments/';
    this.trouble = new TroubleLog(settings.logger, 'the segment bucket');
    this.now = settings.now ?? Date.now;
  }

  get(key: SegmentKey): Promise<Uint8Array | undefined> {
    const name = this.nameOf(key);
    return this.trouble.guard(undefined, async () => {
      const bytes = await this.objects.get(name);
      if (bytes) this.noteRead(name);
      return bytes;
    });
  }

  has(key: SegmentKey): Promise<boolean> {
    const name = this.nameOf(key);
    return this.trouble.guard(false, () => this.objects.has(name));
  }

  async put(key: SegmentKey, bytes: Uint8Array): Promise<void> {
    const name = this.nameOf(key);
    const write = await this.reserve(bytes.length, () => this.objects.put(name, bytes));
    await write.done;
  }

  async forget(contentKey: string): Promise<void> {
    const names: string[] = [];
    let size = 0;
    for await (const object of this.objects.list(this.prefix + contentPrefix(contentKey))) {
      names.push(object.key);
      size += object.size;
    }
    await this.objects.delete(names);
    this.used = Math.max(0, this.used - size);
  }

  signedUrl(key: SegmentKey, lifetimeSeconds: number): Promise<string> {
    return this.objects.signedUrl(this.nameOf(key), lifetimeSeconds);
  }

  close(): void {
    this.objects.close();
  }

  private nameOf(key: SegmentKey): string {
    return this.prefix + segmentPath(key);
  }

  private noteRead(name: string): void {
    this.reads.set(name, this.now());
  }

  /** One at a time: two that find the bucket full would empty it twice. @throws SegmentStoreFull */
  private reserve(size: number, write: () => Promise<void>): Promise<{ done: Promise<void> }> {
    const mine = this.turn.then(async () => {
      await this.makeRoom(size);
      return { done: this.begin(size, write) };
    });
    this.turn = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }

  private begin(size: number, write: () => Promise<void>): Promise<void> {
    this.used += size;
    const done = write();
    const settled = done.then(
      () => undefined,
      () => void (this.listedMs = -Infinity), // nobody knows whether it arrived
    );
    this.writes.set(settled, size);
    void settled.then(() => this.writes.delete(settled));
    return done;
  }

  /** What replaces an object counts twice until the next listing. */
  private async makeRoom(size: number): Promise<void> {
    const { capacity } = this.settings;
    if (size > capacity) throw new SegmentStoreFull('The segment is larger than the whole cache.');
    if (this.now() - this.listedMs > listingLifetime) await this.sweep(size);
    while (this.used + size > capacity) {
      const mayShrink = this.writes.size > 0;
      await this.sweep(size);
      if (this.used + size <= capacity) return;
      if (!mayShrink) throw new SegmentStoreFull('The bucket is full, and nothing can be freed.');
      if (this.writes.size > 0) await Promise.race(this.writes.keys());
    }
  }

  /** Lists the bucket, and deletes what was used longest ago if `size` more would not fit. */
  private async sweep(size: number): Promise<void> {
    const { capacity } = this.settings;
    // Before the listing: what lands while it runs may be missing in it.
    const underWay = [...this.writes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const found: S3Object[] = [];
    for await (const object of this.objects.list(this.prefix)) found.push(object);
    let used = found.reduce((sum, object) => sum + object.size, underWay);
    if (used + size > capacity) {
      const lastUse = ({ key, writtenMs }: S3Object): number => Math.max(writtenMs, this.reads.get(key) ?? 0);
      const doomed: string[] = [];
      for (const object of found.toSorted((a, b) => lastUse(a) - lastUse(b))) {
        if (used + size <= capacity * afterEviction) break;
        doomed.push(object.key);
        used -= object.size;
      }
      await this.objects.delete(doomed);
      for (const key of doomed) this.reads.delete(key);
    }
    this.used = used;
    this.listedMs = this.now();
  }
}
