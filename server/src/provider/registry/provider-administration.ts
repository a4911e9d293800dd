import type { NewProvider, ProviderSettings } from '@hearth/contract/provider';
import type { ProviderConfig } from '@hearth/contract/provider-manifest';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AnswerStore } from '../asking/answer-store.js';
import { ProviderRecords } from '../asking/provider-records.js';
import { checkedConfig } from './config-check.js';
import { OpenProviders } from './open-providers.js';
import { ProviderAdding } from './provider-adding.js';
import { ProviderRows } from './provider-rows.js';
import { type ProviderRuntime, providerRuntimesToken } from './provider-runtime.js';

export interface ProviderChange {
  readonly enabled?: boolean | undefined;
  readonly priority?: number | undefined;
  readonly config?: ProviderConfig | undefined;
}

/** What administrators do with providers. */
@Injectable()
export class ProviderAdministration implements OnApplicationBootstrap {
  constructor(
    private readonly rows: ProviderRows,
    private readonly adding: ProviderAdding,
    private readonly open: OpenProviders,
    private readonly answers: AnswerStore,
    private readonly records: ProviderRecords,
    @Inject(providerRuntimesToken) private readonly runtimes: readonly ProviderRuntime[],
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.rows.settle();
  }

  /** @returns its id @throws ProblemError PROVIDER_… */
  async add(wanted: NewProvider): Promise<string> {
    const id = await this.adding.add(wanted);
    await this.startAfresh(id);
    return id;
  }

  /** Where it is and what it was told; passwords only by their names. @throws ProblemError NOT_FOUND */
  async settings(id: string): Promise<ProviderSettings> {
    const { manifest, address, config } = await this.rows.get(id);
    const secret = new Set(manifest.config.filter(({ type }) => type === 'password').map(({ name }) => name));
    const told = Object.entries(config);
    const runtime = this.runtimes.find(({ name }) => name === manifest.runtime);
    return {
      url: address === null ? null : shown(address, manifest.runtime === 'torznab'),
      config: Object.fromEntries(told.filter(([name]) => !secret.has(name))),
      secretsSet: told.map(([name]) => name).filter((name) => secret.has(name)),
      signature: (await runtime?.signature?.(id)) ?? null,
    };
  }

  /** @throws ProblemError NOT_FOUND, VALIDATION_FAILED */
  async change(id: string, { enabled, priority, config }: ProviderChange): Promise<void> {
    const row = await this.rows.get(id);
    const told = config && checkedConfig(row.manifest.config, config, row.config);
    if (enabled !== undefined || told) {
      await this.rows.change(id, {
        ...(enabled !== undefined && { enabled, refusal: null }),
        ...(told && { config: told }),
      });
    }
    if (priority !== undefined) await this.rows.move(id, priority);
    if (told || enabled === true) await this.startAfresh(id);
    else if (enabled === false) await this.open.close(id);
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN */
  async remove(id: string): Promise<void> {
    const { manifest } = await this.rows.get(id);
    await this.rows.remove(id);
    await this.startAfresh(id);
    await this.runtimes.find(({ name }) => name === manifest.runtime)?.forget?.(id);
  }

  /** What it said and did before counts no more. */
  private async startAfresh(id: string): Promise<void> {
    await this.open.close(id);
    await this.answers.drop(id);
    await this.records.forget(id);
  }
}

/** Without its query. The path of an add-on may be settings, and keys among them; that of an indexer may hold its key. */
function shown(address: string, withPath: boolean): string {
  const { origin = '', pathname = '' } = URL.parse(address) ?? {};
  if (withPath) return origin + pathname.replaceAll(/(?<=\/)[\w-]{16,}(?=\/|$)/g, '…');
  return pathname === '/' ? origin : `${origin}/…`;
}
