import { Component, computed, inject, input, linkedSignal, model, output, signal } from '@angular/core';
import { type TitleDetail, titleRoutes } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { translator } from '../core/i18n/i18n';
import { Toasts } from '../core/toasts';
import { Dialog } from '../ui/dialog';
import { titleMessages } from './messages';

/** For administrators: corrects what the scan made of a title. */
@Component({
  selector: 'app-edit-dialog',
  imports: [Dialog],
  template: `
    <app-dialog [heading]="t('edit')" [(open)]="open">
      <form id="edit-title" class="form" (submit)="save($event)">
        <div class="field">
          <label for="edit-name">{{ t('name') }}</label>
          <input
            #nameField
            id="edit-name"
            class="input"
            maxlength="300"
            required
            aria-describedby="edit-name-fault"
            [value]="name()"
            [attr.aria-invalid]="!name().trim()"
            (input)="name.set(nameField.value)"
          />
          <span class="fault" id="edit-name-fault" role="status">{{
            name().trim() ? '' : t('nameNeeded')
          }}</span>
        </div>
        <div class="field">
          <label for="edit-year">{{ t('year') }}</label>
          <input
            #yearField
            id="edit-year"
            class="input"
            inputmode="numeric"
            maxlength="4"
            aria-describedby="edit-year-fault"
            [value]="year()"
            [attr.aria-invalid]="!yearValid()"
            (input)="year.set(yearField.value)"
          />
          <span class="fault" id="edit-year-fault" role="status">{{
            yearValid() ? '' : t('yearWrong')
          }}</span>
        </div>
        <div class="field">
          <label for="edit-overview">{{ t('overview') }}</label>
          <textarea
            #overviewField
            id="edit-overview"
            class="input"
            rows="5"
            maxlength="10000"
            [value]="overview()"
            (input)="overview.set(overviewField.value)"
          ></textarea>
        </div>
        <p class="hint">{{ t('editHint') }}</p>
      </form>
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="open.set(false)">{{ t('cancel') }}</button>
        <button class="button primary" type="submit" form="edit-title" [disabled]="!valid() || saving()">
          {{ t('save') }}
        </button>
      </ng-container>
    </app-dialog>
  `,
  styles: `
    .form {
      display: grid;
      gap: 1rem;
    }
    .hint {
      font-size: var(--app-text-sm);
    }
    textarea {
      resize: vertical;
    }
  `,
})
export class EditDialog {
  readonly title = input.required<TitleDetail>();
  readonly open = model(false);
  readonly saved = output<TitleDetail>();
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  protected readonly t = translator(titleMessages);

  // Every opening starts from what is saved.
  protected readonly name = linkedSignal({ source: this.open, computation: () => this.title().name });
  protected readonly year = linkedSignal({
    source: this.open,
    computation: () => String(this.title().year ?? ''),
  });
  protected readonly overview = linkedSignal({
    source: this.open,
    computation: () => this.title().overview ?? '',
  });
  protected readonly saving = signal(false);
  protected readonly yearValid = computed(() => {
    const year = this.year().trim();
    return year === '' || (/^\d{4}$/.test(year) && Number(year) >= 1870 && Number(year) <= 2200);
  });
  protected readonly valid = computed(() => this.name().trim() !== '' && this.yearValid());

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.valid() || this.saving()) return;
    this.saving.set(true);
    try {
      const saved = await this.#api.call(titleRoutes.update, {
        id: this.title().id,
        name: this.name().trim(),
        year: this.year().trim() ? Number(this.year()) : null,
        overview: this.overview().trim() || null,
      });
      this.saved.emit(saved);
      this.open.set(false);
      this.#toasts.show(this.t('saved'), { tone: 'good' });
    } catch (error) {
      this.#toasts.failed(this.t('notSaved'), error);
    } finally {
      this.saving.set(false);
    }
  }
}
