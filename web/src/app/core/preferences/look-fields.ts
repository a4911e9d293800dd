import { Component, computed, inject } from '@angular/core';
import type { Preferences } from '@hearth/contract/account';
import { Choice, type ChoiceOption } from '../../ui/choice';
import { SelectField } from '../../ui/select-field';
import { formatLanguage } from '../format';
import { I18n, translator } from '../i18n/i18n';
import { languages } from '../i18n/messages';
import { preferenceMessages } from './preference-messages';
import { preferred } from './preferred';

/** Light or dark, and in which language: saved as it is changed, and shown at once. */
@Component({
  selector: 'app-look-fields',
  imports: [Choice, SelectField],
  template: `
    @if (preferred.now(); as now) {
      <app-choice
        [label]="t('theme')"
        [options]="themes()"
        [value]="now.theme"
        (valueChange)="preferred.save({ theme: $event })"
      />
      <app-select-field
        [label]="t('appLanguage')"
        [options]="appLanguages"
        [value]="i18n.language()"
        (valueChange)="preferred.save({ language: $event })"
      />
    }
  `,
  styles: ':host { display: contents; }',
})
export class LookFields {
  protected readonly i18n = inject(I18n);
  protected readonly t = translator(preferenceMessages);
  protected readonly preferred = preferred();
  protected readonly appLanguages = languages.map((tag) => ({ value: tag, name: formatLanguage(tag, tag) }));
  protected readonly themes = computed<readonly ChoiceOption<Preferences['theme']>[]>(() => [
    { value: 'dark', name: this.t('dark'), icon: 'dark_mode' },
    { value: 'light', name: this.t('light'), icon: 'light_mode' },
    { value: 'system', name: this.t('system'), icon: 'contrast' },
  ]);
}
