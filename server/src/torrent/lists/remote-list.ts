import { createHash } from 'node:crypto';
import type { Logger } from '../../common/log/logger.js';
import { directEgress, type Egress } from '../../common/fetch/egress.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { guardedFetch } from '../../common/fetch/guarded-fetch.js';
import { ListFile } from './list-file.js';

/** Of a list, for people. */
export interface ListStatus {
  readonly count: number;
  readonly refreshedAt: Date | null;
  readonly error: string | null;
}

export interface RemoteListOptions {
  /** Where the last fetched one is kept; which address it came from is added to the name. */
  readonly file: string;
  readonly logger: Pick<Logger, 'warn'>;
  readonly fetch?: typeof guardedFetch;
  readonly now?: () => number;
  /** How often it is looked whether a day is over. */
  readonly lookMs?: number;
}

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;

/** A list that is fetched from an address: kept on the disk, fetched anew once a day, and left as it was when that fails. */
export abstract class RemoteList {
  /** Called after every list that was fetched, also by itself once a day: the engine wants to know. */
  onRefreshed: () => void = () => undefined;
  private refreshedAt: Date | null = null;
  private error: string | null = null;
  private url = '';
  private allowPrivateHosts: readonly string[] = [];
  private egress: () => Egress = () => directEgress;
  private timer: NodeJS.Timeout | null = null;
  private triedAt = 0;
  private running: Promise<void> | null = null;

  constructor(private readonly options: RemoteListOptions) {}

  /** Of what is fetched, packed or not. */
  protected abstract readonly mostBytes: number;
  /** Entries, for people. */
  protected abstract get count(): number;
  /** Reads what was fetched; nothing forgets it. @throws ListInvalid for what is no such list */
  protected abstract take(bytes: Uint8Array): Promise<void> | void;

  status(): ListStatus {
    const { count, refreshedAt, error } = this;
    return { count, refreshedAt, error };
  }

  private get file(): ListFile {
    const from = createHash('sha256').update(this.url).digest('hex').slice(0, 16);
    return new ListFile(`${this.options.file}-${from}`);
  }

  /** Another address forgets what came from the one before. */
  protected async fetchFrom(url: string, allowPrivateHosts: readonly string[]): Promise<void> {
    this.allowPrivateHosts = allowPrivateHosts;
    if (url.trim() === this.url) return;
    await this.file.remove();
    this.url = url.trim();
    [this.refreshedAt, this.error, this.triedAt] = [null, null, 0];
    if (!this.timer) return;
    await this.take(new Uint8Array());
    void this.refreshIfDue();
  }

  /** Reads what was fetched before, and refreshes by itself once a day until `stop`; nothing waits for that. */
  async start(egress: () => Egress): Promise<void> {
    this.egress = egress;
    if (this.timer) return;
    this.timer = setInterval(() => void this.refreshIfDue(), this.options.lookMs ?? HOUR);
    this.timer.unref();
    const kept = this.url === '' ? null : await this.file.read();
    if (kept) {
      try {
        await this.take(kept.bytes);
        this.refreshedAt = kept.writtenAt;
      } catch {
        await this.file.remove();
      }
    }
    void this.refreshIfDue();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  /** Fetches the list now; two at once are one. Never rejects: the status says what went wrong, and the old list stays. */
  async refresh(): Promise<ListStatus> {
    this.running ??= this.fetchAnew().finally(() => (this.running = null));
    await this.running;
    return this.status();
  }

  private async refreshIfDue(): Promise<void> {
    const now = (this.options.now ?? Date.now)();
    const since = now - (this.refreshedAt?.getTime() ?? 0);
    // After a failure an hour of rest, so that a dead address is not asked all the time.
    if (this.url !== '' && since >= DAY && now - this.triedAt >= HOUR) await this.refresh();
  }

  private async fetchAnew(): Promise<void> {
    if (this.url === '') return;
    const { url } = this;
    this.triedAt = (this.options.now ?? Date.now)();
    try {
      const { body } = await (this.options.fetch ?? guardedFetch)(url, {
        maxBytes: this.mostBytes,
        timeoutMs: 120_000,
        allowPrivateHosts: this.allowPrivateHosts,
        egress: this.egress(),
      });
      // Meanwhile another list may have been chosen.
      if (url !== this.url) return;
      await this.take(body);
      await this.file.write(body);
      [this.refreshedAt, this.error] = [new Date((this.options.now ?? Date.now)()), null];
      this.onRefreshed();
    } catch (error) {
      this.error =
        error instanceof FetchRefused || error instanceof ListInvalid
          ? error.message
          : 'It could not be kept.';
      this.options.logger.warn('A list could not be refreshed', { reason: this.error });
    }
  }
}

/** What was fetched is no such list. */
export class ListInvalid extends Error {}
