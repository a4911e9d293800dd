import { Directive, ElementRef, inject } from '@angular/core';
import { arrowDirections, moveFocus } from './spatial';

/** Keys of their own: fields, menus and dialogs. */
const busy = 'input, select, textarea, dialog, [popover]';

/** The arrows of a remote go from control to control in here, to the nearest in their direction. */
@Directive({ selector: '[appArrowArea]', host: { '(keydown)': 'steer($event)' } })
export class ArrowArea {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected steer(event: KeyboardEvent): void {
    const direction = arrowDirections[event.key];
    const from = event.target;
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!(from instanceof HTMLElement) || from.closest(busy)) return;
    if (moveFocus(this.#host, from, direction)) event.preventDefault();
  }
}
