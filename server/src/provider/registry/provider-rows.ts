import {
  providerConfig,
  type ProviderConfig,
  providerManifest,
  type ProviderManifest,
} from '@hearth/contract/provider-manifest';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../common/id.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { SealedText } from '../../common/sealed-text.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { builtinProvidersToken } from '../builtin/builtin-providers.js';
import { type AnyProvider, cameWithHearth } from '../provider.js';
import { ProviderEntity } from './provider.entity.js';
import type { RecognisedProvider } from './provider-runtime.js';

/** A provider of this server, with what it was told. */
export interface ProviderRow {
  readonly id: string;
  readonly manifest: ProviderManifest;
  /** Secret: it may hold keys. */
  readonly address: string | null;
  /** As it was saved: without defaults, with passwords. */
  readonly config: ProviderConfig;
  readonly enabled: boolean;
  readonly priority: number;
  readonly refusal: string | null;
  readonly revision: number;
}

type Change = Partial<Pick<ProviderRow, 'enabled' | 'config' | 'refusal'>>;

/** The rows of providers; addresses and settings lie sealed in them. */
@Injectable()
export class ProviderRows {
  private readonly builtin: ReadonlyMap<string, ProviderManifest>;

  constructor(
    private readonly database: Database,
    private readonly sealed: SealedText,
    private readonly events: EventBus,
    @Inject(builtinProvidersToken) builtin: readonly (() => AnyProvider)[],
  ) {
    this.builtin = new Map(builtin.map((make) => make().manifest).map((manifest) => [manifest.id, manifest]));
  }

  /** In their order. */
  async all(): Promise<ProviderRow[]> {
    const rows = await this.database.read.find(ProviderEntity, { order: { priority: 'ASC', id: 'ASC' } });
    return rows.map((row) => this.opened(row)).filter((row) => row !== null);
  }

  async find(id: string): Promise<ProviderRow | null> {
    const row = await this.database.read.findOneBy(ProviderEntity, { id });
    return row && this.opened(row);
  }

  /** @throws ProblemError NOT_FOUND */
  async get(id: string): Promise<ProviderRow> {
    const row = await this.find(id);
    if (!row) throw notFound('provider');
    return row;
  }

  /** Rows for what came with this version, and everything sealed with the newest key. */
  async settle(): Promise<void> {
    await this.database.writeAlone('providers', async (manager) => {
      const rows = await manager.find(ProviderEntity);
      for (const row of rows) {
        const isStale = [row.config, row.address].some((text) => text !== null && this.sealed.isStale(text));
        const opened = isStale ? this.opened(row) : null;
        if (opened) await manager.update(ProviderEntity, { id: row.id }, this.secrets(opened));
      }
      // An added one may have the same id.
      const here = new Set(rows.map(({ runtime, key }) => `${runtime} ${key}`));
      const fresh = [...this.builtin.values()].filter(({ runtime, id }) => !here.has(`${runtime} ${id}`));
      // What is in the house comes first, as it did before it had a place.
      const [inside, outside] = [fresh.filter(isInside), fresh.filter((manifest) => !isInside(manifest))];
      let priority = Math.min(0, ...rows.map((row) => row.priority - inside.length));
      for (const manifest of inside)
        await manager.insert(ProviderEntity, this.fresh(manifest, null, {}, priority++));
      priority = Math.max(priority, ...rows.map((row) => row.priority + 1));
      for (const manifest of outside)
        await manager.insert(ProviderEntity, this.fresh(manifest, null, {}, priority++));
    });
  }

  /**
   * Adds it at the end. One that is here becomes what it says of itself now, and is told what is told it now.
   * @throws ProblemError PROVIDER_KNOWN
   */
  add({ manifest, address, config = {}, keep }: RecognisedProvider): Promise<string> {
    return this.database.writeAlone('providers', async (manager) => {
      const rows = await this.all();
      const same = rows
        .filter((row) => row.manifest.runtime === manifest.runtime)
        .find((row) =>
          manifest.runtime === 'sandbox' ? row.manifest.id === manifest.id : row.address === address,
        );
      const told = { ...same?.config, ...config };
      if (same && isSame(same.manifest, manifest) && isSame(same.config, told))
        throw new ProblemError('PROVIDER_KNOWN');
      const row = this.fresh(
        manifest,
        address,
        config,
        Math.max(0, ...rows.map((each) => each.priority + 1)),
      );
      const id = same?.id ?? row.id;
      if (same) await this.replace({ ...same, manifest, address, config: told });
      else await manager.insert(ProviderEntity, row);
      await keep?.(id);
      this.events.publish('provider.changed', { providerId: id });
      return id;
    });
  }

