import { Component, computed, input } from '@angular/core';
import type { ApiProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { providerMessages } from './provider-messages';

/** What somebody agrees to who lets a provider in that nobody here vouches for (`newProvider.consent` of the contract). */
@Component({
  selector: 'app-provider-consent',
  imports: [Icon],
  template: `
    <h3>{{ t('consent', { name: of('name')[0] ?? t('consentUnnamed') }) }}</h3>
    <p>{{ t('consentLead') }}</p>
    @if (of('host').length > 0) {
      <div class="part">
        <app-icon name="language" />
        <div>
          <p>{{ t('mayReach') }}</p>
          <ul>
            @for (host of of('host'); track host) {
              <li>
                <code dir="ltr">{{ host }}</code>
              </li>
            }
          </ul>
        </div>
      </div>
    } @else {
      <p class="part"><app-icon name="language" />{{ t('mayReachNothing') }}</p>
    }
    @if (rate(); as rate) {
      <p class="part"><app-icon name="speed" />{{ t('rate', { count: rate }) }}</p>
    }
    <p class="part warn">
      <app-icon [name]="signer() ? 'key' : 'warning'" />
      <span>{{ signer() ? t('signedBy', { key: signer() ?? '' }) : t('unsigned') }}</span>
    </p>
  `,
  styles: `
    :host {
      display: grid;
      gap: 0.875rem;
    }
    .part {
      display: flex;
      gap: 0.75rem;
      color: var(--app-text);
      overflow-wrap: anywhere;
    }
    .part > app-icon {
      color: var(--app-text-3);
    }
    .warn > app-icon {
      color: var(--app-wait);
    }
    code {
      font-size: var(--app-text-sm);
      font-weight: 600;
    }
  `,
})
export class ProviderConsent {
  readonly problem = input.required<ApiProblem>();
  protected readonly t = translator(providerMessages);
  protected readonly signer = computed(() => this.of('signer')[0]);
  protected readonly rate = computed(() => Number(this.of('rate')[0] ?? 0));

  protected of(path: string): string[] {
    return this.problem()
      .errors.filter((one) => one.path === path)
      .map(({ message }) => message);
  }
}
