import type { ProviderItem } from '@hearth/contract/provider-exchange';
import type { Catalog } from '@hearth/contract/provider-manifest';
import type { SearchPart } from '@hearth/contract/source';
import { atMost } from '../../common/at-most.js';
import { ProviderTrouble } from '../../provider/provider.js';
import type { ProviderEntry } from '../../provider/provider.service.js';

/** Who is asked for what. */
export interface Asked {
  readonly entry: ProviderEntry;
  readonly catalogs: readonly Catalog[];
}

export type Ask = (asked: Asked, signal: AbortSignal) => Promise<readonly ProviderItem[]>;

/** How it goes with one of them. */
export interface GatheringPart extends SearchPart, Asked {
  readonly items: readonly ProviderItem[];
}

/** Many providers asked at once; each answers, fails or is waited for on its own. */
export class Gathering {
  private readonly list: GatheringPart[];
  private readonly over: Promise<unknown>;
  private readonly stopped = new AbortController();
  private left: number;
  private wasLeftEarly = false;

  /** @param onLater called for each answer after somebody went on without it */
  constructor(
    all: readonly Asked[],
    private readonly put: Ask,
    private readonly onLater: (searching: boolean) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.left = all.length;
    this.list = all.map(({ entry, catalogs }) => ({
      ...{ entry, catalogs, id: entry.id, name: entry.manifest.name, state: 'asking' as const },
      ...{ count: 0, ms: null, message: null, items: [] },
    }));
    this.over = Promise.all(this.list.map((part, index) => this.ask(part, index)));
  }

  get searching(): boolean {
    return this.left > 0;
  }

  /** In the order in which they were asked. */
  get parts(): readonly GatheringPart[] {
    return this.list;
  }

  /** Waits until nobody is asked any more, but not longer than `ms`. */
  async settled(ms: number): Promise<void> {
    await atMost(this.over, ms);
    this.wasLeftEarly ||= this.searching;
  }

  /** Nobody wants to know any more. */
  stop(): void {
    this.stopped.abort();
  }

  private async ask(part: GatheringPart, index: number): Promise<void> {
    const begun = this.now();
    const outcome = await this.put(part, this.stopped.signal).then(
      (items) => ({ state: 'answered' as const, items, count: items.length }),
      troubleOf,
    );
    this.list[index] = { ...part, ...outcome, ms: this.now() - begun };
    this.left -= 1;
    if (this.wasLeftEarly && !this.stopped.signal.aborted) this.onLater(this.searching);
  }
}

const states: Partial<Record<ProviderTrouble['code'], SearchPart['state']>> = {
  timeout: 'late',
  resting: 'resting',
};

function troubleOf(error: unknown): Pick<SearchPart, 'state' | 'message'> {
  if (!(error instanceof ProviderTrouble)) return { state: 'failed', message: 'It could not be asked.' };
  return { state: states[error.code] ?? 'failed', message: error.message };
}
