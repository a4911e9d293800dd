import { Component, output } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { LanguageFields } from '../core/preferences/language-fields';
import { LookFields } from '../core/preferences/look-fields';
import { setupMessages } from './messages';

/** Look and languages; every choice is saved and shown at once. */
@Component({
  selector: 'app-taste-step',
  imports: [LanguageFields, LookFields],
  template: `
    <div class="card">
      <app-look-fields />
      <app-language-fields />
    </div>
    <div class="actions">
      <button class="button primary large" type="button" (click)="done.emit()">{{ t('next') }}</button>
    </div>
  `,
  styleUrl: './step.css',
})
export class TasteStep {
  readonly done = output();
  protected readonly t = translator(setupMessages);
}
