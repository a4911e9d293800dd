import { Component, computed, effect, inject, model, output, signal, untracked } from '@angular/core';
import { type NewProvider, type Provider, providerRoutes } from '@hearth/contract/provider';
import { Api } from '../core/api/api';
import { type ApiProblem, toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Choice } from '../ui/choice';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { ProviderConsent } from './provider-consent';
import { providerMessages } from './provider-messages';

/** Adds a provider by its address or its file; what it asks for is read and agreed to before it is there. */
@Component({
  selector: 'app-provider-add',
  imports: [Choice, Dialog, ProviderConsent, TextField],
  templateUrl: './provider-add.html',
})
export class ProviderAdd {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  protected readonly t = translator(providerMessages);
  readonly open = model(false);
  readonly added = output<Provider>();
  protected readonly kind = signal<'address' | 'file' | 'torznab'>('address');
  protected readonly address = signal('');
  protected readonly file = signal<File | null>(null);
  protected readonly apiKey = signal('');
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  protected readonly fault = signal('');
  protected readonly trouble = signal('');
  /** The refusal that says what has to be agreed to. */
  protected readonly asked = signal<ApiProblem | undefined>(undefined);
  protected readonly kinds = computed(() => [
    { value: 'address' as const, name: this.t('byAddress') },
    { value: 'file' as const, name: this.t('byFile') },
    { value: 'torznab' as const, name: this.t('torznab') },
  ]);

  constructor() {
    effect(() => {
      if (!this.open()) return;
      untracked(() => {
        for (const field of [this.address, this.apiKey, this.name, this.fault, this.trouble]) field.set('');
        this.file.set(null);
        this.asked.set(undefined);
      });
    });
  }

  /** What was chosen from the disk is not shown again by browsers. */
  protected back(): void {
    this.asked.set(undefined);
    this.file.set(null);
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.fault.set('');
    this.trouble.set('');
    try {
      const wanted = await this.#wanted();
      if (!wanted) return;
      const provider = await this.#api.call(providerRoutes.add, wanted);
      this.open.set(false);
      this.added.emit(provider);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'PROVIDER_CONSENT_NEEDED' && !this.asked()) this.asked.set(problem);
      else this.trouble.set(this.#words.message(problem));
    } finally {
      this.busy.set(false);
    }
  }

  /** What is asked for; undefined where something is missing, which is said beside its field. */
  async #wanted(): Promise<NewProvider | undefined> {
    const consent = this.asked() !== undefined;
    if (this.kind() === 'file') {
      const text = await this.file()?.text();
      const document = text === undefined ? undefined : documentOf(text);
      if (!document) this.fault.set(this.t(text === undefined ? 'fileNeeded' : 'fileWrong'));
      return document && { package: document, consent };
    }
    const url = this.address().trim();
    if (!url) this.fault.set(this.t('addressNeeded'));
    if (!url) return undefined;
    if (this.kind() === 'address') return { url, consent };
    const name = this.name().trim();
    return { runtime: 'torznab', url, apiKey: this.apiKey().trim(), ...(name ? { name } : {}) };
  }
}

/** A package as it lies in its file; undefined: it is none. */
function documentOf(text: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null)
      return Object.fromEntries(Object.entries(document));
  } catch {
    // Not even JSON.
  }
  return undefined;
}
