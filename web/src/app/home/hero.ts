import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Home } from '@hearth/contract/title';
import { formatDuration, formatYears } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { hueOf, titleHue } from '../ui/artwork-color';
import { Icon } from '../ui/icon';
import { Picture } from '../ui/picture';
import { Poster } from '../ui/poster';
import { ProgressBar } from '../ui/progress-bar';
import { heroChoice } from './hero-choice';
import { homeMessages } from './messages';

/** The one thing you would most likely go on with, large. */
@Component({
  selector: 'app-hero',
  imports: [Icon, Picture, Poster, ProgressBar, RouterLink],
  templateUrl: './hero.html',
  styleUrl: './hero.css',
  host: { '[style.--hue]': 'hue()' },
})
export class Hero {
  readonly home = input.required<Home>();
  readonly #i18n = inject(I18n);
  protected readonly t = translator(homeMessages);
  protected readonly paths = paths;

  protected readonly choice = computed(() => heroChoice(this.home()));
  protected readonly hue = computed(() => {
    const choice = this.choice();
    const color = choice?.card.backdrop?.color ?? choice?.card.title.poster?.color;
    return (color ? hueOf(color) : null) ?? titleHue(choice?.card.title.name ?? '');
  });
  protected readonly facts = computed(() => {
    const title = this.choice()?.card.title;
    if (!title) return [];
    const runtime = title.runtimeSeconds ? formatDuration(title.runtimeSeconds, this.#i18n.locale()) : '';
    return [
      formatYears(title.type, title.year, title.endYear),
      title.type === 'movie' ? runtime : '',
      ...title.genres.slice(0, 3),
    ].filter(Boolean);
  });
  protected readonly left = computed(() => {
    const seconds = this.choice()?.secondsLeft ?? 0;
    return seconds > 0 ? this.t('left', { time: formatDuration(seconds, this.#i18n.locale()) }) : '';
  });
  protected readonly watch = computed(() => {
    const card = this.choice()?.card;
    if (!card) return paths.home();
    return card.episode ? paths.watch('episode', card.episode.id) : paths.watch('title', card.title.id);
  });
}
