import { Component, input, output, viewChild } from '@angular/core';
import type { TitleCard as Title } from '@hearth/contract/title';
import { TitleCard } from './title-card';
import { Wall, type WallRange } from './wall';
import type { Density } from './wall-layout';

/** A wall of posters: `at(index)` gives a title, or undefined while it is on its way. */
@Component({
  selector: 'app-poster-wall',
  imports: [TitleCard, Wall],
  template: `
    <app-wall
      [total]="total()"
      [label]="label()"
      [density]="density()"
      (wanted)="wanted.emit($event)"
      (seen)="seen.emit($event)"
    >
      <ng-template let-index let-sizes="sizes" let-priority="priority">
        @if (at()(index); as title) {
          <app-title-card [title]="title" [link]="linkOf()(title)" [sizes]="sizes" [priority]="priority" />
        } @else {
          <div class="skeleton art"></div>
          <div class="skeleton line"></div>
        }
      </ng-template>
    </app-wall>
  `,
  styles: `
    :host {
      display: block;
    }
    .art {
      aspect-ratio: 2 / 3;
      margin-block-end: 0.75rem;
      border-radius: var(--app-radius);
    }
    .line {
      inline-size: 70%;
      block-size: 0.875rem;
    }
  `,
})
export class PosterWall {
  readonly total = input.required<number>();
  /** Reads signals, so that cards appear when they arrive. */
  readonly at = input.required<(index: number) => Title | undefined>();
  readonly linkOf = input.required<(title: Title) => string>();
  readonly label = input.required<string>();
  readonly density = input<Density>('roomy');
  readonly wanted = output<WallRange>();
  /** What is on screen. */
  readonly seen = output<WallRange>();
  private readonly wall = viewChild.required(Wall);

  /** Brings the row of `index` to the top of the screen, `inset` px below its edge. */
  jumpTo(index: number, inset: number): void {
    this.wall().jumpTo(index, inset);
  }

  /** The index of the first title below `inset` px from the top of the screen. */
  firstVisible(inset: number): number {
    return this.wall().firstVisible(inset);
  }
}
