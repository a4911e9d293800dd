import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ProviderConfig, ProviderManifest } from '@hearth/contract/provider-manifest';
import { builtinProvidersToken } from '../builtin/builtin-providers.js';
import { type AnyProvider, cameWithHearth, ProviderTrouble } from '../provider.js';
import { filledConfig, missingFields } from './config-check.js';
import { type ProviderRow, ProviderRows } from './provider-rows.js';
import { type ProviderRuntime, providerRuntimesToken } from './provider-runtime.js';

/** A provider that can be asked. */
export interface OpenProvider {
  readonly id: string;
  readonly manifest: ProviderManifest;
  readonly provider: AnyProvider;
  /** With defaults. */
  readonly config: ProviderConfig;
  /** Another one where it, or what it was told, is another. */
  readonly revision: string;
}

const revisionOf = ({ manifest, revision }: ProviderRow): string => `${manifest.version} ${revision}`;

/** What answers: one object a provider, as long as it stays what it is. */
@Injectable()
export class OpenProviders implements OnApplicationShutdown {
  private readonly open = new Map<string, { revision: string; provider: AnyProvider }>();
  private readonly builtin: ReadonlyMap<string, () => AnyProvider>;

  constructor(
    private readonly rows: ProviderRows,
    @Inject(providerRuntimesToken) private readonly runtimes: readonly ProviderRuntime[],
    @Inject(builtinProvidersToken) builtin: readonly (() => AnyProvider)[],
  ) {
    this.builtin = new Map(builtin.map((make) => [make().manifest.id, make]));
  }

  /** @param evenOff for a test @throws ProviderTrouble `off`, `unconfigured` */
  async get(id: string, evenOff = false): Promise<OpenProvider> {
    const row = await this.rows.find(id);
    if (!row) throw new ProviderTrouble('off', 'There is no such provider.');
    if (!row.enabled && !evenOff) throw new ProviderTrouble('off', row.refusal ?? 'It is switched off.');
    const fields = row.manifest.config;
    const missing = missingFields(fields, row.config);
    if (missing.length > 0)
      throw new ProviderTrouble('unconfigured', `It has to be told: ${missing.join(', ')}.`);
    const { manifest } = row;
    const config = filledConfig(fields, row.config);
    return { id, manifest, config, provider: await this.made(row), revision: revisionOf(row) };
  }

  /** It is another now, or gone. */
  async close(id: string): Promise<void> {
    const open = this.open.get(id);
    this.open.delete(id);
    await open?.provider.close?.();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open.keys()].map((id) => this.close(id)));
  }

  private async made(row: ProviderRow): Promise<AnyProvider> {
    const revision = revisionOf(row);
    const known = this.open.get(row.id);
    if (known?.revision === revision) return known.provider;
    const provider = this.make(row);
    this.open.set(row.id, { revision, provider });
    await known?.provider.close?.();
    return provider;
  }

  private make({ id, manifest, address }: ProviderRow): AnyProvider {
    const made = cameWithHearth(manifest)
      ? this.builtin.get(manifest.id)?.()
      : this.runtimes.find(({ name }) => name === manifest.runtime)?.open({ id, manifest, address });
    if (!made) throw new ProviderTrouble('off', 'This version of Hearth cannot ask it.');
    return made;
  }
}
