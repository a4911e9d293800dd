import { Component, computed, ElementRef, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { TitleCard as Title } from '@hearth/contract/title';
import { Icon } from './icon';
import { playedPercent } from './played';
import { Poster } from './poster';
import { UI_WORDS } from './words';

/** A title as its poster, with name, year and how far you are; one link. */
@Component({
  selector: 'app-title-card',
  imports: [Icon, Poster, RouterLink],
  templateUrl: './title-card.html',
  styleUrls: ['./card.css', './title-card.css'],
})
export class TitleCard {
  readonly title = input.required<Title>();
  readonly link = input.required<string>();
  readonly sizes = input('(max-width: 767px) 33vw, 200px');
  readonly priority = input(false);
  /** The link got the focus: grids and rows remember it. */
  readonly focused = output();
  protected readonly words = inject(UI_WORDS);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly percent = computed(() => Math.round(playedPercent(this.title().state)));
  protected readonly watched = computed(() => {
    const { type, state, unwatchedCount, episodeCount } = this.title();
    return type === 'movie' ? (state?.watched ?? false) : unwatchedCount === 0 && (episodeCount ?? 0) > 0;
  });
  protected readonly unwatched = computed(() => {
    const { unwatchedCount, episodeCount } = this.title();
    // A series nobody began needs no number: everything is to watch.
    return unwatchedCount !== null && unwatchedCount > 0 && unwatchedCount !== episodeCount
      ? unwatchedCount
      : 0;
  });
  /** What the card shows beside its name and year, in words. */
  protected readonly spoken = computed(() => {
    const words = this.words();
    return [
      this.watched() ? words.watched : '',
      this.percent() > 0 ? words.progress(this.percent()) : '',
      this.unwatched() > 0 ? words.unwatched(this.unwatched()) : '',
      this.title().available ? '' : words.unavailable,
    ]
      .filter(Boolean)
      .join(', ');
  });

  /** Names the artwork for the view transition, so that it travels to its place on the title page. */
  protected travel(): void {
    const art = this.#host.querySelector<HTMLElement>('.art');
    // A page whose own artwork bears the name keeps it: two of one name cancel the transition.
    if (!art || document.querySelector('[data-travels]')) return;
    art.style.setProperty('view-transition-name', 'poster');
    // Long enough for the old page to be captured, short enough that no second card gets the same name.
    setTimeout(() => art.style.removeProperty('view-transition-name'), 1000);
  }
}
