import { Component, computed, inject, input, output } from '@angular/core';
import type { Provider } from '@hearth/contract/provider';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { Picture } from '../ui/picture';
import { RequestBars } from '../ui/request-bars';
import { Switch } from '../ui/switch';
import { providerMessages } from './provider-messages';

/** How a question to a provider went; null while it is asked. */
export type Trial = { readonly ok: boolean; readonly ms: number; readonly message: string } | null;

const tones = { ready: 'good', unconfigured: 'wait', resting: 'wait', off: 'plain', refused: 'bad' } as const;

/** One provider: what it gives, how it does and what to do about it. */
@Component({
  selector: 'app-provider-card',
  imports: [Icon, IconButton, Menu, Picture, RequestBars, Switch],
  templateUrl: './provider-card.html',
  styleUrl: './provider-card.css',
  host: { class: 'card' },
})
export class ProviderCard {
  readonly provider = input.required<Provider>();
  readonly first = input(false);
  readonly last = input(false);
  /** Undefined: nobody asked. */
  readonly trial = input<Trial>();
  readonly move = output<-1 | 1>();
  readonly turn = output<boolean>();
  readonly configure = output();
  readonly test = output();
  readonly remove = output();
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(providerMessages);

  protected readonly tags = computed(() => {
    const { builtin, runtime, p2p, adult } = this.provider();
    return [
      runtime === 'home' ? this.t('home') : builtin ? this.t('builtin') : '',
      runtime === 'sandbox' ? this.t('sandbox') : '',
      p2p ? this.t('p2p') : '',
      adult ? this.t('adult') : '',
    ].filter(Boolean);
  });
  protected readonly facts = computed(() => {
    const { capabilities, catalogCount, version, licences, attribution } = this.provider();
    const gives = capabilities.map((one) => this.t(one));
    const list = new Intl.ListFormat(this.#locale(), { type: 'conjunction' }).format(gives);
    return [
      gives.length > 0 ? this.t('gives', { list }) : '',
      catalogCount > 0 ? this.t('lists', { count: catalogCount }) : '',
      version,
      licences.length > 0 ? this.t('licences', { list: licences.join(', ') }) : '',
      attribution ?? '',
    ]
      .filter(Boolean)
      .join(' · ');
  });
  protected readonly state = computed(() => {
    const { runtime, health } = this.provider();
    const { state, restsUntil, recent } = health;
    const tone = tones[state];
    if (state === 'ready' && runtime !== 'home' && recent.length === 0)
      return { tone: 'plain', text: this.t('untried') };
    if (state !== 'resting') return { tone, text: this.t(state) };
    if (!restsUntil) return { tone, text: this.t('restingNow') };
    return { tone, text: this.t('resting', { when: formatAgo(restsUntil, this.#locale()) }) };
  });
  /** What the server says is wrong, and what was last. */
  protected readonly trouble = computed(() => {
    const { message, lastError } = this.provider().health;
    if (message) return message;
    return lastError
      ? this.t('lastError', { when: formatAgo(lastError.at, this.#locale()), message: lastError.message })
      : '';
  });
  protected readonly latency = computed(() => {
    const { medianMs, p95Ms } = this.provider().health;
    if (medianMs === null || p95Ms === null) return this.t('noAnswers');
    return this.t('latencyValue', { median: Math.round(medianMs), p95: Math.round(p95Ms) });
  });
  protected readonly shares = computed(() => {
    const { successRate, trust } = this.provider().health;
    return [
      { name: this.t('success'), share: successRate },
      { name: this.t('trust'), share: trust },
    ].map(({ name, share }) => ({ name, share, text: this.#percent(share) }));
  });
  protected readonly recent = computed(() => {
    const { recent, requests, failures } = this.provider().health;
    const failed = recent.filter(({ ok }) => !ok).length;
    return {
      label: this.t('recent', { count: recent.length, failed }),
      hour: this.t('hour', { count: requests, failed: failures }),
    };
  });
  protected readonly tried = computed(() => {
    const trial = this.trial();
    if (trial === null) return this.t('testing');
    if (!trial) return '';
    const { ok, ms, message } = trial;
    return this.t(ok ? 'testOk' : 'testBad', { ms: Math.round(ms), message }).trim();
  });

  #percent(share: number | null): string {
    return share === null ? '–' : new Intl.NumberFormat(this.#locale(), { style: 'percent' }).format(share);
  }
}
