import { Component, input } from '@angular/core';
import type { IconName } from './icon-names';

/** A symbol from public/icons.svg (see icon-sheet) in the colour of its text; it says nothing to screen readers. */
@Component({
  selector: 'app-icon',
  template: `<svg focusable="false">
    <use [attr.href]="'#icon-' + name()" />
  </svg>`,
  styles: `
    :host {
      display: inline-block;
      flex: none;
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: currentcolor;
    }
  `,
  host: { 'aria-hidden': 'true' },
})
export class Icon {
  readonly name = input.required<IconName>();
}
