import { Component, computed, inject, signal } from '@angular/core';
import { type TorrentPermission, torrentRoutes } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { resource } from '../core/api/resource';
import { formatBytes } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Toasts } from '../core/toasts';
import { Dialog } from '../ui/dialog';
import { ErrorState } from '../ui/error-state';
import { Icon } from '../ui/icon';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import { readNumber } from './torrent-draft';
import { torrentMessages } from './torrent-messages';

const streamBounds = { least: 0, most: 100 };
const quotaBounds = { least: 0, most: 1_000_000 };
const gigabyte = 1e9;

/** Who may use torrents, and how much of the server’s room. */
@Component({
  selector: 'app-torrent-people',
  imports: [Dialog, ErrorState, Icon, Switch, TextField],
  templateUrl: './torrent-people.html',
  styleUrl: './torrent-people.css',
})
export class TorrentPeople {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(torrentMessages);
  protected readonly problems = problemWords();
  protected readonly people = resource(torrentRoutes.permissions, () => ({}));
  protected readonly limiting = signal<TorrentPermission | null>(null);
  protected readonly streams = signal('');
  protected readonly quota = signal('');
  protected readonly trouble = signal('');
  protected readonly tried = signal(false);
  readonly #typed = computed(() => ({
    maxStreams:
      this.streams().trim() === ''
        ? null
        : readNumber(this.streams(), { ...streamBounds, unit: 1, optional: false }),
    quotaBytes:
      this.quota().trim() === ''
        ? null
        : readNumber(this.quota(), { ...quotaBounds, unit: gigabyte, optional: false }),
  }));
  protected readonly streamsFault = computed(() =>
    this.tried() && this.#typed().maxStreams === undefined ? this.t('faultNumberOrNone', streamBounds) : '',
  );
  protected readonly quotaFault = computed(() =>
    this.tried() && this.#typed().quotaBytes === undefined ? this.t('faultNumberOrNone', quotaBounds) : '',
  );
  protected readonly rows = computed(() =>
    (this.people.value()?.items ?? []).map((person) => ({ person, note: this.#note(person) })),
  );

  protected allow({ accountId }: TorrentPermission, allowed: boolean): void {
    this.#show(accountId, { allowed });
    this.#api
      .call(torrentRoutes.changePermission, { accountId, allowed })
      .catch((error: unknown) => this.#toasts.failed(this.t('actionFailed'), error))
      .finally(() => this.people.reload());
  }

  protected limit(person: TorrentPermission): void {
    const number = (value: number) =>
      value.toLocaleString(this.#locale(), { maximumFractionDigits: 3, useGrouping: false });
    this.streams.set(person.maxStreams === null ? '' : number(person.maxStreams));
    this.quota.set(person.quotaBytes === null ? '' : number(person.quotaBytes / gigabyte));
    this.trouble.set('');
    this.tried.set(false);
    this.limiting.set(person);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const person = this.limiting();
    const { maxStreams, quotaBytes } = this.#typed();
    this.tried.set(true);
    if (!person || maxStreams === undefined || quotaBytes === undefined) return;
    try {
      const { accountId } = person;
      await this.#api.call(torrentRoutes.changePermission, { accountId, maxStreams, quotaBytes });
      this.limiting.set(null);
      this.people.reload();
    } catch (error) {
      this.trouble.set(this.problems.message(toProblem(error)));
    }
  }

  #show(accountId: string, change: Partial<TorrentPermission>): void {
    this.people.update(({ items }) => ({
      items: items.map((one) => (one.accountId === accountId ? { ...one, ...change } : one)),
    }));
  }

  #note({ usedBytes, quotaBytes, maxStreams }: TorrentPermission): string {
    const bytes = (value: number) => formatBytes(value, this.#locale());
    return [
      quotaBytes === null
        ? this.t('used', { used: bytes(usedBytes) })
        : this.t('usedOf', { used: bytes(usedBytes), whole: bytes(quotaBytes) }),
      ...(maxStreams === null ? [] : [this.t('streams', { count: maxStreams })]),
    ].join(' · ');
  }
}
