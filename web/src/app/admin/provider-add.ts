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

/** Adds a provider by its address; what it asks for is read and agreed to before it is there. */
@Component({
  selector: 'app-provider-add',
  imports: [Choice, Dialog, ProviderConsent, TextField],
  template: `
    <app-dialog [heading]="t('add')" [(open)]="open">
      <form id="provider-add" novalidate style="display: grid; gap: 1rem" (submit)="submit($event)">
        @if (asked(); as problem) {
          <app-provider-consent [problem]="problem" />
        } @else {
          <app-choice [label]="t('kind')" [options]="kinds()" [(value)]="kind" />
          <app-text-field
            inputMode="url"
            [maxLength]="4000"
            [label]="t('address')"
            [hint]="t(kind() === 'torznab' ? 'torznabHint' : 'addressHint')"
            [fault]="fault()"
            [required]="true"
            [(value)]="address"
          />
          @if (kind() === 'torznab') {
            <app-text-field
              type="password"
              autocomplete="new-password"
              [maxLength]="500"
              [label]="t('apiKey')"
              [(value)]="apiKey"
            />
            <app-text-field [maxLength]="100" [label]="t('name')" [hint]="t('nameHint')" [(value)]="name" />
          }
        }
        @if (trouble()) {
          <p role="alert" style="color: var(--app-bad)">{{ trouble() }}</p>
        }
      </form>
      <ng-container dialogActions>
        @if (asked()) {
          <button class="button quiet" type="button" (click)="asked.set(undefined)">{{ t('back') }}</button>
        } @else {
          <button class="button quiet" type="button" (click)="open.set(false)">{{ t('cancel') }}</button>
        }
        <button class="button primary" type="submit" form="provider-add" [disabled]="busy()">
          {{ t(busy() ? 'adding' : asked() ? 'agree' : 'addNow') }}
        </button>
      </ng-container>
    </app-dialog>
  `,
})
export class ProviderAdd {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  protected readonly t = translator(providerMessages);
  readonly open = model(false);
  readonly added = output<Provider>();
  protected readonly kind = signal<'address' | 'torznab'>('address');
  protected readonly address = signal('');
  protected readonly apiKey = signal('');
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  protected readonly fault = signal('');
  protected readonly trouble = signal('');
  /** The refusal that says what has to be agreed to. */
  protected readonly asked = signal<ApiProblem | undefined>(undefined);
  protected readonly kinds = computed(() => [
    { value: 'address' as const, name: this.t('byAddress') },
    { value: 'torznab' as const, name: this.t('torznab') },
  ]);

  constructor() {
    effect(() => {
      if (!this.open()) return;
      untracked(() => {
        for (const field of [this.address, this.apiKey, this.name, this.fault, this.trouble]) field.set('');
        this.asked.set(undefined);
      });
    });
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.fault.set(this.address().trim() ? '' : this.t('addressNeeded'));
    if (this.fault() || this.busy()) return;
    this.busy.set(true);
    this.trouble.set('');
    try {
      const provider = await this.#api.call(providerRoutes.add, this.#wanted());
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

  #wanted(): NewProvider {
    const url = this.address().trim();
    if (this.kind() === 'address') return { url, consent: this.asked() !== undefined };
    const name = this.name().trim();
    return { runtime: 'torznab', url, apiKey: this.apiKey().trim(), ...(name ? { name } : {}) };
  }
}
