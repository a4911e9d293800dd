import { Injectable } from '@nestjs/common';
import { type Fetched, guardedFetch } from '../../common/fetch/guarded-fetch.js';
import { directEgress, type Egress } from '../../common/fetch/egress.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import type { ProviderRequest } from '../provider.js';
import { ProviderEgress } from '../provider-egress.service.js';

/** Milliseconds that a provider has for one answer. */
export const answerTimeMs = 8000;
const usualBytes = 1024 * 1024;
const mostBytes = 16 * usualBytes;

/** Requests on behalf of providers: guarded, bounded, and through the way out of torrents where what they find lies in swarms. */
@Injectable()
export class ProviderFetch {
  constructor(
    @InjectConfig() private readonly config: Pick<Config, 'providers'>,
    private readonly egress: ProviderEgress,
  ) {}

  /** @throws FetchRefused */
  get(
    url: string,
    request: ProviderRequest,
    { p2p, signal }: { p2p: boolean; signal?: AbortSignal },
  ): Promise<Fetched> {
    const { allowPrivateHosts } = this.config.providers;
    return guardedFetch(url, {
      maxBytes: Math.min(request.maxBytes ?? usualBytes, mostBytes),
      timeoutMs: answerTimeMs,
      allowPrivateHosts,
      egress: p2p ? this.wayTo(url) : directEgress,
      ...(request.accept && { accept: request.accept }),
      ...(request.headers && { headers: request.headers }),
      ...(request.permits && { permits: request.permits }),
      ...(request.json !== undefined && { json: request.json }),
      ...(signal && { signal }),
    });
  }

  /** An indexer in the house is not behind the tunnel. */
  private wayTo(url: string): Egress {
    const { hostname = '', host = '' } = URL.parse(url) ?? {};
    const named = this.config.providers.allowPrivateHosts;
    return named.includes(hostname) || named.includes(host) ? directEgress : this.egress.current;
  }
}
