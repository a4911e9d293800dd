import type { Provider, ProviderHealth } from '@hearth/contract/provider';
import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { isResting } from '../asking/breaker.js';
import { ProviderClock } from '../asking/clock.js';
import { healthNumbers } from '../asking/health.js';
import { type ProviderRecord, ProviderRecords } from '../asking/provider-records.js';
import { type RemoteImageLookup, RemoteImages } from '../images/remote-images.service.js';
import { ProviderEgress } from '../provider-egress.service.js';
import { cameWithHearth } from '../provider.js';
import { missingFields } from './config-check.js';
import { HiddenProviders } from './hidden-providers.js';
import { type ProviderRow, ProviderRows } from './provider-rows.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Providers as clients see them: without addresses, keys and passwords. */
@Injectable()
export class ProviderViews {
  constructor(
    private readonly rows: ProviderRows,
    private readonly records: ProviderRecords,
    private readonly hidden: HiddenProviders,
    private readonly egress: ProviderEgress,
    private readonly clock: ProviderClock,
    @Inject(RemoteImages) private readonly images: Pick<RemoteImages, 'lookup'>,
  ) {}

  async all(accountId: string): Promise<Provider[]> {
    return this.views(await this.rows.all(), accountId);
  }

  /** @throws ProblemError NOT_FOUND */
  async one(id: string, accountId: string): Promise<Provider> {
    const [view] = await this.views([await this.rows.get(id)], accountId);
    if (!view) throw notFound('provider');
    return view;
  }

  private async views(rows: readonly ProviderRow[], accountId: string): Promise<Provider[]> {
    const hidden = await this.hidden.of(accountId);
    const logos = await this.images.lookup(
      rows.map(({ manifest }) => manifest.logo),
      accountId,
    );
    return Promise.all(rows.map((row) => this.view(row, hidden, logos)));
  }

  private async view(
    row: ProviderRow,
    hidden: ReadonlySet<string>,
    logos: RemoteImageLookup,
  ): Promise<Provider> {
    const { id, manifest, enabled, priority } = row;
    const { name, version, description, runtime, types, homepage = null, legal, hints } = manifest;
    return {
      ...{ id, key: manifest.id, name, version, description, runtime, types, enabled, priority, homepage },
      capabilities: [...new Set(manifest.resources.map((resource) => resource.name))],
      catalogCount: manifest.catalogs.length,
      logo: logos(manifest.logo, 'logo'),
      attribution: legal?.attribution ?? null,
      licences: legal?.contentLicences ?? [],
      p2p: hints.p2p === true,
      adult: hints.adult === true,
      builtin: cameWithHearth(manifest),
      fields: manifest.config,
      health: this.health(row, await this.records.of(id)),
      hidden: hidden.has(id),
    };
  }

  private health(row: ProviderRow, { breaker, samples, lastError, note }: ProviderRecord): ProviderHealth {
    const now = this.clock.now();
    const restsUntil = isResting(breaker, now) ? iso(breaker.restsUntil) : null;
    return {
      ...this.state(row, restsUntil !== null, lastError?.message ?? null, note),
      restsUntil,
      ...healthNumbers(samples, now),
      lastError: lastError && { at: iso(lastError.at), message: lastError.message },
    };
  }

  private state(
    { enabled, refusal, manifest, config }: ProviderRow,
    rests: boolean,
    lastError: string | null,
    note: string | null,
  ): Pick<ProviderHealth, 'state' | 'message'> {
    if (!enabled)
      return refusal === null ? { state: 'off', message: null } : { state: 'refused', message: refusal };
    const missing = missingFields(manifest.config, config);
    if (missing.length > 0)
      return { state: 'unconfigured', message: `It has to be told: ${missing.join(', ')}.` };
    if (rests) return { state: 'resting', message: lastError };
    const held = manifest.hints.p2p && this.egress.isHeld;
    return {
      state: 'ready',
      message: held ? 'The network interface that torrents go through is away.' : note,
    };
  }
}
