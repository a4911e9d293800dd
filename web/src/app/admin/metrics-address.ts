import { Component, inject, signal } from '@angular/core';
import { systemRoutes } from '@hearth/contract/system';
import { Api } from '../core/api/api';
import { translator } from '../core/i18n/i18n';
import { Toasts } from '../core/toasts';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/icon';
import { streamMessages } from './stream-messages';

/** Hands out the signed address that Prometheus reads. It is asked for only then: whoever sees it can use it. */
@Component({
  selector: 'app-metrics-address',
  imports: [Icon],
  template: `
    <h2>{{ t('metrics') }}</h2>
    <p class="lead">{{ t('metricsLead') }}</p>
    <button class="button" type="button" (click)="copy()">
      <app-icon [name]="copied() ? 'check' : 'content_copy'" />
      {{ t(copied() ? 'metricsCopied' : 'metricsCopy') }}
    </button>
    <span class="visually-hidden" role="status">{{ copied() ? t('metricsCopied') : '' }}</span>
    @if (address()) {
      <input
        #field
        class="input"
        readonly
        [value]="address()"
        [attr.aria-label]="t('metricsAddress')"
        (focus)="field.select()"
      />
    }
  `,
  styles: `
    :host {
      display: grid;
      align-content: start;
      justify-items: start;
      gap: 0.75rem;
    }
    h2 {
      color: var(--app-text-2);
      font-size: var(--app-text-sm);
      font-weight: 600;
      letter-spacing: 0;
    }
    .lead {
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
      text-wrap: pretty;
    }
    .input {
      font-size: var(--app-text-xs);
    }
  `,
})
export class MetricsAddress {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  protected readonly t = translator(streamMessages);
  /** Shown too: a browser may refuse to copy. */
  protected readonly address = signal('');
  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    try {
      const { url } = await this.#api.call(systemRoutes.metricsAddress);
      this.address.set(new URL(url, location.href).href);
      this.copied.set(await copyText(this.address()));
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    }
  }
}
