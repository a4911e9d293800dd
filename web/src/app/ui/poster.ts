import { Component, computed, input } from '@angular/core';
import type { Image } from '@hearth/contract/title';
import { titleHue } from './artwork-color';
import { Picture } from './picture';

/** Artwork of a title, or a drawn cover with its name where there is none. Fills its parent's width. */
@Component({
  selector: 'app-poster',
  imports: [Picture],
  template: `
    @if (image(); as image) {
      <app-picture [image]="image" [sizes]="sizes()" [priority]="priority()" />
    } @else {
      <div class="cover" [style.--hue]="hue()" [class.long]="name().length > 28" aria-hidden="true">
        <bdi class="name">{{ name() }}</bdi>
        @if (note()) {
          <span class="note">{{ note() }}</span>
        }
      </div>
    }
  `,
  styleUrl: './poster.css',
  // Prefixed: a parent's own `.poster` or `.still` would hit the host too.
  host: { '[class]': '"shape-" + shape()' },
})
export class Poster {
  readonly image = input.required<Image | null>();
  readonly name = input.required<string>();
  /** A small line below the drawn name: the year, the episode. */
  readonly note = input('');
  readonly sizes = input('(max-width: 767px) 33vw, 200px');
  readonly shape = input<'poster' | 'still' | 'square'>('poster');
  readonly priority = input(false);
  protected readonly hue = computed(() => titleHue(this.name()));
}
