import type { NewProvider } from '@hearth/contract/provider';
import { Inject, Injectable } from '@nestjs/common';
import type { Fetched } from '../../common/fetch/guarded-fetch.js';
import { ProblemError } from '../../common/problem-error.js';
import { ProviderFetch } from '../asking/provider-fetch.js';
import type { ProviderRequest } from '../provider.js';
import { problemOf } from './provider-problem.js';
import { ProviderRows } from './provider-rows.js';
import {
  type ProviderOffer,
  type ProviderRuntime,
  providerRuntimesToken,
  type RecognisedProvider,
} from './provider-runtime.js';

const invalid = (detail: string): ProblemError => new ProblemError('PROVIDER_INVALID', { detail });

/** `stremio://host/…` as apps hand it over; a page where an add-on is configured stands beside its manifest. */
export function addressOf(text: string): string {
  const url = URL.parse(text.replace(/^stremio:/i, 'https:'));
  if (!url || !/^https?:$/.test(url.protocol)) throw invalid('This is no http address.');
  url.hash = '';
  url.pathname = url.pathname.replace(/\/configure\/?$/, '/manifest.json');
  return url.href;
}

/** Adds providers: finds out what an address leads to. */
@Injectable()
export class ProviderAdding {
  constructor(
    private readonly rows: ProviderRows,
    private readonly fetches: ProviderFetch,
    @Inject(providerRuntimesToken) private readonly runtimes: readonly ProviderRuntime[],
  ) {}

  /** @returns its id @throws ProblemError PROVIDER_… */
  async add(wanted: NewProvider): Promise<string> {
    return this.rows.add(await this.read(wanted));
  }

  /** What is there now. @param p2p it is asked by the way of torrents @throws ProblemError PROVIDER_… */
  async read(wanted: NewProvider, p2p = 'runtime' in wanted): Promise<RecognisedProvider> {
    try {
      const offer = await this.offer(wanted, p2p);
      for (const runtime of this.runtimes) {
        const found = await runtime.recognise(offer);
        if (found) return found;
      }
    } catch (error) {
      throw problemOf(error);
    }
    throw invalid('There is no manifest at this address.');
  }

  private async offer(wanted: NewProvider, p2p: boolean): Promise<ProviderOffer> {
    const fetch = (address: string, request: ProviderRequest = {}): Promise<Fetched> =>
      this.fetches.get(address, request, { p2p });
    if ('package' in wanted)
      return { url: '', document: wanted.package, consent: wanted.consent ?? false, fetch };
    const url = addressOf(wanted.url);
    if ('runtime' in wanted) {
      const { apiKey = '', name } = wanted;
      return { url, indexer: { apiKey, name }, consent: false, fetch };
    }
    const { body } = await fetch(url);
    return { url, document: json(body), consent: wanted.consent ?? false, fetch };
  }
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString()) as unknown;
  } catch {
    return undefined;
  }
}
