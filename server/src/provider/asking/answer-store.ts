import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Cache } from '../../cache/cache.js';
import { SealedText } from '../../common/sealed-text.js';
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
  constructor(
    private readonly cache: Cache,
    private readonly sealed: SealedText,
    private readonly clock: ProviderClock,
  ) {}

  /** @param revision of what the provider is and was told: another one has other answers */
  key(providerId: string, revision: string, verb: string, question: unknown): string {
    const hash = createHash('sha256').update(JSON.stringify([revision, verb, question]));
    return `${prefix(providerId)}${hash.digest('base64url')}`;
  }

  async get<T>(key: string): Promise<KeptAnswer<T> | undefined> {
    const text = this.sealed.open((await this.cache.get<string>(key)) ?? '', key);
    if (text === null) return undefined;
    const [freshUntil, staleUntil, spareUntil, value] = kept.parse(JSON.parse(text));
    const now = this.clock.now();
    const state = now < freshUntil ? 'fresh' : now < staleUntil ? 'stale' : 'spare';
    // One key, one type: the same trust as in `Cache.get`.
    return now < Math.max(staleUntil, spareUntil) ? { value: value as T, state } : undefined;
  }

  async set(key: string, value: unknown, lifetime: Required<AnswerLifetime>): Promise<void> {
    const freshUntil = this.clock.now() + lifetime.fresh * 1000;
    const ends = [freshUntil, lifetime.whileRevalidating, lifetime.ifError] as const;
    const [staleUntil, spareUntil] = [freshUntil + ends[1] * 1000, freshUntil + ends[2] * 1000];
    const text = JSON.stringify([freshUntil, staleUntil, spareUntil, value]);
    const seconds = lifetime.fresh + Math.max(lifetime.whileRevalidating, lifetime.ifError);
    await this.cache.set(key, this.sealed.seal(text, key), seconds);
  }

  /** Forgets all that a provider said. */
  drop(providerId: string): Promise<void> {
    return this.cache.drop(prefix(providerId));
  }
}

const prefix = (providerId: string): string => `provider:${providerId}:`;
