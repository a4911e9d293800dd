import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { FoundTitle } from '@hearth/contract/discover';
import type { TitleSources } from '@hearth/contract/source';
import { formatDuration, formatYears } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { winnerOf } from '../core/sources/source-order';
import { linkOf } from '../core/sources/source-table';
import { Icon } from '../ui/icon';
import { TitleScene } from '../ui/title-scene';
import { discoverMessages } from './messages';

/** The first screen of a found title: what it is, and a Play that takes the best source there is. */
@Component({
  selector: 'app-found-head',
  imports: [Icon, RouterLink, TitleScene],
  templateUrl: './found-head.html',
  styleUrl: '../ui/title-actions.css',
})
export class FoundHead {
  readonly title = input.required<FoundTitle>();
  /** Of the episode that Play takes; empty for a film. */
  readonly code = input('');
  /** Undefined until the first answer. */
  readonly sources = input<TitleSources>();
  readonly failed = input(false);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(discoverMessages);
  protected readonly paths = paths;

  protected readonly facts = computed(() => {
    const { type, year, endYear, runtimeSeconds } = this.title();
    const runtime =
      runtimeSeconds && type === 'movie' ? formatDuration(runtimeSeconds, this.#i18n.locale()) : '';
    const kind = type === 'series' && endYear !== null ? 'series' : 'movie';
    return [formatYears(kind, year, endYear), runtime].filter(Boolean);
  });
  protected readonly tags = computed(() => [this.title().contentRating ?? ''].filter(Boolean));
  protected readonly makers = computed(() => {
    const { credits, studio, originalName, name } = this.title();
    const directors = credits.filter(({ role }) => role === 'director').slice(0, 3);
    return [
      { label: this.t('originalName'), value: originalName === name ? '' : (originalName ?? '') },
      { label: this.t('directedBy'), value: directors.map((credit) => credit.name).join(', ') },
      { label: this.t('studio'), value: studio ?? '' },
    ].filter(({ value }) => value);
  });
  protected readonly playLink = computed(() => {
    const best = winnerOf(this.sources()?.items ?? []);
    return best && linkOf(best);
  });
  protected readonly playText = computed(() =>
    this.code() ? this.t('playEpisode', { code: this.code() }) : this.t('play'),
  );
  protected readonly looking = computed(() => !this.failed() && (this.sources()?.searching ?? true));
}
