import { Component, computed, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { MatchCandidate, UnsureTitle } from '@hearth/contract/matching';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Poster } from '../ui/poster';
import { MatchCandidateRow } from './match-candidate';
import { matchesMessages } from './matches-messages';

/** What is shown before somebody asks for more: the right one is nearly always among them. */
const first = 3;

/** A title whose match is in doubt: what it is here, what it may be, and the three things to say about it. */
@Component({
  selector: 'app-unsure-card',
  imports: [MatchCandidateRow, Poster, RouterLink],
  template: `
    @let now = title();
    <header>
      <app-poster class="poster" [image]="now.poster" [name]="now.name" sizes="88px" />
      <div>
        <h3>
          <a [routerLink]="link()"
            ><bdi>{{ now.name }}</bdi></a
          >
          @if (now.year !== null) {
            <span class="tabular">{{ now.year }}</span>
          }
        </h3>
        @if (now.fileName) {
          <p class="path" dir="ltr">{{ now.fileName }}</p>
        }
      </div>
    </header>
    <ul [attr.aria-label]="t('candidates', { name: now.name })">
      @for (candidate of shown(); track $index) {
        <li><app-match-candidate [candidate]="candidate" (taken)="taken.emit(candidate)" /></li>
      }
    </ul>
    <footer>
      @if (hidden() > 0) {
        <button class="button quiet" type="button" (click)="all.set(true)">
          {{ t('moreCandidates', { count: hidden() }) }}
        </button>
      }
      <button class="button" type="button" (click)="another.emit()">{{ t('search') }}</button>
      <button class="button" type="button" (click)="refused.emit()">{{ t('none') }}</button>
    </footer>
  `,
  styleUrl: './unsure-card.css',
  host: { class: 'card' },
})
export class UnsureCard {
  readonly title = input.required<UnsureTitle>();
  readonly taken = output<MatchCandidate>();
  readonly another = output();
  readonly refused = output();
  protected readonly t = translator(matchesMessages);
  protected readonly all = signal(false);
  protected readonly link = computed(() => paths.title(this.title().titleId));
  protected readonly shown = computed(() =>
    this.all() ? this.title().candidates : this.title().candidates.slice(0, first),
  );
  protected readonly hidden = computed(() => this.title().candidates.length - this.shown().length);
}
