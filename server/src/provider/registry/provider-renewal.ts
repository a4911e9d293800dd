import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { ProviderClock } from '../asking/clock.js';
import { ProviderRecords } from '../asking/provider-records.js';
import { missingFields } from './config-check.js';
import { ProviderAdding } from './provider-adding.js';
import { isSame, type ProviderRow, ProviderRows } from './provider-rows.js';
import { type ProviderRuntime, providerRuntimesToken, type RecognisedProvider } from './provider-runtime.js';

/** Milliseconds from the start to the first round, and between rounds. */
const firstRoundMs = 10 * 60_000;
const roundMs = 24 * 3600_000;

/**
 * Reads manifests again where they came from: daily, and when somebody tries a provider. What asks for more than was agreed
 * to, or would not work as it is set up, stays as it is, and says why.
 */
@Injectable()
export class ProviderRenewal implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopWaiting: (() => void) | undefined;

  constructor(
    private readonly rows: ProviderRows,
    private readonly adding: ProviderAdding,
    private readonly records: ProviderRecords,
    private readonly clock: ProviderClock,
    private readonly logger: Logger,
    @Inject(providerRuntimesToken) private readonly runtimes: readonly ProviderRuntime[],
  ) {}

  onApplicationBootstrap(): void {
    this.wait(firstRoundMs);
  }

  onApplicationShutdown(): void {
    this.stopWaiting?.();
  }

  /** Whatever goes wrong, the provider stays as it is. */
  async renew(id: string): Promise<void> {
    const row = await this.rows.find(id);
    const wanted = row && this.runtimes.find(({ name }) => name === row.manifest.runtime)?.origin(row);
    if (!row || !wanted) return;
    try {
      const found = setUpAs(row, await this.adding.read(wanted, row.manifest.hints.p2p === true));
      const held = reasonToHold(row, found);
      if (held === null && !isSame(found.manifest, row.manifest)) await this.rows.renew(id, found);
      await this.records.note(id, held);
    } catch (error) {
      const code = error instanceof ProblemError ? error.code : undefined;
      const detail = error instanceof ProblemError ? error.message : 'It could not be read.';
      if (code === 'PROVIDER_CONSENT_NEEDED') await this.records.note(id, `${detail} ${again}`);
      else if (code === 'PROVIDER_REFUSED')
        await this.records.note(id, `Its newer version is refused. ${detail}`);
      else this.logger.debug('A manifest could not be read again', { provider: row.manifest.name, code });
    }
  }

  private wait(ms: number): void {
    this.stopWaiting = this.clock.after(ms, () => {
      this.wait(roundMs);
      void this.round();
    });
  }

  /** One after the other; who is switched off hears nothing. */
  private async round(): Promise<void> {
    try {
      for (const { id, enabled } of await this.rows.all()) if (enabled) await this.renew(id);
    } catch (error) {
      this.logger.warn('Manifests of providers could not be renewed', { error });
    }
  }
}

const again = 'Add it again to agree.';

/** An add-on that is set up need not say any more how that is done. */
const setUpAs = ({ manifest, config }: ProviderRow, found: RecognisedProvider): RecognisedProvider =>
  found.manifest.config.length === 0 && Object.keys(config).length > 0
    ? { ...found, manifest: { ...found.manifest, config: manifest.config } }
    : found;

/** Null: it may become what it says it is now. */
function reasonToHold(
  { manifest: old, config }: ProviderRow,
  { manifest }: RecognisedProvider,
): string | null {
  if (manifest.id !== old.id)
    return 'Another provider answers at its address. Remove it, and add that one if you want it.';
  if (old.hints.p2p && !manifest.hints.p2p)
    return 'Its newer version wants to be asked beside the way of torrents. Remove it and add it again to agree.';
  const before = new Set(missingFields(old.config, config));
  const missing = missingFields(manifest.config, config).filter((label) => !before.has(label));
  return missing.length > 0
    ? `Its newer version has to be told: ${missing.join(', ')}. Add it again for that.`
    : null;
}
