import { Component, computed, ElementRef, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { libraryRoutes } from '@hearth/contract/library';
import { type PlayState, titleRoutes, type WatchCard } from '@hearth/contract/title';
import { resource } from '../core/api/resource';
import { formatDuration } from '../core/format';
import { discoverRows } from '../core/found/discover-rows';
import { FoundRows } from '../core/found/found-rows';
import { I18n, translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { ProblemState } from '../core/problem-state';
import { Carousel } from '../ui/carousel';
import { EmptyState } from '../ui/empty-state';
import { arrowDirections, moveFocus } from '../ui/spatial';
import { StillCard } from '../ui/still-card';
import { TitleCard } from '../ui/title-card';
import { Hero } from './hero';
import { homeMessages } from './messages';
import { ScanProgress } from './scan-progress';

/** Rows of what is not in the house; the others are on Discover. */
const mostFound = 6;

/** What you would most likely watch, and rows of what else there is. */
@Component({
  selector: 'app-home',
  imports: [
    Carousel,
    EmptyState,
    FoundRows,
    Hero,
    ProblemState,
    RouterLink,
    ScanProgress,
    StillCard,
    TitleCard,
  ],
  templateUrl: './home.html',
  styleUrl: './home.css',
  host: { '(keydown)': 'steer($event)' },
})
export class Home {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #i18n = inject(I18n);
  protected readonly t = translator(homeMessages);
  protected readonly session = inject(Session);
  protected readonly paths = paths;

  protected readonly home = resource(titleRoutes.home, () => ({}));
  protected readonly libraries = resource(libraryRoutes.list, () => ({}));
  /** Below what the house has: nothing above moves when they come, and without them nothing is missing. */
  protected readonly found = discoverRows({ away: true, limit: mostFound });

  protected readonly empty = computed(() => {
    const home = this.home.value();
    return home !== undefined && home.recentlyAdded.length === 0 && home.continueWatching.length === 0;
  });
  protected readonly watchRows = computed(() => {
    const { continueWatching = [], nextUp = [] } = this.home.value() ?? {};
    const rows = [
      { key: 'continue', heading: 'continueWatching', cards: continueWatching },
      { key: 'next', heading: 'nextUp', cards: nextUp },
    ] as const;
    return rows.filter(({ cards }) => cards.length > 0);
  });
  protected readonly scanning = computed(() =>
    (this.libraries.value()?.items ?? []).some((library) => library.scanJobId),
  );
  constructor() {
    reloadOn(['library.changed', 'playstate.changed', 'favorites.changed'], () => {
      this.home.reload();
      this.libraries.reload();
    });
  }

  protected watchLink(card: WatchCard): string {
    return card.episode ? paths.watch('episode', card.episode.id) : paths.watch('title', card.title.id);
  }

  protected stateOf({ title, episode }: WatchCard): PlayState | null {
    return episode ? episode.state : title.state;
  }

  protected note(card: WatchCard): string {
    const { title, episode } = card;
    const state = this.stateOf(card);
    const left = state && !state.watched ? state.durationSeconds - state.positionSeconds : 0;
    const code = episode
      ? `${episode.seasonNumber}×${String(episode.number).padStart(2, '0')} ${episode.name}`
      : '';
    const time = left > 0 ? this.t('left', { time: formatDuration(left, this.#i18n.locale()) }) : '';
    return [code, time].filter(Boolean).join(' · ') || String(title.year ?? '');
  }

  /** A remote’s up and down go from row to row; left and right belong to the rows. */
  protected steer(event: KeyboardEvent): void {
    const direction = arrowDirections[event.key];
    if (direction !== 'up' && direction !== 'down') return;
    if (event.target instanceof HTMLElement && moveFocus(this.#host, event.target, direction))
      event.preventDefault();
  }
}
