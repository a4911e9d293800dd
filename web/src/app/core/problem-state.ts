import { Component, input, output } from '@angular/core';
import { ErrorState } from '../ui/error-state';
import type { ApiProblem } from './api/problem';
import { problemWords } from './i18n/problem-words';

/** What could not be read, in words, and reading it again. */
@Component({
  selector: 'app-problem-state',
  imports: [ErrorState],
  template: `
    <app-error-state
      [heading]="heading()"
      [level]="level()"
      [message]="words.message(problem())"
      [details]="words.details(problem())"
      (retry)="retry.emit()"
    />
  `,
  styles: ':host { display: contents; }',
})
export class ProblemState {
  readonly heading = input.required<string>();
  /** 1 where it is all there is on the page. */
  readonly level = input<1 | 2>(2);
  readonly problem = input.required<ApiProblem>();
  readonly retry = output();
  protected readonly words = problemWords();
}
