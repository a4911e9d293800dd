import { Component, input } from '@angular/core';
import { Brand } from './brand';

/** The frame of the pages in front of the app: the mark, a heading and one card, with an ember’s glow behind. */
@Component({
  selector: 'app-entrance',
  imports: [Brand],
  template: `
    <main>
      <header>
        <app-brand />
        <ng-content select="[entranceStep]" />
        <h1>{{ heading() }}</h1>
        @if (lead()) {
          <p>{{ lead() }}</p>
        }
      </header>
      <ng-content />
    </main>
  `,
  styles: `
    :host {
      display: grid;
      min-block-size: 100dvh;
      background:
        radial-gradient(
          60rem 40rem at 50% 115%,
          color-mix(in srgb, var(--app-accent) 20%, transparent),
          transparent 70%
        ),
        var(--app-bg);
    }
    main {
      display: grid;
      gap: 1.5rem;
      align-content: center;
      inline-size: min(100%, var(--entrance-width, 26rem));
      margin-inline: auto;
      padding: 2rem 1.25rem 3rem;
    }
    header {
      display: grid;
      gap: 0.625rem;
      justify-items: center;
      text-align: center;
    }
    app-brand {
      inline-size: 3.5rem;
      block-size: 3.5rem;
      margin-block-end: 0.5rem;
    }
    p {
      max-inline-size: 32rem;
      color: var(--app-text-2);
      text-wrap: pretty;
    }
  `,
})
export class Entrance {
  readonly heading = input.required<string>();
  readonly lead = input('');
}
