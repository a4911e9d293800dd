import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Image, PlayState } from '@hearth/contract/title';
import { Icon } from './icon';
import { Poster } from './poster';
import { UI_WORDS } from './words';

/** Something to play right now, as a wide picture: a film, or an episode of a series. */
@Component({
  selector: 'app-still-card',
  imports: [Icon, Poster, RouterLink],
  templateUrl: './still-card.html',
  styleUrl: './still-card.css',
})
export class StillCard {
  readonly image = input.required<Image | null>();
  readonly name = input.required<string>();
  /** The line below: episode, time left. */
  readonly note = input('');
  readonly state = input<PlayState | null>(null);
  readonly link = input.required<string>();
  readonly priority = input(false);
  protected readonly words = inject(UI_WORDS);

  protected readonly percent = computed(() => {
    const state = this.state();
    if (!state || state.watched || state.durationSeconds <= 0) return 0;
    return Math.round(Math.min(100, (state.positionSeconds / state.durationSeconds) * 100));
  });
}
