import { Component, computed, inject, linkedSignal, model, output, signal } from '@angular/core';
import { type AttentionFile, libraryRoutes } from '@hearth/contract/library';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Choice, type ChoiceOption } from '../ui/choice';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { attentionMessages } from './attention-messages';
import { draftOf, type MatchDraft, type MatchFault, readDraft } from './match-draft';

export interface Matched {
  readonly file: AttentionFile;
  readonly name: string;
  readonly titleId: string;
}

/** Says what a file is, beginning with what the server guesses. */
@Component({
  selector: 'app-match-dialog',
  imports: [Choice, Dialog, TextField],
  template: `
    <app-dialog [heading]="t('heading')" [open]="file() !== null" (openChange)="$event || close()">
      @if (file(); as file) {
        <p class="path" dir="ltr">{{ file.relativePath }}</p>
        <form id="match-form" (submit)="submit($event)">
          <app-choice
            [label]="t('kind')"
            [options]="kinds()"
            [value]="draft().kind"
            (valueChange)="change({ kind: $event })"
          />
          <app-text-field
            [label]="t(draft().kind === 'movie' ? 'name' : 'seriesName')"
            [value]="draft().name"
            [fault]="faultOf('needName')"
            (valueChange)="change({ name: $event })"
          />
          <app-text-field
            inputMode="numeric"
            [label]="t('year')"
            [hint]="t('yearHint')"
            [value]="draft().year"
            [fault]="faultOf('badYear')"
            (valueChange)="change({ year: $event })"
          />
          @if (draft().kind === 'episode') {
            <div class="two">
              <app-text-field
                inputMode="numeric"
                [label]="t('season')"
                [value]="draft().season"
                [fault]="faultOf('badSeason')"
                (valueChange)="change({ season: $event })"
              />
              <app-text-field
                [label]="t('episodes')"
                [hint]="t('episodesHint')"
                [value]="draft().episodes"
                [fault]="faultOf('badEpisodes')"
                (valueChange)="change({ episodes: $event })"
              />
            </div>
          }
          @if (trouble()) {
            <p class="trouble" role="alert">{{ trouble() }}</p>
          }
        </form>
      }
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="close()">{{ t('cancel') }}</button>
        <button class="button primary" type="submit" form="match-form" [disabled]="busy()">
          {{ t('save') }}
        </button>
      </ng-container>
    </app-dialog>
  `,
  styles: `
    form,
    .two {
      display: grid;
      gap: 1rem;
    }
    .two {
      grid-template-columns: 7rem minmax(0, 1fr);
    }
    .path {
      font-size: var(--app-text-sm);
      overflow-wrap: anywhere;
    }
    .trouble {
      color: var(--app-bad);
    }
  `,
})
export class MatchDialog {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  protected readonly t = translator(attentionMessages);
  readonly file = model<AttentionFile | null>(null);
  readonly matched = output<Matched>();
  protected readonly draft = linkedSignal<MatchDraft>(() =>
    draftOf(this.file()?.guess ?? { kind: 'unknown', name: null, year: null, season: null, episodes: [] }),
  );
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');
  readonly #tried = signal(false);
  readonly #faults = computed<readonly MatchFault[]>(() => {
    const read = readDraft(this.draft());
    return this.#tried() && 'faults' in read ? read.faults : [];
  });
  protected readonly kinds = computed<readonly ChoiceOption<MatchDraft['kind']>[]>(() => [
    { value: 'movie', name: this.t('movie'), icon: 'movie' },
    { value: 'episode', name: this.t('episode'), icon: 'tv' },
  ]);

  protected faultOf(fault: MatchFault): string {
    return this.#faults().includes(fault) ? this.t(fault) : '';
  }

  protected change(part: Partial<MatchDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...part }));
  }

  protected close(): void {
    this.file.set(null);
    this.#tried.set(false);
    this.trouble.set('');
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#tried.set(true);
    const [file, read] = [this.file(), readDraft(this.draft())];
    if (!file || 'faults' in read || this.busy()) return;
    this.busy.set(true);
    try {
      const { titleId } = await this.#api.call(libraryRoutes.match, { id: file.id, match: read.match });
      this.matched.emit({ file, name: read.match.name, titleId });
      this.close();
    } catch (error) {
      this.trouble.set(`${this.t('saveFailed')} ${this.#words.message(toProblem(error))}`);
    } finally {
      this.busy.set(false);
    }
  }
}
