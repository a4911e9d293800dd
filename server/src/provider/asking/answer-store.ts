import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Cache } from '../../cache/cache.js';
import { SealedText } from '../../common/sealed-text.js';
import { version } from '../../config/version.js';
import type { AnswerLifetime } from '../provider.js';
import { ProviderClock } from './clock.js';

/** `stale`: may be given while a newer one is fetched; `spare`: only where that fails. */
export interface KeptAnswer<T> {
  readonly value: T;
  readonly state: 'fresh' | 'stale' | 'spare';
}

const kept = z.tuple([z.number(), z.number(), z.number(), z.unknown()]);

/**
 * What providers answered, until it is too old. It lies on a disk, or in a Redis that others use: sealed, since addresses
 * hold keys and questions say what people look for.
 */
@Injectable()
export class AnswerStore {
  /** Looks so far, by what was found. */
  readonly counts = { fresh: 0, stale: 0, spare: 0, none: 0 };

  constructor(
    private readonly cache: Cache,
    private readonly sealed: SealedText,
    private readonly clock: ProviderClock,
  ) {}

  /** @param revision of what the provider is and was told: another one, or another Hearth, has other answers */
  key(providerId: string, revision: string, verb: string, question: unknown): string {
    const hash = createHash('sha256').update(JSON.stringify([version, revision, verb, question]));
    return `${prefix(providerId)}${hash.digest('base64url')}`;
  }

  async get<T>(key: string): Promise<KeptAnswer<T> | undefined> {
    const found = await this.find<T>(key);
    this.counts[found?.state ?? 'none']++;
    return found;
  }

  async set(key: string, value: unknown, lifetime: Required<AnswerLifetime>): Promise<void> {
    const { fresh, whileRevalidating, ifError } = lifetime;
    const now = this.clock.now();
    const ends = [fresh, fresh + whileRevalidating, fresh + ifError].map((seconds) => now + seconds * 1000);
    const text = JSON.stringify([...ends, value]);
    await this.cache.set(key, this.sealed.seal(text, key), fresh + Math.max(whileRevalidating, ifError));
  }

  /** Forgets all that a provider said. */
  drop(providerId: string): Promise<void> {
    return this.cache.drop(prefix(providerId));
  }

  private async find<T>(key: string): Promise<KeptAnswer<T> | undefined> {
    const text = this.sealed.open((await this.cache.get<string>(key)) ?? '', key);
    if (text === null) return undefined;
    const [freshUntil, staleUntil, spareUntil, value] = kept.parse(JSON.parse(text));
    const now = this.clock.now();
    const state = now < freshUntil ? 'fresh' : now < staleUntil ? 'stale' : 'spare';
    // One key, one type: the same trust as in `Cache.get`.
    return now < Math.max(staleUntil, spareUntil) ? { value: value as T, state } : undefined;
  }
}

const prefix = (providerId: string): string => `provider:${providerId}:`;
