import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Image, PlayState } from '@hearth/contract/title';
import { Icon } from './icon';
import { playedPercent } from './played';
import { Poster } from './poster';
import { UI_WORDS } from './words';

/** Something to play right now, as a wide picture: a film, or an episode of a series. */
@Component({
  selector: 'app-still-card',
  imports: [Icon, Poster, RouterLink],
  templateUrl: './still-card.html',
  styleUrls: ['./card.css', './still-card.css'],
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

  protected readonly percent = computed(() => Math.round(playedPercent(this.state())));
}
