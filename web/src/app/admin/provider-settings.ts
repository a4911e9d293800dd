import { Component, computed, effect, inject, model, output, signal, untracked } from '@angular/core';
import { type Provider, providerRoutes } from '@hearth/contract/provider';
import type { ProviderConfig } from '@hearth/contract/provider-manifest';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { resource } from '../core/api/resource';
import { FieldForm } from '../core/generated/field-form';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Toasts } from '../core/toasts';
import { Dialog } from '../ui/dialog';
import { providerMessages } from './provider-messages';

/** What a provider can be told, as it describes it; and where it is. */
@Component({
  selector: 'app-provider-settings',
  imports: [Dialog, FieldForm],
  templateUrl: './provider-settings.html',
  styles: `
    .trouble {
      color: var(--app-bad);
    }
    summary {
      padding-block: 0.625rem;
      font-size: var(--app-text-sm);
      cursor: pointer;
    }
    details p,
    li {
      font-size: var(--app-text-sm);
      overflow-wrap: anywhere;
    }
  `,
})
export class ProviderSettingsDialog {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  protected readonly words = problemWords();
  protected readonly t = translator(providerMessages);
  /** `null` while it is closed. */
  readonly provider = model<Provider | null>(null);
  readonly saved = output();
  readonly #id = computed(() => this.provider()?.id);
  protected readonly settings = resource(providerRoutes.settings, () => {
    const id = this.#id();
    return id === undefined ? undefined : { id };
  });
  protected readonly canSet = computed(() =>
    (this.provider()?.fields ?? []).some(({ type }) => type !== 'info'),
  );
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');

  constructor() {
    effect(() => {
      this.#id();
      untracked(() => this.trouble.set(''));
    });
  }

  protected async save({ id, name }: Provider, config: ProviderConfig): Promise<void> {
    this.busy.set(true);
    this.trouble.set('');
    try {
      await this.#api.call(providerRoutes.update, { id, config });
      // Opened again, it must not begin with what was before.
      this.settings.reload();
      this.provider.set(null);
      this.#toasts.show(this.t('saved', { name }), { tone: 'good' });
      this.saved.emit();
    } catch (error) {
      this.trouble.set(this.words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
