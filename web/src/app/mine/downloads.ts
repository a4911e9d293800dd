import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Download, downloadRoutes } from '@hearth/contract/download';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatBytes } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { Live } from '../core/live/live';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { ProgressBar } from '../ui/progress-bar';
import { mineMessages } from './messages';

/** What you asked to take along: converted where needed, then saved by the browser. */
@Component({
  selector: 'app-downloads',
  imports: [EmptyState, Icon, IconButton, ProblemState, ProgressBar, RouterLink],
  templateUrl: './downloads.html',
  styleUrl: './downloads.css',
  host: { class: 'page' },
})
export class Downloads {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  /** What was taken off here stays off, whatever a reply says that was on its way. */
  readonly #gone = signal<ReadonlySet<string>>(new Set());
  protected readonly t = translator(mineMessages);
  protected readonly page = translator(pageNames);
  protected readonly home = paths.home();
  protected readonly list = resource(downloadRoutes.list, () => ({}));

  protected readonly rows = computed(() =>
    this.list
      .value()
      ?.items.filter(({ id }) => !this.#gone().has(id))
      .map((download) => ({
        ...download,
        name: download.fileName.replace(/\.\w+$/, ''),
        link: paths.title(download.titleId),
        note: this.#note(download),
      })),
  );

  constructor() {
    inject(Live).on('download.updated', ({ downloadId, state, progress }) => {
      const known = this.list.value()?.items.find(({ id }) => id === downloadId);
      // How far it is, is told; a new state brings more with it: an address, a size, a reason.
      if (known?.state !== state) this.list.reload();
      else
        this.list.update(({ items }) => ({
          items: items.map((one) => (one.id === downloadId ? { ...one, progress } : one)),
        }));
    });
    reloadOn([], () => this.list.reload());
  }

  protected async again({ fileId, quality }: Download): Promise<void> {
    await this.#api
      .call(downloadRoutes.create, { fileId, quality })
      .catch((error: unknown) => this.#toasts.failed(this.t('downloadsFailed'), error));
    this.list.reload();
  }

  protected async remove({ id }: Download): Promise<void> {
    this.#gone.update((ids) => new Set([...ids, id]));
    try {
      await this.#api.call(downloadRoutes.remove, { id });
    } catch (error) {
      this.#toasts.failed(this.t('removeFailed'), error);
      this.#gone.update((ids) => new Set([...ids].filter((one) => one !== id)));
      this.list.reload();
    }
  }

  #note({ quality, size, state, progress, error }: Download): string {
    const locale = this.#i18n.locale();
    const facts = [quality === 'original' ? this.t('originalQuality') : quality, formatBytes(size, locale)];
    if (state === 'waiting') facts.push(this.t('waiting'));
    if (state === 'failed') facts.push(this.t('broken', { reason: error ?? '' }));
    if (state === 'converting') {
      const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format((progress ?? 0) / 100);
      facts.push(this.t('converting', { percent }));
    }
    return facts.join(' · ');
  }
}
