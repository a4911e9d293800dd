import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Image } from '@hearth/contract/title';
import { Poster } from './poster';

/** An album or an artist: a square cover with two lines; one link. */
@Component({
  selector: 'app-cover-card',
  imports: [Poster, RouterLink],
  template: `
    <a [routerLink]="link()">
      <span class="art" [class.round]="round()" [class.gone]="!available()">
        <app-poster
          shape="square"
          [image]="image()"
          [name]="name()"
          [note]="note()"
          [sizes]="sizes()"
          [priority]="priority()"
        />
      </span>
      <span class="name"
        ><bdi>{{ name() }}</bdi></span
      >
      <span class="note"
        ><bdi>{{ note() }}</bdi></span
      >
    </a>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    a {
      display: block;
      border-radius: var(--app-radius);
    }
    .art {
      display: block;
      overflow: hidden;
      margin-block-end: 0.5rem;
      border-radius: var(--app-radius);
      background: var(--app-surface-2);
      transition: translate var(--app-fast) var(--app-ease);
    }
    .round {
      border-radius: 50%;
    }
    .gone {
      opacity: 0.45;
    }
    a:hover .art {
      translate: 0 -3px;
    }
    .name,
    .note {
      display: block;
      overflow: hidden;
      font-size: var(--app-text-sm);
      line-height: 1.35;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .name {
      font-weight: 600;
    }
    .note {
      min-block-size: 1.35em;
      color: var(--app-text-3);
    }
  `,
})
export class CoverCard {
  readonly name = input.required<string>();
  readonly note = input('');
  readonly image = input.required<Image | null>();
  readonly link = input.required<string>();
  readonly round = input(false);
  readonly available = input(true);
  readonly sizes = input('(max-width: 767px) 33vw, 200px');
  readonly priority = input(false);
}
