import { Component, computed, inject, signal } from '@angular/core';
import { deviceRoutes } from '@hearth/contract/device';
import type { RouteReply } from '@hearth/contract/route';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import { deviceMessages } from './device-messages';
import { whileVisible } from '../core/while-visible';

/** Between two looks (ms). */
const everyMs = 10_000;
const shownSearches = 12;

type Exam = RouteReply<typeof deviceRoutes.examine>['interfaces'];

/** The discovery doctor: what is wrong, worst first, and the one thing to do. */
@Component({
  selector: 'app-doctor-card',
  imports: [Icon, ProblemState],
  templateUrl: './doctor-card.html',
  styleUrl: './doctor-card.css',
})
export class DoctorCard {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(deviceMessages);
  protected readonly report = resource(deviceRoutes.doctor, () => ({}));
  protected readonly exam = signal<Exam>([]);
  protected readonly testing = signal(false);
  protected readonly searches = computed(() =>
    (this.report.value()?.searches ?? []).slice(0, shownSearches).map((search) => ({
      ...search,
      when: formatAgo(search.at, this.#locale()),
    })),
  );

  constructor() {
    whileVisible(everyMs, () => this.report.reload());
  }

  /** What the test said of an address. */
  protected verdict(address: string): string {
    const result = this.exam().find((one) => one.address === address);
    if (!result) return '';
    return result.found
      ? this.t('found', { ms: Math.round(result.milliseconds ?? 0) })
      : result.message || this.t('notFound');
  }

  protected async test(): Promise<void> {
    this.testing.set(true);
    try {
      this.exam.set((await this.#api.call(deviceRoutes.examine)).interfaces);
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    } finally {
      this.testing.set(false);
      this.report.reload();
    }
  }
}
