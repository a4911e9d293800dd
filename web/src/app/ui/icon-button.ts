import { Component, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import { Tooltip } from './tooltip';

/** A round button that is only a symbol: `<button appIconButton icon="close" label="Close"></button>`. Also for links. */
@Component({
  selector: 'button[appIconButton], a[appIconButton]',
  imports: [Icon],
  template: `<app-icon [name]="icon()" />`,
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      flex: none;
      inline-size: 2.75rem;
      block-size: 2.75rem;
      padding: 0;
      border: 0;
      border-radius: var(--app-radius-pill);
      background: transparent;
      color: var(--app-text-2);
      cursor: pointer;
      transition:
        background-color var(--app-fast) var(--app-ease),
        color var(--app-fast) var(--app-ease);
    }
    :host(:hover) {
      background: color-mix(in srgb, var(--app-text) 10%, transparent);
      color: var(--app-text);
    }
    :host(.filled) {
      background: var(--app-surface-3);
      color: var(--app-text);
    }
    :host(.filled:hover) {
      background: var(--app-surface-4);
    }
    :host(.on) {
      color: var(--app-accent-text);
    }
    :host(:disabled) {
      opacity: 0.4;
      cursor: not-allowed;
    }
  `,
  hostDirectives: [{ directive: Tooltip, inputs: ['appTooltip: label'] }],
  host: { '[attr.aria-label]': 'label()', '[attr.type]': 'type()' },
})
export class IconButton {
  readonly icon = input.required<IconName>();
  readonly label = input.required<string>();
  readonly type = input<'button' | 'submit' | null>('button');
}
