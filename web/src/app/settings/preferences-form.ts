import { Component, computed, inject } from '@angular/core';
import type { Preferences } from '@hearth/contract/account';
import { formatLanguage } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { languages } from '../core/i18n/messages';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { TorrentAccess } from '../core/torrent-access';
import { Choice, type ChoiceOption } from '../ui/choice';
import { LanguageList } from '../ui/language-list';
import { SelectField } from '../ui/select-field';
import { Switch } from '../ui/switch';
import { settingsMessages } from './messages';

const subtitleModes = ['off', 'forced', 'foreign', 'always'] as const;

/** Everything here is saved as it is changed, and shown at once. */
@Component({
  selector: 'app-preferences-form',
  imports: [Choice, LanguageList, SelectField, Switch],
  template: `
    @if (session.user()?.preferences; as now) {
      <section class="card">
        <h2>{{ t('look') }}</h2>
        <app-choice
          [label]="t('theme')"
          [options]="themes()"
          [value]="now.theme"
          (valueChange)="save({ theme: $event })"
        />
        <app-select-field
          [label]="t('appLanguage')"
          [options]="appLanguages"
          [value]="i18n.language()"
          (valueChange)="save({ language: $event })"
        />
      </section>
      <section class="card">
        <h2>{{ t('watching') }}</h2>
        <app-language-list
          [label]="t('audioLanguages')"
          [hint]="t('audioHint')"
          [addLabel]="t('addLanguage')"
          [removeLabel]="t('removeLanguage')"
          [locale]="i18n.locale()"
          [value]="now.audioLanguages"
          (valueChange)="save({ audioLanguages: [...$event] })"
        />
        <app-language-list
          [label]="t('subtitleLanguages')"
          [hint]="t('subtitleHint')"
          [addLabel]="t('addLanguage')"
          [removeLabel]="t('removeLanguage')"
          [locale]="i18n.locale()"
          [value]="now.subtitleLanguages"
          (valueChange)="save({ subtitleLanguages: [...$event] })"
        />
        <app-select-field
          [label]="t('subtitleMode')"
          [options]="modes()"
          [value]="now.subtitleMode"
          (valueChange)="saveMode($event)"
        />
        <app-switch
          [label]="t('autoplay')"
          [hint]="t('autoplayHint')"
          [value]="now.autoplayNext"
          (valueChange)="save({ autoplayNext: $event })"
        />
        @if (mayShare()) {
          <app-switch
            [label]="t('browserPeers')"
            [hint]="t('browserPeersHint')"
            [value]="now.browserPeers"
            (valueChange)="save({ browserPeers: $event })"
          />
        }
      </section>
    }
  `,
  styleUrl: './section.css',
})
export class PreferencesForm {
  readonly #toasts = inject(Toasts);
  readonly #torrents = inject(TorrentAccess);
  protected readonly session = inject(Session);
  protected readonly i18n = inject(I18n);
  protected readonly t = translator(settingsMessages);
  protected readonly appLanguages = languages.map((tag) => ({ value: tag, name: formatLanguage(tag, tag) }));
  protected readonly modes = computed(() => subtitleModes.map((value) => ({ value, name: this.t(value) })));
  protected readonly themes = computed<readonly ChoiceOption<Preferences['theme']>[]>(() => [
    { value: 'dark', name: this.t('dark'), icon: 'dark_mode' },
    { value: 'light', name: this.t('light'), icon: 'light_mode' },
    { value: 'system', name: this.t('system'), icon: 'contrast' },
  ]);

  /** An administrator let browsers exchange pieces, and this browser can: over plain HTTP none can. */
  protected readonly mayShare = computed(
    () => isSecureContext && this.#torrents.usable() && this.#torrents.value()?.browserPeers === true,
  );

  protected save(change: Partial<Preferences>): void {
    this.session.prefer(change).catch((error: unknown) => this.#toasts.failed(this.t('saveFailed'), error));
  }

  protected saveMode(value: string): void {
    const mode = subtitleModes.find((candidate) => candidate === value);
    if (mode) this.save({ subtitleMode: mode });
  }
}
