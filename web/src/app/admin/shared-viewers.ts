import { Component, computed, output } from '@angular/core';
import { accountRoutes } from '@hearth/contract/account';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { ProblemState } from '../core/problem-state';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import type { LimitsOwner } from './limits-dialog';
import { limitsMessages } from './limits-messages';
import { limitsWords } from './limits-words';

/** Whose eyes the screens see with that belong to nobody in particular. */
@Component({
  selector: 'app-shared-viewers',
  imports: [Icon, IconButton, ProblemState],
  template: `
    <section>
      <header>
        <div>
          <h2>{{ t('shared') }}</h2>
          <p class="lead">{{ t('sharedLead') }}</p>
        </div>
      </header>
      @if (viewers.value()) {
        <ul>
          @for (row of rows(); track row.owner.id) {
            <li class="card">
              <span class="avatar" aria-hidden="true"><app-icon [name]="row.icon" /></span>
              <div class="text">
                <p class="name">{{ row.owner.name }}</p>
                <p class="note">{{ row.note }}</p>
                <p class="note">{{ row.limits || t('seesEverything') }}</p>
              </div>
              <button
                appIconButton
                icon="tune"
                [label]="t('limitsFor', { name: row.owner.name })"
                (click)="limit.emit(row.owner)"
              ></button>
            </li>
          }
        </ul>
      } @else if (viewers.problem(); as problem) {
        <app-problem-state [heading]="t('sharedFailed')" [problem]="problem" (retry)="viewers.reload()" />
      } @else {
        <ul aria-busy="true">
          <li class="card skeleton"></li>
          <li class="card skeleton"></li>
        </ul>
      }
    </section>
  `,
  styleUrl: './people.css',
})
export class SharedViewers {
  protected readonly t = translator(limitsMessages);
  readonly #words = limitsWords();
  /** Somebody wants to change them. */
  readonly limit = output<LimitsOwner>();
  protected readonly viewers = resource(accountRoutes.sharedViewers, () => ({}));
  protected readonly rows = computed(() =>
    (this.viewers.value()?.items ?? []).map(({ id, limits }) => ({
      owner: { id, name: this.t(id), limits },
      icon: id === 'kids' ? ('person' as const) : ('tv' as const),
      note: this.t(id === 'kids' ? 'kidsNote' : 'householdNote'),
      limits: this.#words(limits),
    })),
  );

  reload(): void {
    this.viewers.reload();
  }
}
