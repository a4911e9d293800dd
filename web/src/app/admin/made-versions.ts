import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Download, downloadRoutes } from '@hearth/contract/download';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatBytes } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Live } from '../core/live/live';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { Confirm } from '../ui/confirm';
import { IconButton } from '../ui/icon-button';
import { ProgressBar } from '../ui/progress-bar';
import { streamMessages } from './stream-messages';
import { whileVisible } from '../core/while-visible';

/** Between two looks at one that is being made (ms). */
const everyMs = 2000;
/** The job that makes one. */
const jobName = 'playback.version';

/** Smaller versions that lie on the server or are being made, and what they take. */
@Component({
  selector: 'app-made-versions',
  imports: [Confirm, IconButton, ProblemState, ProgressBar, RouterLink],
  templateUrl: './made-versions.html',
  styleUrl: './made-versions.css',
})
export class MadeVersions {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(streamMessages);
  protected readonly versions = resource(downloadRoutes.versions, () => ({}));
  protected readonly removing = signal<Download | null>(null);

  protected readonly lead = computed(() => {
    const versions = this.versions.value();
    if (!versions || versions.items.length === 0) return this.t('versionsEmpty');
    return this.t('versionsLead', { size: this.bytes(versions.bytes) });
  });
  protected readonly rows = computed(() =>
    (this.versions.value()?.items ?? []).map((version) => ({
      version,
      link: paths.title(version.titleId),
      name: version.fileName.replace(/\.\w+$/, ''),
      note: this.#note(version),
    })),
  );

  constructor() {
    // The encoder's progress is asked for; that one begins or ends is told.
    whileVisible(everyMs, () => {
      const unfinished = this.versions
        .value()
        ?.items.some(({ state }) => state === 'waiting' || state === 'converting');
      if (unfinished) this.versions.reload();
    });
    inject(Live).on('job.updated', ({ name }) => name === jobName && this.versions.reload());
  }

  protected bytes(size: number): string {
    return formatBytes(size, this.#i18n.locale());
  }

  protected async remove(): Promise<void> {
    const version = this.removing();
    this.removing.set(null);
    if (!version) return;
    const { id, titleName: name, quality } = version;
    try {
      await this.#api.call(downloadRoutes.removeVersion, { id });
      this.#toasts.show(this.t('removed', { name, quality }), { tone: 'good' });
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    } finally {
      this.versions.reload();
    }
  }

  #note({ quality, size, state, progress, kept, error }: Download): string {
    const percent = new Intl.NumberFormat(this.#i18n.locale(), { style: 'percent' });
    const facts = [quality, this.bytes(size)];
    if (kept) facts.push(this.t('kept'));
    if (state === 'waiting') facts.push(this.t('waiting'));
    if (state === 'converting')
      facts.push(this.t('making', { percent: percent.format((progress ?? 0) / 100) }));
    if (state === 'failed') facts.push(this.t('brokenVersion', { reason: error ?? '' }));
    return facts.join(' · ');
  }
}
