import { Component } from '@angular/core';

/** The mark: an arch with an ember in it. */
@Component({
  selector: 'app-brand',
  template: `
    <svg viewBox="8 8 48 48" aria-hidden="true" focusable="false">
      <path class="arch" d="M14 52V31a18 18 0 0 1 36 0v21" />
      <path
        class="ember"
        d="M32 24c1 6 9 10 9 18.500a9 9 0 0 1-18 0c0-4 2-6 3.500-8.500.8 2.600 2 3.700 3.500 4.500-.8-5 .2-10 2-14.500z"
      />
    </svg>
  `,
  styles: `
    :host {
      display: inline-block;
      inline-size: 2rem;
      block-size: 2rem;
    }
    .arch {
      fill: none;
      stroke: currentcolor;
      stroke-width: 5;
      stroke-linecap: round;
    }
    .ember {
      fill: var(--app-accent);
    }
  `,
})
export class Brand {}
