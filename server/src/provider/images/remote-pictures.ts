import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/cache.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import {
  firstLine,
  ImageAnalyzer,
  type ImageFacts,
  usualLimits,
} from '../../common/pictures/image-analyzer.js';
import { ImageStore } from '../../common/pictures/image-store.js';
import { widestServed } from '../../common/pictures/served-width.js';
import { SharedWork } from '../../common/pictures/shared-work.js';
import { toWebp } from '../../common/pictures/to-webp.js';
import { ProblemError } from '../../common/problem-error.js';
import { WorkLimit } from '../../common/work-limit.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { ProviderFetch } from '../asking/provider-fetch.js';

const megabyte = 1024 ** 2;
/** Of the original. */
const maxBytes = 12 * megabyte;
/** Bytes on disk; what was shown longest ago goes first. */
const capacity = 512 * megabyte;
const fetchedAtOnce = 8;
/** Decoding takes tens of megabytes each. */
const decodedAtOnce = 2;
/** Pages of pictures that nobody answers for must not pile up. */
const mostWaiting = 500;
/** Seconds that a picture which could not be had is not asked for again. */
const troubleLifetime = 10 * 60;
/** Seconds; what is at an address rarely becomes another picture. */
const factsLifetime = 30 * 24 * 3600;

/** Names a picture on disk and in caches. */
export const pictureName = (url: string): string =>
  createHash('sha256').update(url).digest('base64url').slice(0, 32);

/** Pictures of other hosts, fetched once and kept as WebP: the widest, and from it what is asked for. */
@Injectable()
export class RemotePictures {
  private readonly store: ImageStore;
  private readonly fetching = new SharedWork<Buffer>(new WorkLimit(fetchedAtOnce, { mostWaiting, refusal }));
  private readonly decoding = new WorkLimit(decodedAtOnce);
  private readonly narrowing = new SharedWork<Buffer>(this.decoding);

  constructor(
    private readonly fetch: ProviderFetch,
    private readonly cache: Cache,
    private readonly analyzer: ImageAnalyzer,
    @InjectConfig() config: Pick<Config, 'dataDirectory'>,
  ) {
    this.store = new ImageStore(join(config.dataDirectory, 'cache', 'remote-images'), capacity);
  }

  /** @param width one of `imageWidths` @throws ProblemError NOT_FOUND, with the reason, for what is no picture or away */
  async webp(url: string, width: number): Promise<Buffer> {
    const name = pictureName(url);
    const kept = await this.store.read(`${name}-${width}`);
    if (kept) return kept;
    const widest = (await this.store.read(`${name}-${widestServed}`)) ?? (await this.get(url, name));
    if (width === widestServed) return widest;
    return this.narrowing.run(`${name}-${width}`, async () => {
      const data = await toWebp(widest, width, usualLimits);
      await this.store.write(`${name}-${width}`, data);
      return data;
    });
  }

  /** What is known of a picture that was fetched before. */
  facts(url: string): Promise<ImageFacts | undefined> {
    return this.cache.get<ImageFacts>(factsKey(pictureName(url)));
  }

  private get(url: string, name: string): Promise<Buffer> {
    return this.fetching.run(name, async () => {
      const trouble = await this.cache.get<string>(troubleKey(name));
      if (trouble !== undefined) throw missing(trouble);
      try {
        return await this.fetchWidest(url, name);
      } catch (error) {
        const reason =
          error instanceof FetchRefused ? error.message : `It cannot be read: ${firstLine(error)}.`;
        await this.cache.set(troubleKey(name), reason, troubleLifetime);
        throw missing(reason);
      }
    });
  }

  private async fetchWidest(url: string, name: string): Promise<Buffer> {
    const { body } = await this.fetch.get(url, { accept: ['image/*'], maxBytes }, { p2p: false });
    const [data, facts] = await this.decoding.run(async () => [
      await toWebp(body, widestServed, usualLimits),
      await this.analyzer.analyze(body),
    ]);
    await this.store.write(`${name}-${widestServed}`, data);
    await this.cache.set(factsKey(name), facts, factsLifetime);
    return data;
  }
}

const factsKey = (name: string): string => `remote-image:${name}`;
const troubleKey = (name: string): string => `remote-image-trouble:${name}`;

const refusal = (): ProblemError =>
  new ProblemError('UNAVAILABLE', { detail: 'Too many pictures are being fetched.', retryAfter: 5 });

const missing = (reason: string): ProblemError =>
  new ProblemError('NOT_FOUND', { detail: `There is no such picture. ${reason}` });
