import { Component, input, model, output } from '@angular/core';
import { Dialog } from './dialog';

/** Asks before something that can’t be taken back. Says exactly what will happen. */
@Component({
  selector: 'app-confirm',
  imports: [Dialog],
  template: `
    <app-dialog [heading]="heading()" [(open)]="open">
      <p>{{ message() }}</p>
      <ng-content />
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="open.set(false)">{{ cancelLabel() }}</button>
        <button class="button danger" type="button" (click)="confirmed.emit(); open.set(false)">
          {{ confirmLabel() }}
        </button>
      </ng-container>
    </app-dialog>
  `,
})
export class Confirm {
  readonly heading = input.required<string>();
  readonly message = input.required<string>();
  readonly confirmLabel = input.required<string>();
  readonly cancelLabel = input.required<string>();
  readonly open = model(false);
  /** Comes before `openChange`: what is asked about is still known. */
  readonly confirmed = output();
}
