import { type Provider, providerRoutes, type ProviderSettings } from '@hearth/contract/provider';
import { type Catalog, providerManifest } from '@hearth/contract/provider-manifest';
import type { RouteInput } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { HiddenProviders } from './registry/hidden-providers.js';
import { ProviderAdministration } from './registry/provider-administration.js';
import { ProviderRows } from './registry/provider-rows.js';
import { ProviderTrial } from './registry/provider-trial.js';
import { ProviderViews } from './registry/provider-views.js';

type InputOf<N extends keyof typeof providerRoutes> = RouteInput<(typeof providerRoutes)[N]>;

@Controller()
export class ProviderController {
  constructor(
    private readonly views: ProviderViews,
    private readonly administration: ProviderAdministration,
    private readonly trial: ProviderTrial,
    private readonly rows: ProviderRows,
    private readonly hidden: HiddenProviders,
  ) {}

  @Handle(providerRoutes.list)
  async list(@CurrentCaller() { accountId }: Caller): Promise<{ items: Provider[] }> {
    return { items: await this.views.all(accountId) };
  }

  @Handle(providerRoutes.schema)
  schema(): Record<string, unknown> {
    return z.toJSONSchema(providerManifest, { io: 'input' });
  }

  @Handle(providerRoutes.add)
  async add(@Input() wanted: InputOf<'add'>, @CurrentCaller() { accountId }: Caller): Promise<Provider> {
    return this.views.one(await this.administration.add(wanted), accountId);
  }

  @Handle(providerRoutes.settings)
  settings(@Input() { id }: InputOf<'settings'>): Promise<ProviderSettings> {
    return this.administration.settings(id);
  }

  @Handle(providerRoutes.update)
  async update(
    @Input() { id, ...change }: InputOf<'update'>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<Provider> {
    await this.administration.change(id, change);
    return this.views.one(id, accountId);
  }

  @Handle(providerRoutes.remove)
  remove(@Input() { id }: InputOf<'remove'>): Promise<void> {
    return this.administration.remove(id);
  }

  @Handle(providerRoutes.test)
  async test(@Input() { id }: InputOf<'test'>, @CurrentCaller() { accountId }: Caller) {
    await this.rows.get(id);
    const result = await this.trial.run(id);
    return { ...result, provider: await this.views.one(id, accountId) };
  }

  @Handle(providerRoutes.prefer)
  async prefer(
    @Input() { id, hidden }: InputOf<'prefer'>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<Provider> {
    await this.rows.get(id);
    await this.hidden.set(id, accountId, hidden);
    return this.views.one(id, accountId);
  }

  @Handle(providerRoutes.catalogs)
  async catalogs(@Input() { id }: InputOf<'catalogs'>): Promise<{ items: Catalog[] }> {
    return { items: (await this.rows.get(id)).manifest.catalogs };
  }
}
