import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../common/log/logger.js';
import type { Config } from '../../config/config.js';
import { DiskSegmentStore } from './disk-segment-store.js';
import type { SegmentStore } from './segment-store.port.js';

const gibibyte = 1024 ** 3;

/**
 * The store the settings ask for: a bucket, or a folder in the data directory. The S3 client is loaded only where it
 * is used, for it costs start-up time and memory.
 */
export async function openSegmentStore(
  config: Pick<Config, 'dataDirectory' | 'redisUrl' | 'segmentBucket' | 'streamCacheSize'>,
  logger: Logger,
): Promise<SegmentStore> {
  if (config.segmentBucket) {
    const { S3SegmentStore } = await import('./s3-segment-store.js');
    const capacity = config.streamCacheSize ?? 10 * gibibyte;
    return new S3SegmentStore({ ...config.segmentBucket, capacity, logger });
  }
  const directory = join(config.dataDirectory, 'segments');
  await mkdir(directory, { recursive: true });
  const { blocks, bsize } = await statfs(directory);
  const store = new DiskSegmentStore({
    directory,
    logger,
    shared: config.redisUrl !== undefined,
    capacity: config.streamCacheSize ?? defaultCapacity(blocks * bsize),
    floor: defaultFloor(blocks * bsize),
  });
  // Its failure shows again in the first write.
  void store.survey().catch((error: unknown) => logger.warn('the segment cache cannot be read', { error }));
  return store;
}

/** 10 GiB, on small disks a tenth. Of the whole disk, not of what is free: that would shrink as the cache fills. */
export const defaultCapacity = (diskBytes: number): number =>
  Math.floor(Math.min(10 * gibibyte, diskBytes / 10));

/** 1 GiB stays free, on small disks a fiftieth. */
const defaultFloor = (diskBytes: number): number => Math.floor(Math.min(gibibyte, diskBytes / 50));
