import { Component, inject } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { Session } from '../core/session/session';
import { Devices } from './devices';
import { settingsMessages } from './messages';
import { PasswordForm } from './password-form';
import { PreferencesForm } from './preferences-form';
import { SourcesForm } from './sources-form';

/** What is yours alone: taste, password, devices. */
@Component({
  selector: 'app-settings',
  imports: [Devices, PasswordForm, PreferencesForm, SourcesForm],
  template: `
    <h1 class="page-title">{{ page('settings') }}</h1>
    @if (session.user(); as user) {
      <p class="who">
        <span class="name">{{ user.username }}</span>
        <span class="tag">{{ t(user.role) }}</span>
      </p>
      <app-preferences-form />
      <app-sources-form />
      <app-password-form />
      <app-devices />
    }
  `,
  styles: `
    :host {
      max-inline-size: 52rem;
    }
    .who {
      display: flex;
      align-items: center;
      gap: 0.75rem;
      margin-block: -0.75rem 1.5rem;
      color: var(--app-text-2);
    }
    .name {
      overflow-wrap: anywhere;
    }
  `,
  host: { class: 'page' },
})
export class Settings {
  protected readonly session = inject(Session);
  protected readonly t = translator(settingsMessages);
  protected readonly page = translator(pageNames);
}