  /** @throws ProblemError NOT_FOUND */
  async change(id: string, change: Change): Promise<void> {
    await this.database.write(async (manager) => {
      const row = await this.get(id);
      const { config, ...plain } = change;
      const told = config && { ...this.secrets({ ...row, config }), revision: row.revision + 1 };
      await manager.update(ProviderEntity, { id }, { ...plain, ...told });
      this.events.publish('provider.changed', { providerId: id });
    });
  }

  /** To this place of the order; the others move up or down. @throws ProblemError NOT_FOUND */
  async move(id: string, place: number): Promise<void> {
    await this.database.writeAlone('providers', async (manager) => {
      const row = await this.get(id);
      const others = (await this.all()).filter((other) => other.id !== id);
      for (const [priority, each] of others.toSpliced(place, 0, row).entries())
        if (each.priority !== priority) await manager.update(ProviderEntity, { id: each.id }, { priority });
      this.events.publish('provider.changed', { providerId: id });
    });
  }

  /** @throws ProblemError NOT_FOUND; FORBIDDEN for what came with Hearth */
  async remove(id: string): Promise<void> {
    await this.database.write(async (manager) => {
      const { manifest } = await this.get(id);
      if (cameWithHearth(manifest))
        throw new ProblemError('FORBIDDEN', { detail: 'It came with Hearth: switch it off instead.' });
      await manager.delete(ProviderEntity, { id });
      this.events.publish('provider.changed', { providerId: id });
    });
  }

  /** It says something else of itself; what it was told and where it stands stays. @throws ProblemError NOT_FOUND */
  renew(id: string, { manifest, keep }: RecognisedProvider): Promise<void> {
    return this.database.writeAlone('providers', async () => {
      const row = await this.get(id);
      await this.replace({ ...row, manifest });
      await keep?.(id);
      this.events.publish('provider.changed', { providerId: id });
    });
  }

  private async replace(row: ProviderRow): Promise<void> {
    await this.database.write((manager) =>
      manager.update(
        ProviderEntity,
        { id: row.id },
        {
          ...this.secrets(row),
          manifest: JSON.stringify(row.manifest),
          revision: row.revision + 1,
        },
      ),
    );
  }

  private fresh(
    manifest: ProviderManifest,
    address: string | null,
    config: ProviderConfig,
    priority: number,
  ): ProviderEntity {
    const id = newId();
    const stored = cameWithHearth(manifest) ? null : JSON.stringify(manifest);
    return {
      ...{ id, key: manifest.id, runtime: manifest.runtime, manifest: stored },
      ...this.secrets({ id, address, config }),
      // Nobody outside the house hears what is in it before somebody here has said so.
      enabled: manifest.runtime !== 'builtin',
      ...{ priority, refusal: null, revision: 1, addedAt: Date.now() },
    };
  }

  private secrets({ id, address, config }: Pick<ProviderRow, 'id' | 'address' | 'config'>) {
    return {
      address: address === null ? null : this.sealed.seal(address, `${id} address`),
      config: this.sealed.seal(JSON.stringify(config), `${id} config`),
    };
  }

  /** Null for what came with another version, or was written by a newer one. Secrets whose key is gone are gone. */
  private opened(row: ProviderEntity): ProviderRow | null {
    const manifest =
      row.manifest === null
        ? this.builtin.get(row.key)
        : providerManifest.safeParse(JSON.parse(row.manifest)).data;
    if (!manifest) return null;
    const { id, enabled, priority, refusal, revision } = row;
    const config = this.sealed.open(row.config, `${id} config`);
    return {
      ...{ id, manifest, enabled, priority, refusal, revision },
      address: row.address && this.sealed.open(row.address, `${id} address`),
      config: config === null ? {} : providerConfig.parse(JSON.parse(config)),
    };
  }
}

const isInside = ({ runtime }: ProviderManifest): boolean => runtime === 'home';

/** Two that have been parsed, or come out of one another: their fields come in one order. */
export const isSame = <T extends ProviderManifest | ProviderConfig>(a: T, b: T): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
