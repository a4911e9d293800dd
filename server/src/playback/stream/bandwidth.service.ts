import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import { AccountService } from '../../user/account.service.js';
import { TokenBucket } from './token-bucket.js';

/** bytes; small enough that a slow line flows instead of coming in gulps */
const sliceSize = 32 * 1024;

/** Holds what is sent to an account within its bandwidth, over all of its streams. */
@Injectable()
export class BandwidthService {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly accounts: AccountService) {}

  /** Null where the account may take what the line gives. */
  async bucketOf(accountId: string): Promise<TokenBucket | null> {
    const { bandwidth } = await this.accounts.limits(accountId);
    if (bandwidth === null) {
      this.buckets.delete(accountId);
      return null;
    }
    const bucket = this.buckets.get(accountId) ?? new TokenBucket(bandwidth / 8);
    bucket.bytesPerSecond = bandwidth / 8;
    this.buckets.set(accountId, bucket);
    return bucket;
  }
}

/** The same bytes, in slices, no faster than the bucket lets them. @throws AbortError */
export async function* paced(
  bytes: Uint8Array,
  bucket: TokenBucket,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sliceSize) {
    const slice = bytes.subarray(at, at + sliceSize);
    const wait = bucket.take(slice.length);
    if (wait > 0) await sleep(wait, undefined, { signal });
    yield slice;
  }
}

/** A byte source that is read at the bucket's pace, and tells how much was read. */
export class PacedByteSource implements ByteSource {
  constructor(
    private readonly source: ByteSource,
    private readonly bucket: TokenBucket | null,
    private readonly onBytes: (count: number) => void,
  ) {}

  get size(): number {
    return this.source.size;
  }

  get etag(): string {
    return this.source.etag;
  }

  get lastModified(): Date {
    return this.source.lastModified;
  }

  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source.read(start, end, signal)) {
      this.onBytes(chunk.length);
      if (this.bucket === null) yield chunk;
      else yield* paced(chunk, this.bucket, signal);
    }
  }

  close(): Promise<void> {
    return this.source.close();
  }
}
