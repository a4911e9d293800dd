import { Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import { Database } from '../database/database.js';
import { PlaybackFailureEntity } from './playback-failure.entity.js';

/** A month: then the browser is another version, and deserves another try. */
const memoryMs = 30 * 24 * 60 * 60 * 1000;

/** What each device failed at, so that it is not tried there again. */
@Injectable()
export class FailureMemoryService {
  constructor(private readonly database: Database) {}

  /** The keys of what failed. @param deviceSessionId null knows nothing */
  async of(deviceSessionId: string | null): Promise<Set<string>> {
    if (deviceSessionId === null) return new Set();
    const failures = await this.database.read.findBy(PlaybackFailureEntity, {
      deviceSessionId,
      failedAt: MoreThan(Date.now() - memoryMs),
    });
    return new Set(failures.map(({ failureKey }) => failureKey));
  }

  async remember(deviceSessionId: string | null, failureKey: string, reason: string): Promise<void> {
    if (deviceSessionId === null) return;
    const failedAt = Date.now();
    await this.database.write(async (manager) => {
      await manager.upsert(PlaybackFailureEntity, { deviceSessionId, failureKey, reason, failedAt }, [
        'deviceSessionId',
        'failureKey',
      ]);
      await manager.delete(PlaybackFailureEntity, { failedAt: LessThan(failedAt - memoryMs) });
    });
  }
}
