import { Component, computed, inject, output } from '@angular/core';
import type { Preferences } from '@hearth/contract/account';
import { I18n, translator } from '../core/i18n/i18n';
import { languages } from '../core/i18n/messages';
import { formatLanguage } from '../core/format';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { Choice, type ChoiceOption } from '../ui/choice';
import { LanguageList } from '../ui/language-list';
import { SelectField } from '../ui/select-field';
import { setupMessages } from './messages';

/** Look and languages; every choice is saved and shown at once. */
@Component({
  selector: 'app-taste-step',
  imports: [Choice, LanguageList, SelectField],
  template: `
    @if (session.user(); as user) {
      <div class="card">
        <app-choice
          [label]="t('theme')"
          [options]="themes()"
          [value]="user.preferences.theme"
          (valueChange)="save({ theme: $event })"
        />
        <app-select-field
          [label]="t('appLanguage')"
          [options]="appLanguages"
          [value]="i18n.language()"
          (valueChange)="save({ language: $event })"
        />
        <app-language-list
          [label]="t('audioLanguages')"
          [hint]="t('audioHint')"
          [addLabel]="t('addLanguage')"
          [removeLabel]="t('removeLanguage')"
          [locale]="i18n.locale()"
          [value]="user.preferences.audioLanguages"
          (valueChange)="save({ audioLanguages: [...$event] })"
        />
        <app-language-list
          [label]="t('subtitleLanguages')"
          [addLabel]="t('addLanguage')"
          [removeLabel]="t('removeLanguage')"
          [locale]="i18n.locale()"
          [value]="user.preferences.subtitleLanguages"
          (valueChange)="save({ subtitleLanguages: [...$event] })"
        />
      </div>
    }
    <div class="actions">
      <button class="button primary large" type="button" (click)="done.emit()">{{ t('next') }}</button>
    </div>
  `,
  styleUrl: './step.css',
})
export class TasteStep {
  readonly #toasts = inject(Toasts);
  protected readonly session = inject(Session);
  protected readonly i18n = inject(I18n);
  readonly done = output();
  protected readonly t = translator(setupMessages);
  protected readonly appLanguages = languages.map((tag) => ({ value: tag, name: formatLanguage(tag, tag) }));
  protected readonly themes = computed<readonly ChoiceOption<Preferences['theme']>[]>(() => [
    { value: 'dark', name: this.t('dark'), icon: 'dark_mode' },
    { value: 'light', name: this.t('light'), icon: 'light_mode' },
    { value: 'system', name: this.t('system'), icon: 'contrast' },
  ]);

  protected save(change: Partial<Preferences>): void {
    this.session.prefer(change).catch((error: unknown) => this.#toasts.failed(this.t('saveFailed'), error));
  }
}
