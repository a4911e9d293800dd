import {
  afterRenderEffect,
  Component,
  type ElementRef,
  inject,
  input,
  model,
  viewChild,
} from '@angular/core';
import { IconButton } from './icon-button';
import { UI_WORDS } from './words';

let lastId = 0;

/**
 * A dialog over the page on the browser’s own `<dialog>`: focus stays inside, Escape and a click outside close it.
 * Content goes in the middle, `[dialogActions]` below: `<app-dialog heading="…" [(open)]="editing">…</app-dialog>`.
 */
@Component({
  selector: 'app-dialog',
  imports: [IconButton],
  template: `
    <dialog #dialog [attr.aria-labelledby]="headingId" (close)="open.set(false)">
      @if (open()) {
        <div class="sheet">
          <header>
            <h2 [id]="headingId">{{ heading() }}</h2>
            <button appIconButton icon="close" [label]="words().close" (click)="open.set(false)"></button>
          </header>
          <div class="body"><ng-content /></div>
          <footer><ng-content select="[dialogActions]" /></footer>
        </div>
      }
    </dialog>
  `,
  styleUrl: './dialog.css',
  host: { '(click)': 'outside($event)' },
})
export class Dialog {
  readonly heading = input.required<string>();
  readonly open = model(false);
  protected readonly words = inject(UI_WORDS);
  protected readonly headingId = `dialog-${++lastId}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    // After rendering: the content must be there for the focus to go into it.
    afterRenderEffect(() => {
      const dialog = this.dialog().nativeElement;
      if (this.open() && !dialog.open) dialog.showModal();
      else if (!this.open() && dialog.open) dialog.close();
    });
  }

  /** The sheet covers the dialog but for its backdrop, whose clicks arrive on the dialog itself. */
  protected outside(event: MouseEvent): void {
    if (event.target === this.dialog().nativeElement) this.open.set(false);
  }
}
