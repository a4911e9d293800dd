import { Injectable } from '@nestjs/common';
import { Asker } from '../asking/asker.js';
import { answerTimeMs } from '../asking/provider-fetch.js';
import { ProviderClock } from '../asking/clock.js';
import { troubleOf } from '../asking/trouble.js';
import { OpenProviders } from './open-providers.js';
import { ProviderRenewal } from './provider-renewal.js';
import { tryOut } from './test-question.js';

/** Asks a provider because somebody wants to know whether it works. */
@Injectable()
export class ProviderTrial {
  constructor(
    private readonly open: OpenProviders,
    private readonly asker: Asker,
    private readonly renewal: ProviderRenewal,
    private readonly clock: ProviderClock,
  ) {}

  /** Even one that rests, or is off; as it is now. */
  async run(id: string): Promise<{ ok: boolean; ms: number; message: string }> {
    await this.renewal.renew(id);
    const started = this.clock.now();
    const result = (ok: boolean, message: string) => ({ ok, ms: this.clock.now() - started, message });
    try {
      const open = await this.open.get(id, true);
      if (open.manifest.runtime === 'home') return result(true, 'It is in the house.');
      return result(true, await tryOut(this.asker, open, AbortSignal.timeout(2 * answerTimeMs)));
    } catch (error) {
      return result(false, troubleOf(error).message);
    }
  }
}
