import { Component, computed, effect, inject, model, output, signal, untracked } from '@angular/core';
import { type Account, accountRoutes } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { draftOf, type LimitsField, limitsOf } from './limits-draft';
import { peopleMessages } from './people-messages';

/** How much of the server a person may use. */
@Component({
  selector: 'app-limits-dialog',
  imports: [Dialog, TextField],
  template: `
    <app-dialog
      [heading]="t('limitsHeading', { name: name() })"
      [open]="user() !== null"
      (openChange)="$event || close()"
    >
      <form id="limits-form" style="display: grid; gap: 1rem" (submit)="submit($event)">
        <p>{{ t('limitsLead') }}</p>
        <app-text-field
          inputMode="numeric"
          [label]="t('limitStreams')"
          [hint]="t('limitStreamsHint')"
          [maxLength]="4"
          [(value)]="streams"
          [fault]="wrong().includes('streams') ? t('limitStreamsFault') : ''"
        />
        <app-text-field
          inputMode="decimal"
          [label]="t('limitBitrate')"
          [hint]="t('limitBitrateHint')"
          [maxLength]="12"
          [(value)]="bitrate"
          [fault]="wrong().includes('bitrate') ? t('limitBitrateFault') : ''"
        />
        <app-text-field
          inputMode="decimal"
          [label]="t('limitBandwidth')"
          [hint]="t('limitBandwidthHint')"
          [maxLength]="12"
          [(value)]="bandwidth"
          [fault]="wrong().includes('bandwidth') ? t('limitBandwidthFault') : ''"
        />
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
})
export class LimitsDialog {
  readonly #api = inject(Api);
  readonly #i18n = inject(I18n);
  readonly #words = problemWords();
  protected readonly t = translator(peopleMessages);
  /** Whose limits they are; `null` while it is closed. */
  readonly user = model<Account | null>(null);
  /** What was done, in words. */
  readonly done = output<string>();
  protected readonly name = computed(() => this.user()?.username ?? '');
  protected readonly streams = signal('');
  protected readonly bitrate = signal('');
  protected readonly bandwidth = signal('');
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');
  readonly #tried = signal(false);
  readonly #typed = computed(() =>
    limitsOf({ streams: this.streams(), bitrate: this.bitrate(), bandwidth: this.bandwidth() }),
  );
  protected readonly wrong = computed<readonly LimitsField[]>(() => {
    const typed = this.#typed();
    return this.#tried() && 'wrong' in typed ? typed.wrong : [];
  });

  constructor() {
    effect(() => {
      const user = this.user();
      if (user) untracked(() => this.#fill(user));
    });
  }

  #fill({ limits }: Account): void {
    const { streams, bitrate, bandwidth } = draftOf(limits, this.#i18n.locale());
    this.streams.set(streams);
    this.bitrate.set(bitrate);
    this.bandwidth.set(bandwidth);
    this.trouble.set('');
    this.#tried.set(false);
  }

  protected close(): void {
    this.user.set(null);
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const [user, typed] = [this.user(), this.#typed()];
    this.#tried.set(true);
    this.trouble.set('');
    if (!user || this.busy() || 'wrong' in typed) return;
    this.busy.set(true);
    try {
      await this.#api.call(accountRoutes.updateUser, { id: user.id, limits: typed.limits });
      this.done.emit(this.t('limitsSaved', { name: user.username }));
      this.close();
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
