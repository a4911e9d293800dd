import { Directive, DOCUMENT, ElementRef, inject, input, type OnDestroy } from '@angular/core';

/** Time a pointer rests before the tooltip shows (ms); keyboard focus shows it at once. */
const restMs = 450;
/** Distance to the element and to the edge of the screen (px). */
const gap = 8;

/** A short hint above (or below) an element, in the top layer. Its text is the element's name already, so it is hidden from screen readers. */
@Directive({
  selector: '[appTooltip]',
  host: {
    '(pointerenter)': 'later($event)',
    '(pointerleave)': 'hide()',
    '(focus)': 'focused()',
    '(blur)': 'hide()',
    '(click)': 'hide()',
    '(keydown.escape)': 'hide()',
  },
})
export class Tooltip implements OnDestroy {
  readonly appTooltip = input.required<string>();
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #document = inject(DOCUMENT);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #bubble: HTMLElement | undefined;

  ngOnDestroy(): void {
    this.hide();
  }

  protected later(event: PointerEvent): void {
    if (event.pointerType === 'mouse') this.#timer = setTimeout(() => this.#show(), restMs);
  }

  protected focused(): void {
    // Not at once: a menu gives the focus back in the middle of its own closing, when nothing else may open (HTML,
    // 6.12: `showPopover` throws InvalidStateError then).
    if (this.#element.matches(':focus-visible')) this.#timer = setTimeout(() => this.#show());
  }

  protected hide(): void {
    clearTimeout(this.#timer);
    this.#bubble?.remove();
    this.#bubble = undefined;
  }

  #show(): void {
    if (this.#bubble || !this.appTooltip()) return;
    const bubble = this.#document.createElement('div');
    bubble.className = 'app-tooltip';
    bubble.popover = 'manual';
    bubble.ariaHidden = 'true';
    bubble.textContent = this.appTooltip();
    // Inside an open dialog, whatever lies outside it is inert.
    (this.#element.closest('dialog') ?? this.#document.body).append(bubble);
    if ('showPopover' in bubble) bubble.showPopover();
    this.#bubble = bubble;
    this.#place(bubble);
  }

  #place(bubble: HTMLElement): void {
    const anchor = this.#element.getBoundingClientRect();
    const { width, height } = bubble.getBoundingClientRect();
    const room = this.#document.documentElement.clientWidth;
    const left = Math.min(Math.max(gap, anchor.left + (anchor.width - width) / 2), room - width - gap);
    const above = anchor.top - height - gap;
    bubble.style.left = `${left}px`;
    bubble.style.top = `${above >= gap ? above : anchor.bottom + gap}px`;
  }
}
