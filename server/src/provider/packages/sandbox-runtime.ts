import { permissionsOf } from '@hearth/contract/provider-package';
import type { NewProvider, ProviderSettings } from '@hearth/contract/provider';
import { join } from 'node:path';
import type { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import { type AnyProvider, ProviderTrouble } from '../provider.js';
import type {
  Installation,
  ProviderOffer,
  ProviderRuntime,
  RecognisedProvider,
} from '../registry/provider-runtime.js';
import { sandboxLimits } from '../sandbox/limits.js';
import { permittedHosts } from '../sandbox/permitted-hosts.js';
import { Sandbox } from '../sandbox/sandbox.js';
import { builtSandbox, type SandboxEntry, startSandbox } from '../sandbox/sandbox-process.js';
import { sandboxedProvider } from '../sandbox/sandboxed-provider.js';
import { BundleStore } from './bundle-store.js';
import { ProviderPackageEntity } from './package.entity.js';
import { isPackage, keyId, readPackage, type ReadPackage } from './read-package.js';
import { judge } from './trust.js';

/** Providers whose code somebody in the community wrote: signed packages, run in a sandbox (ADR 0024). */
export class SandboxRuntime implements ProviderRuntime {
  readonly name = 'sandbox';
  private readonly bundles: BundleStore;

  constructor(
    private readonly config: Pick<Config, 'dataDirectory' | 'providers'>,
    private readonly database: Database,
    private readonly logger: Logger,
    private readonly entry: () => SandboxEntry = builtSandbox,
  ) {
    this.bundles = new BundleStore(join(config.dataDirectory, 'providers'));
  }

  async recognise({ url, document, consent }: ProviderOffer): Promise<RecognisedProvider | null> {
    if (!isPackage(document)) return null;
    const given = readPackage(document);
    const { manifest } = given;
    const known = await this.database.read.findOneBy(ProviderPackageEntity, { providerKey: manifest.id });
    const verdict = judge(given, known);
    if (verdict.kind === 'refused') throw new ProblemError('PROVIDER_REFUSED', { detail: verdict.detail });
    if (verdict.kind === 'asks' && !consent)
      throw new ProblemError('PROVIDER_CONSENT_NEEDED', { detail: verdict.detail, errors: verdict.asks });
    return { manifest, address: url || null, keep: (id) => this.keep(id, given) };
  }

  open({ id, manifest }: Installation): AnyProvider {
    return sandboxedProvider(
      manifest,
      (onFault) =>
        new Sandbox({
          source: () => this.sourceOf(id),
          permits: permittedHosts(permissionsOf(manifest).hosts, this.config.providers.allowPrivateHosts),
          start: (listener) => startSandbox(this.entry(), listener),
          limits: sandboxLimits,
          logger: this.logger.scoped(`provider ${manifest.id}`),
          onFault,
        }),
    );
  }

  /** A package that was uploaded comes from nowhere. */
  origin({ address }: Installation): NewProvider | null {
    return address === null ? null : { url: address };
  }

  async signature(id: string): Promise<ProviderSettings['signature']> {
    const row = await this.database.read.findOneBy(ProviderPackageEntity, { providerId: id });
    if (!row) return null;
    const { publicKey, hosts } = row;
    return { keyId: publicKey === null ? '' : keyId(publicKey), trusted: publicKey !== null, hosts };
  }

  forget(id: string): Promise<void> {
    return this.bundles.forget(id);
  }

  /** @throws ProviderTrouble */
  private async sourceOf(id: string): Promise<string> {
    const row = await this.database.read.findOneBy(ProviderPackageEntity, { providerId: id });
    const gone = new ProviderTrouble('off', 'Its code is gone: remove it and add it again.');
    if (!row) throw gone;
    await this.bundles.forget(id, row.bundleHash);
    return this.bundles.read(id, row.bundleHash).catch(() => Promise.reject(gone));
  }

  private async keep(id: string, { manifest, bundle, bundleHash, publicKey }: ReadPackage): Promise<void> {
    await this.bundles.write(id, bundle);
    const { version } = manifest;
    const row = {
      providerId: id,
      providerKey: manifest.id,
      version,
      publicKey,
      bundleHash,
      ...permissionsOf(manifest),
    };
    await this.database.write((manager) => manager.save(ProviderPackageEntity, row));
  }
}
