import { Component, computed, DOCUMENT, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Source, TitleDetail } from '@hearth/contract/title';
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatEpisodeCode,
  formatResolution,
  formatYears,
} from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { TitleActions } from '../core/title-actions';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { ProgressBar } from '../ui/progress-bar';
import { TitleScene } from '../ui/title-scene';
import { titleMessages } from './messages';
import { bestSource, pictureOf, playsDirectly } from './source-facts';

/** The first screen of a title: what it is, and one Play that says what it will do. */
@Component({
  selector: 'app-title-head',
  imports: [Icon, IconButton, Menu, ProgressBar, RouterLink, TitleScene],
  templateUrl: './title-head.html',
  styleUrl: '../ui/title-actions.css',
})
export class TitleHead {
  readonly title = input.required<TitleDetail>();
  readonly sources = input<readonly Source[]>();
  /** Where the best that is not here plays. */
  readonly found = input<string>();
  readonly edit = output();
  /** What should show now, before the server has confirmed it. */
  readonly changed = output<Partial<TitleDetail>>();

  readonly #i18n = inject(I18n);
  readonly #actions = inject(TitleActions);
  readonly #document = inject(DOCUMENT);
  protected readonly session = inject(Session);
  protected readonly t = translator(titleMessages);

  protected readonly facts = computed(() => {
    const { type, year, endYear, runtimeSeconds, episodeCount } = this.title();
    const runtime =
      type === 'movie' && runtimeSeconds ? formatDuration(runtimeSeconds, this.#i18n.locale()) : '';
    const episodes = episodeCount ? this.t('episodes', { count: episodeCount }) : '';
    return [formatYears(type, year, endYear), runtime, episodes].filter(Boolean);
  });
  protected readonly tags = computed(() => {
    const { contentRating, maxHeight, hdr } = this.title();
    return [contentRating ?? '', maxHeight ? formatResolution(maxHeight) : '', hdr ? 'HDR' : ''].filter(
      Boolean,
    );
  });
  protected readonly makers = computed(() => {
    const { credits, studio, originalName, name } = this.title();
    const names = (role: 'director' | 'writer') =>
      credits
        .filter((credit) => credit.role === role)
        .slice(0, 3)
        .map((credit) => credit.name)
        .join(', ');
    return [
      { label: this.t('originalName'), value: originalName === name ? '' : (originalName ?? '') },
      { label: this.t('directedBy'), value: names('director') },
      { label: this.t('writtenBy'), value: names('writer') },
      { label: this.t('studio'), value: studio ?? '' },
    ].filter(({ value }) => value);
  });

  protected readonly resume = computed(() => Math.floor(this.title().upNext?.resumeSeconds ?? 0));
  protected readonly percent = computed(() => {
    const { upNext, state } = this.title();
    const total =
      upNext?.episode?.state?.durationSeconds ??
      upNext?.episode?.runtimeSeconds ??
      state?.durationSeconds ??
      0;
    return this.resume() > 0 && total > 0 ? Math.min(100, (this.resume() / total) * 100) : 0;
  });
  protected readonly playText = computed(() => {
    const episode = this.title().upNext?.episode;
    if (!episode) return this.t(this.resume() > 0 ? 'resume' : 'play');
    const { seasonNumber, number } = episode;
    if (seasonNumber === 0) return this.t(this.resume() > 0 ? 'resumeSpecial' : 'playSpecial', { number });
    const code = formatEpisodeCode(seasonNumber, number);
    return this.t(this.resume() > 0 ? 'resumeEpisode' : 'playEpisode', { code });
  });
  protected readonly playLink = computed(() => {
    const episode = this.title().upNext?.episode;
    return episode ? paths.watch('episode', episode.id) : paths.watch('title', this.title().id);
  });
  /** What Play will play and why, in one small line. */
  protected readonly playLine = computed(() => {
    const sources = this.sources();
    const source = sources && bestSource(sources);
    if (!source) return '';
    const versions = sources.filter((other) => other.extraKind === null && other.available).length;
    const video = this.#document.createElement('video');
    const direct = playsDirectly(source, (type) => video.canPlayType(type));
    return [
      this.title().upNext?.episode?.name ?? '',
      pictureOf(source) || source.label,
      formatBytes(source.size, this.#i18n.locale()),
      versions > 1 ? this.t('bestVersion', { count: versions }) : '',
      direct ? this.t('playsAsIs') : '',
      this.resume() > 0 ? this.t('resumesAt', { time: formatClock(this.resume()) }) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  });
  protected readonly watched = computed(() => {
    const { type, state, unwatchedCount } = this.title();
    return type === 'movie' ? (state?.watched ?? false) : unwatchedCount === 0;
  });

  protected toggleFavorite(): void {
    const { id, name, favorite } = this.title();
    void this.#actions.perform({
      apply: () => this.changed.emit({ favorite: !favorite }),
      revert: () => this.changed.emit({ favorite }),
      save: () => this.#actions.saveFavorite(id, !favorite),
      unsave: () => this.#actions.saveFavorite(id, favorite),
      texts: this.#texts(favorite ? 'noFavorite' : 'nowFavorite', name),
    });
  }

  protected toggleWatched(): void {
    const { id, name, type, state, unwatchedCount, episodeCount, upNext, runtimeSeconds } = this.title();
    const watched = !this.watched();
    const durationSeconds = state?.durationSeconds ?? runtimeSeconds ?? 0;
    const shown: Partial<TitleDetail> =
      type === 'series'
        ? { unwatchedCount: watched ? 0 : episodeCount }
        : {
            state: { positionSeconds: 0, durationSeconds, watched, updatedAt: null },
            upNext: upNext && { ...upNext, resumeSeconds: 0 },
          };
    void this.#actions.perform({
      apply: () => this.changed.emit(shown),
      revert: () => this.changed.emit({ state, unwatchedCount, upNext }),
      save: () => this.#actions.saveWatched({ titleId: id }, watched),
      unsave: () => this.#actions.saveWatched({ titleId: id }, !watched),
      texts: this.#texts(watched ? 'nowWatched' : 'nowUnwatched', name),
    });
  }

  #texts(done: 'nowWatched' | 'nowUnwatched' | 'nowFavorite' | 'noFavorite', name: string) {
    return { done: this.t(done, { name }), undo: this.t('undo'), failed: this.t('notSaved') };
  }
}
