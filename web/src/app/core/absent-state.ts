import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../ui/empty-state';
import type { IconName } from '../ui/icon-names';
import type { ApiProblem } from './api/problem';
import { problemWords } from './i18n/problem-words';
import { ProblemState } from './problem-state';

/** A page of one thing that could not be read: it is gone, and there is a way back, or it can be tried again. */
@Component({
  selector: 'app-absent-state',
  imports: [EmptyState, ProblemState, RouterLink],
  template: `
    @if (problem().code === 'NOT_FOUND') {
      <app-empty-state [icon]="icon()" [heading]="words.message(problem())">
        <a class="button primary" [routerLink]="back()">{{ backText() }}</a>
      </app-empty-state>
    } @else {
      <app-problem-state [heading]="heading()" [problem]="problem()" (retry)="retry.emit()" />
    }
  `,
  styles: ':host { display: contents; }',
})
export class AbsentState {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
  readonly problem = input.required<ApiProblem>();
  readonly back = input.required<string>();
  readonly backText = input.required<string>();
  readonly retry = output();
  protected readonly words = problemWords();
}
