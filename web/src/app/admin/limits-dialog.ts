import { Component, computed, effect, inject, model, output, signal, untracked } from '@angular/core';
import { type AccountLimits, accountRoutes } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { AudienceFields } from './audience-fields';
import { draftOf, type LimitsDraft, type LimitsField, limitsOf } from './limits-draft';
import { limitsMessages } from './limits-messages';

/** Whose limits they are: a person's, or a shared viewer's. */
export interface LimitsOwner {
  readonly id: string;
  readonly name: string;
  readonly limits: AccountLimits;
}

const fields = [
  { name: 'streams', label: 'limitStreams', hint: 'limitStreamsHint', fault: 'limitStreamsFault' },
  { name: 'bitrate', label: 'limitBitrate', hint: 'limitBitrateHint', fault: 'limitBitrateFault' },
  { name: 'bandwidth', label: 'limitBandwidth', hint: 'limitBandwidthHint', fault: 'limitBandwidthFault' },
] as const;
const nothing: LimitsDraft = { streams: '', bitrate: '', bandwidth: '' };

/** What somebody may see, and how much of the server they may use. */
@Component({
  selector: 'app-limits-dialog',
  imports: [AudienceFields, Dialog, TextField],
  template: `
    <app-dialog
      [heading]="t('limitsFor', { name: name() })"
      [open]="owner() !== null"
      (openChange)="$event || close()"
    >
      <form id="limits-form" (submit)="submit($event)">
        <h3>{{ t('seeing') }}</h3>
        <app-audience-fields [(age)]="age" [(hiddenIds)]="hiddenIds" />
        <h3>{{ t('using') }}</h3>
        <p>{{ t('limitsLead') }}</p>
        @for (field of fields; track field.name) {
          <app-text-field
            [inputMode]="field.name === 'streams' ? 'numeric' : 'decimal'"
            [label]="t(field.label)"
            [hint]="t(field.hint)"
            [maxLength]="field.name === 'streams' ? 4 : 12"
            [value]="draft()[field.name]"
            (valueChange)="type(field.name, $event)"
            [fault]="wrong().includes(field.name) ? t(field.fault) : ''"
          />
        }
        @if (trouble()) {
          <p role="alert" style="color: var(--app-bad)">{{ trouble() }}</p>
        }
      </form>
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="close()">{{ t('cancel') }}</button>
        <button class="button primary" type="submit" form="limits-form" [disabled]="busy()">
          {{ t('save') }}
        </button>
      </ng-container>
    </app-dialog>
  `,
  styles: `
    form {
      display: grid;
      gap: 1rem;
    }
    h3 {
      color: var(--app-text);
      font-size: var(--app-text-md);
      font-weight: 650;
    }
    app-audience-fields + h3 {
      margin-block-start: 0.5rem;
      padding-block-start: 1.25rem;
      border-block-start: 1px solid var(--app-line);
    }
  `,
})
export class LimitsDialog {
  readonly #api = inject(Api);
  readonly #i18n = inject(I18n);
  readonly #words = problemWords();
  protected readonly t = translator(limitsMessages);
  /** `null` while it is closed. */
  readonly owner = model<LimitsOwner | null>(null);
  /** What was done, in words. */
  readonly done = output<string>();
  protected readonly name = computed(() => this.owner()?.name ?? '');
  protected readonly age = signal('');
  protected readonly hiddenIds = signal<readonly string[]>([]);
  protected readonly fields = fields;
  protected readonly draft = signal(nothing);
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');
  readonly #tried = signal(false);
  readonly #typed = computed(() => limitsOf(this.draft()));
  protected readonly wrong = computed<readonly LimitsField[]>(() => {
    const typed = this.#typed();
    return this.#tried() && 'wrong' in typed ? typed.wrong : [];
  });

  constructor() {
    effect(() => {
      const owner = this.owner();
      if (owner) untracked(() => this.#fill(owner));
    });
  }

  #fill({ limits }: LimitsOwner): void {
    this.age.set(limits.maxAge === null ? '' : String(limits.maxAge));
    this.hiddenIds.set(limits.hiddenLibraryIds);
    this.draft.set(draftOf(limits, this.#i18n.locale()));
    this.trouble.set('');
    this.#tried.set(false);
  }

  protected type(name: LimitsField, text: string): void {
    this.draft.update((draft) => ({ ...draft, [name]: text }));
  }

  protected close(): void {
    this.owner.set(null);
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const [owner, typed] = [this.owner(), this.#typed()];
    this.#tried.set(true);
    this.trouble.set('');
    if (!owner || this.busy() || 'wrong' in typed) return;
    this.busy.set(true);
    try {
      const maxAge = this.age() === '' ? null : Number(this.age());
      const limits = { ...typed.limits, maxAge, hiddenLibraryIds: [...this.hiddenIds()] };
      await this.#api.call(accountRoutes.updateUser, { id: owner.id, limits });
      this.done.emit(this.t('limitsSaved', { name: owner.name }));
      this.close();
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
