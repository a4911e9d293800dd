import { Component, computed, effect, ElementRef, inject, input, output, viewChild } from '@angular/core';
import { type Episode, type Season, type TitleDetail, titleRoutes } from '@hearth/contract/title';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { ProblemState } from '../core/problem-state';
import { TitleActions } from '../core/title-actions';
import { IconButton } from '../ui/icon-button';
import { EpisodeRow } from './episode-row';
import { titleMessages } from './messages';

/** Seasons as tabs, the episodes of the open one as rows. */
@Component({
  selector: 'app-seasons',
  imports: [EpisodeRow, IconButton, ProblemState],
  templateUrl: './seasons.html',
  styleUrl: './seasons.css',
})
export class Seasons {
  readonly title = input.required<TitleDetail>();
  /** Wanted by the address. */
  readonly season = input<string>();
  readonly episode = input<string>();
  readonly opened = output<number>();
  /** The episode the address names, once it is known. */
  readonly named = output<Episode | undefined>();
  /** An episode whose sources are wanted. */
  readonly chosen = output<Episode>();

  readonly #actions = inject(TitleActions);
  protected readonly t = translator(titleMessages);
  private readonly tabs = viewChild<ElementRef<HTMLElement>>('tabs');

  readonly #id = computed(() => this.title().id);
  protected readonly seasons = resource(titleRoutes.seasons, () => ({ id: this.#id() }));
  /** Numbered seasons first, specials at the end. */
  protected readonly list = computed(() =>
    (this.seasons.value()?.items ?? []).toSorted((a, b) => (a.number || Infinity) - (b.number || Infinity)),
  );
  /** The season the address names, else that of what Play would play, else the first. */
  protected readonly current = computed(() => {
    const list = this.list();
    const wanted = [Number(this.season() ?? NaN), this.title().upNext?.episode?.seasonNumber];
    return wanted.map((number) => list.find((season) => season.number === number)).find(Boolean) ?? list[0];
  });
  readonly #number = computed(() => this.current()?.number);
  protected readonly episodes = resource(titleRoutes.episodes, () => {
    const season = this.#number();
    return season === undefined ? undefined : { id: this.#id(), season };
  });

  constructor() {
    effect(() => this.named.emit(this.episodes.value()?.items.find(({ id }) => id === this.episode())));
    reloadOn(['library.changed', 'playstate.changed'], () => {
      this.seasons.reload();
      this.episodes.reload();
    });
  }

  protected nameOf(season: Season): string {
    if (season.number === 0) return this.t('specials');
    // Servers name seasons in their own language; a plain number is better said in the reader’s.
    return /^\D{0,12}\d+$/.test(season.name) || !season.name
      ? this.t('season', { number: season.number })
      : season.name;
  }

  protected watchEpisode(episode: Episode, watched: boolean): void {
    const before = episode.state;
    const show = (state: Episode['state']) =>
      this.episodes.update(({ items }) => ({
        items: items.map((other) => (other.id === episode.id ? { ...other, state } : other)),
      }));
    const durationSeconds = before?.durationSeconds ?? episode.runtimeSeconds ?? 0;
    void this.#actions.perform({
      apply: () => show({ positionSeconds: 0, durationSeconds, watched, updatedAt: null }),
      revert: () => show(before),
      save: () => this.#actions.saveWatched({ episodeId: episode.id }, watched),
      unsave: () => this.#actions.saveWatched({ episodeId: episode.id }, !watched),
      texts: this.#texts(watched, episode.name),
    });
  }

  protected watchSeason(season: Season): void {
    const watched = season.unwatchedCount > 0;
    const before = this.episodes.value();
    const show = (unwatchedCount: number) => {
      this.seasons.update(({ items }) => ({
        items: items.map((other) => (other.id === season.id ? { ...other, unwatchedCount } : other)),
      }));
    };
    void this.#actions.perform({
      apply: () => {
        show(watched ? 0 : season.episodeCount);
        this.episodes.update(({ items }) => ({
          items: items.map((item) => ({
            ...item,
            state: {
              positionSeconds: 0,
              durationSeconds: item.runtimeSeconds ?? 0,
              watched,
              updatedAt: null,
            },
          })),
        }));
      },
      revert: () => {
        show(season.unwatchedCount);
        if (before) this.episodes.update(() => before);
      },
      save: () => this.#actions.saveWatched({ seasonId: season.id }, watched),
      unsave: () => this.#actions.saveWatched({ seasonId: season.id }, !watched),
      texts: this.#texts(watched, this.nameOf(season)),
    });
  }

  /** Tabs by arrow keys (WAI-ARIA tabs pattern). */
  protected move(event: KeyboardEvent): void {
    const list = this.list();
    const at = list.findIndex((season) => season === this.current());
    const side = getComputedStyle(document.documentElement).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: at + side,
      ArrowLeft: at - side,
      Home: 0,
      End: list.length - 1,
    };
    const target = list[steps[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    this.opened.emit(target.number);
    this.tabs()?.nativeElement.querySelector<HTMLElement>(`[data-season="${target.number}"]`)?.focus();
  }

  #texts(watched: boolean, name: string) {
    return {
      done: this.t(watched ? 'nowWatched' : 'nowUnwatched', { name }),
      undo: this.t('undo'),
      failed: this.t('notSaved'),
    };
  }
}
