import type { Egress } from '../network/egress.js';
import type { ListStatus } from './tracker-list.service.js';

export interface BlockListSettings {
  /** Empty: only `addresses`. */
  readonly url: string;
  readonly addresses: readonly string[];
  readonly allowPrivateHosts: readonly string[];
}

/** Addresses that nothing is exchanged with. */
export class BlockListService {
  async configure(_settings: BlockListSettings): Promise<void> {
    return Promise.resolve();
  }

  async start(_egress: () => Egress): Promise<void> {
    return Promise.resolve();
  }

  stop(): void {
    return;
  }

  refresh(): Promise<ListStatus> {
    return Promise.resolve(this.status());
  }

  status(): ListStatus {
    return { count: 0, refreshedAt: null, error: null };
  }

  /** IPv4, IPv6 and IPv4 mapped into IPv6. */
  has(_address: string): boolean {
    return false;
  }

  /** Merged ranges `first-last`, for `EngineSettings.blockedAddresses`. */
  ranges(): string[] {
    return [];
  }
}
