import { Component, input, output } from '@angular/core';
import { Icon } from './icon';

/** The card of a page in front of the app: what went wrong, the fields (as content) and the one way on. */
@Component({
  selector: 'app-entrance-form',
  imports: [Icon],
  template: `
    <form class="card" (submit)="$event.preventDefault(); submitted.emit()">
      @if (trouble()) {
        <p class="trouble" role="alert"><app-icon name="error" />{{ trouble() }}</p>
      }
      <ng-content />
      <button class="button primary large" type="submit" [disabled]="disabled()">{{ action() }}</button>
    </form>
  `,
  styleUrls: ['./trouble.css', './entrance-form.css'],
})
export class EntranceForm {
  readonly trouble = input('');
  /** What the button says. */
  readonly action = input.required<string>();
  readonly disabled = input(false);
  readonly submitted = output();
}
