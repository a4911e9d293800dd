import type { SearchPart } from '@hearth/contract/source';
import type { ProviderEntry } from '../../provider/provider.service.js';
import { ProviderTrouble } from '../../provider/provider.js';
import type { SourceSubject } from './source-subject.js';

/** One question to several providers, while they answer and a little after. */
export class SourceSearch {
  readonly parts = new Map<string, SearchPart>();
  /** Accounts that wait for more. */
  readonly watchers = new Set<string>();
  /** ms since the epoch; null while somebody is still asked. */
  endedAt: number | null = null;
  private readonly startedAt = new Map<string, number>();
  private flights: Promise<unknown> = Promise.resolve();

  constructor(
    readonly subject: SourceSubject,
    private readonly changed: (search: SourceSearch) => void,
  ) {}

  get isRunning(): boolean {
    return [...this.parts.values()].some(({ state }) => state === 'asking');
  }

  /** Resolves when everybody has answered or was given up; never rejects. */
  get done(): Promise<unknown> {
    return this.flights;
  }

  /** @param answer saves what was found, and says how much that is; rejects with a `ProviderTrouble` */
  ask({ id, manifest }: ProviderEntry, answer: () => Promise<number>): void {
    this.startedAt.set(id, performance.now());
    this.endedAt = null;
    this.parts.set(id, {
      ...{ id, name: manifest.name, state: 'asking', count: 0 },
      ms: null,
      message: null,
    });
    const flight = answer().then(
      (count) => this.settle(id, { state: 'answered', count }),
      (error: unknown) => this.settle(id, troubleOf(error)),
    );
    this.flights = Promise.all([this.flights, flight]);
  }

  private settle(id: string, outcome: Partial<SearchPart>): void {
    const part = this.parts.get(id);
    const ms = Math.round(performance.now() - (this.startedAt.get(id) ?? 0));
    if (part) this.parts.set(id, { ...part, ms, ...outcome });
    if (!this.isRunning) this.endedAt = Date.now();
    this.changed(this);
  }
}

function troubleOf(error: unknown): Partial<SearchPart> {
  if (!(error instanceof ProviderTrouble)) return { state: 'failed', message: 'Something broke on the server.' };
  const { code, message } = error;
  return { message, state: code === 'timeout' ? 'late' : code === 'resting' ? 'resting' : 'failed' };
} // prettier-ignore
