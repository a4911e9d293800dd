import { Component, computed, inject, linkedSignal, model, output, signal } from '@angular/core';
import { type MatchCandidate, matchingRoutes, type UnsureTitle } from '@hearth/contract/matching';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { MatchCandidateRow } from './match-candidate';
import { matchesMessages } from './matches-messages';

/** Looks for a title at providers by another name than its files have. */
@Component({
  selector: 'app-match-search',
  imports: [Dialog, MatchCandidateRow, TextField],
  template: `
    <app-dialog
      [heading]="t('searchHeading', { name: title()?.name ?? '' })"
      [open]="title() !== null"
      (openChange)="$event || title.set(null)"
    >
      <form id="match-search" novalidate (submit)="submit($event)">
        <app-text-field [label]="t('searchName')" [maxLength]="200" [fault]="nameFault()" [(value)]="name" />
        <app-text-field
          inputMode="numeric"
          [label]="t('searchYear')"
          [hint]="t('searchYearHint')"
          [maxLength]="4"
          [fault]="yearFault()"
          [(value)]="year"
        />
      </form>
      @if (trouble()) {
        <p class="trouble" role="alert">{{ trouble() }}</p>
      }
      <p class="note" role="status">{{ told() }}</p>
      <ul>
        @for (candidate of found() ?? []; track $index) {
          <li><app-match-candidate [candidate]="candidate" (taken)="take(candidate)" /></li>
        }
      </ul>
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="title.set(null)">{{ t('cancel') }}</button>
        <button class="button primary" type="submit" form="match-search">{{ t('searchNow') }}</button>
      </ng-container>
    </app-dialog>
  `,
  styles: `
    form {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 8rem;
      gap: 1rem;
      align-items: start;
    }
    li {
      padding-block: 0.75rem;
      border-block-start: 1px solid var(--app-line);
    }
    .note {
      min-block-size: 1.5rem;
      margin-block: 0.75rem;
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
    }
    .trouble {
      color: var(--app-bad);
    }
  `,
})
export class MatchSearch {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  protected readonly t = translator(matchesMessages);
  /** What is looked for; null: the dialog is closed. */
  readonly title = model<UnsureTitle | null>(null);
  readonly taken = output<{ readonly title: UnsureTitle; readonly candidate: MatchCandidate }>();
  protected readonly name = linkedSignal(() => this.title()?.name ?? '');
  protected readonly year = linkedSignal(() => String(this.title()?.year ?? ''));
  protected readonly nameFault = linkedSignal({ source: this.title, computation: () => '' });
  protected readonly yearFault = linkedSignal({ source: this.title, computation: () => '' });
  protected readonly trouble = linkedSignal({ source: this.title, computation: () => '' });
  protected readonly found = linkedSignal<UnsureTitle | null, readonly MatchCandidate[] | undefined>({
    ...{ source: this.title, computation: () => undefined },
  });
  readonly #asking = signal<symbol | null>(null);
  protected readonly told = computed(() => {
    if (this.#asking() !== null) return this.t('searching');
    const count = this.found()?.length;
    return count === undefined ? '' : count === 0 ? this.t('nothing') : this.t('found', { count });
  });

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const [title, name, year] = [this.title(), this.name().trim(), this.year().trim()];
    const isYear = year === '' || (/^\d{4}$/.test(year) && Number(year) >= 1870 && Number(year) <= 2100);
    this.nameFault.set(name ? '' : this.t('needName'));
    this.yearFault.set(isYear ? '' : this.t('badYear'));
    if (!title || !name || !isYear) return;
    const asking = Symbol();
    this.#asking.set(asking);
    this.trouble.set('');
    const isCurrent = () => this.#asking() === asking && this.title() === title;
    try {
      const question = { id: title.titleId, name, ...(year ? { year: Number(year) } : {}) };
      const { items } = await this.#api.call(matchingRoutes.candidates, question);
      if (isCurrent()) this.found.set(items);
    } catch (error) {
      if (isCurrent()) this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      if (this.#asking() === asking) this.#asking.set(null);
    }
  }

  protected take(candidate: MatchCandidate): void {
    const title = this.title();
    this.title.set(null);
    if (title) this.taken.emit({ title, candidate });
  }
}
