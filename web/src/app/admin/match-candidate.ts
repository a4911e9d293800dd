import { Component, computed, inject, input, output } from '@angular/core';
import type { MatchCandidate } from '@hearth/contract/matching';
import { formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { Poster } from '../ui/poster';
import { matchReasons } from './match-reasons';
import { matchesMessages } from './matches-messages';

const icons = { good: 'check', bad: 'close', open: 'help' } as const;

/** A title of a provider that one of the library may be, with what speaks for it, and the word that it is. */
@Component({
  selector: 'app-match-candidate',
  imports: [Icon, Poster],
  template: `
    @let now = candidate();
    <app-poster class="poster" [image]="now.poster" [name]="now.name" sizes="64px" />
    <div class="text">
      <p class="name">
        <bdi>{{ now.name }}</bdi>
        @if (facts()) {
          <span class="tabular">{{ facts() }}</span>
        }
      </p>
      <p class="note tabular">{{ t('percent', { percent: percent() }) }} · {{ now.providerName }}</p>
      <ul>
        @for (reason of reasons(); track reason.word) {
          <li [class]="reason.tone"><app-icon [name]="reason.icon" />{{ t(reason.word) }}</li>
        }
      </ul>
    </div>
    <button class="button" type="button" [attr.aria-label]="spoken()" (click)="taken.emit()">
      {{ t('take') }}
    </button>
  `,
  styleUrl: './match-candidate.css',
})
export class MatchCandidateRow {
  readonly candidate = input.required<MatchCandidate>();
  readonly taken = output();
  readonly #i18n = inject(I18n);
  protected readonly t = translator(matchesMessages);
  protected readonly percent = computed(() => Math.round(this.candidate().confidence * 100));
  protected readonly facts = computed(() => {
    const { year, runtimeSeconds } = this.candidate();
    const runtime = runtimeSeconds ? formatDuration(runtimeSeconds, this.#i18n.locale()) : '';
    return [year, runtime].filter(Boolean).join(' · ');
  });
  protected readonly reasons = computed(() =>
    matchReasons(this.candidate().likeness).map((reason) => ({ ...reason, icon: icons[reason.tone] })),
  );
  protected readonly spoken = computed(() => {
    const { name, year } = this.candidate();
    return this.t('takeName', { name: year === null ? name : `${name} (${year})` });
  });
}
