import { Component, inject, input } from '@angular/core';
import { LanguageList } from '../../ui/language-list';
import { I18n, translator } from '../i18n/i18n';
import { preferenceMessages } from './preference-messages';
import { preferred } from './preferred';

/** What somebody likes to hear and to read: saved as it is changed. */
@Component({
  selector: 'app-language-fields',
  imports: [LanguageList],
  template: `
    @if (preferred.now(); as now) {
      <app-language-list
        [label]="t('audioLanguages')"
        [hint]="t('audioHint')"
        [addLabel]="t('addLanguage')"
        [removeLabel]="t('removeLanguage')"
        [locale]="i18n.locale()"
        [value]="now.audioLanguages"
        (valueChange)="preferred.save({ audioLanguages: [...$event] })"
      />
      <app-language-list
        [label]="t('subtitleLanguages')"
        [hint]="subtitleHint()"
        [addLabel]="t('addLanguage')"
        [removeLabel]="t('removeLanguage')"
        [locale]="i18n.locale()"
        [value]="now.subtitleLanguages"
        (valueChange)="preferred.save({ subtitleLanguages: [...$event] })"
      />
    }
  `,
  styles: ':host { display: contents; }',
})
export class LanguageFields {
  readonly subtitleHint = input('');
  protected readonly i18n = inject(I18n);
  protected readonly t = translator(preferenceMessages);
  protected readonly preferred = preferred();
}
