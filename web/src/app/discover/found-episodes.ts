import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import type { FoundEpisode } from '@hearth/contract/discover';
import { formatDate, formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Poster } from '../ui/poster';
import { discoverMessages } from './messages';

/** Seasons, and the episodes of the open one; choosing one shows its sources. */
@Component({
  selector: 'app-found-episodes',
  imports: [Poster],
  templateUrl: './found-episodes.html',
  styleUrl: './found-episodes.css',
})
export class FoundEpisodes {
  readonly episodes = input.required<readonly FoundEpisode[]>();
  /** Whose sources are shown. */
  readonly current = input.required<FoundEpisode | undefined>();
  readonly chosen = output<string>();
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(discoverMessages);
  /** Numbered seasons first, specials at the end. */
  protected readonly seasons = computed(() =>
    [...new Set(this.episodes().map(({ season }) => season))].sort(
      (a, b) => (a || Infinity) - (b || Infinity),
    ),
  );
  protected readonly season = linkedSignal(() => this.current()?.season);
  protected readonly rows = computed(() =>
    this.episodes()
      .filter(({ season }) => season === this.season())
      .map((episode) => ({
        episode,
        name: episode.name ?? this.t('episode', { number: episode.episode }),
        facts: [
          episode.runtimeSeconds ? formatDuration(episode.runtimeSeconds, this.#locale()) : '',
          episode.airDate ? formatDate(episode.airDate, this.#locale()) : '',
        ]
          .filter(Boolean)
          .join(' · '),
      })),
  );

  protected nameOf(season: number): string {
    return season === 0 ? this.t('specials') : this.t('season', { number: season });
  }
}
