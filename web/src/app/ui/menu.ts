import { Component, DOCUMENT, type ElementRef, inject, input, signal, viewChild } from '@angular/core';

let lastId = 0;
/** Distance to the button and to the edge of the screen (px). */
const gap = 8;

/**
 * A menu that opens from a button, on the browser’s own popover (top layer, Escape and outside clicks close it).
 * The button is `[menuButton]`, the entries are `[role=menuitem]` or `menuitemcheckbox`/`menuitemradio` inside.
 */
@Component({
  selector: 'app-menu',
  template: `
    <span class="trigger" #trigger>
      <ng-content select="[menuButton]" />
    </span>
    <div
      #panel
      class="panel"
      role="menu"
      popover="auto"
      tabindex="-1"
      [id]="id"
      [attr.aria-label]="label()"
      (toggle)="toggled($event)"
      (keydown)="move($event)"
      (click)="picked($event)"
    >
      <ng-content />
    </div>
  `,
  styleUrl: './menu.css',
  host: { '(click)': 'toggle($event)', '(keydown.arrowdown)': 'openFromKey($event)' },
})
export class Menu {
  readonly label = input.required<string>();
  /** Keep it open after a choice: for menus where several can be chosen. */
  readonly multiple = input(false);
  readonly open = signal(false);
  protected readonly id = `menu-${++lastId}`;
  readonly #document = inject(DOCUMENT);
  private readonly trigger = viewChild.required<ElementRef<HTMLElement>>('trigger');
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');
  /** An outside click on the button itself has closed the menu already when `click` arrives. */
  #closedAt = 0;

  protected toggle(event: Event): void {
    if (!this.#fromButton(event) || Date.now() - this.#closedAt < 120) return;
    this.panel().nativeElement.togglePopover();
  }

  protected openFromKey(event: Event): void {
    if (!this.#fromButton(event)) return;
    event.preventDefault();
    this.panel().nativeElement.showPopover();
  }

  /** For entries that came after it was opened. */
  focusFirst(): void {
    const items = this.#items();
    if (!items.some((item) => item === this.#document.activeElement)) items[0]?.focus();
  }

  close(): void {
    this.panel().nativeElement.hidePopover();
  }

  protected toggled(event: ToggleEvent): void {
    const open = event.newState === 'open';
    this.open.set(open);
    const button = this.#button();
    button?.setAttribute('aria-expanded', String(open));
    button?.setAttribute('aria-haspopup', 'menu');
    if (!open) {
      this.#closedAt = Date.now();
      if (this.#document.activeElement === this.#document.body) button?.focus();
      return;
    }
    this.#place();
    const chosen = this.#items().find((item) => item.ariaChecked === 'true');
    (this.multiple() ? this.#items()[0] : (chosen ?? this.#items()[0]))?.focus();
  }

  protected move(event: KeyboardEvent): void {
    const items = this.#items();
    const at = items.findIndex((item) => item === this.#document.activeElement);
    const to: Record<string, number> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    if (event.key === 'Tab') this.close();
    const target = to[event.key] ?? this.#typed(event, items, at);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    items[target]?.focus();
  }

  protected picked(event: MouseEvent): void {
    if (this.multiple() || !(event.target instanceof Element) || !event.target.closest('[role^=menuitem]'))
      return;
    this.close();
    this.#button()?.focus();
  }

  /** The next entry that begins with the typed letter. */
  #typed(event: KeyboardEvent, items: HTMLElement[], at: number): number | undefined {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return;
    const begins = (item: HTMLElement) =>
      item.innerText.trim().toLowerCase().startsWith(event.key.toLowerCase());
    const order = items.map((_, step) => (at + 1 + step) % items.length);
    return order.find((index) => items[index] && begins(items[index]));
  }

  #fromButton(event: Event): boolean {
    return event.target instanceof Node && this.trigger().nativeElement.contains(event.target);
  }

  #button(): HTMLElement | null {
    return this.trigger().nativeElement.querySelector<HTMLElement>('[menuButton]');
  }

  #items(): HTMLElement[] {
    return [...this.panel().nativeElement.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
  }

  #place(): void {
    const anchor = (this.#button() ?? this.trigger().nativeElement).getBoundingClientRect();
    const panel = this.panel().nativeElement;
    const root = this.#document.documentElement;
    const { offsetWidth: width, offsetHeight: height } = panel;
    const rightToLeft = root.dir === 'rtl';
    const wanted = rightToLeft ? anchor.right - width : anchor.left;
    const left = Math.min(Math.max(gap, wanted), root.clientWidth - width - gap);
    const below = anchor.bottom + gap;
    const fits = below + height <= root.clientHeight - gap;
    panel.style.left = `${left}px`;
    panel.style.top = `${fits ? below : Math.max(gap, anchor.top - height - gap)}px`;
  }
}
