import { Component, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { titleRoutes, type TitleCard } from '@hearth/contract/title';
import { toProblem } from '../core/api/problem';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { titlesOnScreen } from '../core/sources/on-screen';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { PosterWall } from '../ui/poster-wall';
import type { WallRange } from '../ui/wall';
import type { Density } from '../ui/wall-layout';
import { type BrowseParams, filterOf, orderOf, sortOf } from './browse-query';
import { FilterBar, type FilterChange } from './filter-bar';
import { LetterRail } from './letter-rail';
import { browseMessages } from './messages';
import { Walls } from './walls';

/** How far below the top of the screen the wall begins to be seen (px): top bar and filter bar lie above. */
const inset = 148;

/** Everything of a kind as a wall of posters; the address holds all of its state. */
@Component({
  selector: 'app-browse',
  imports: [EmptyState, FilterBar, Icon, LetterRail, PosterWall, ProblemState],
  templateUrl: './browse.html',
  styleUrl: './browse.css',
  host: { '(window:scroll)': 'follow()' },
})
export class Browse {
  readonly #router = inject(Router);
  readonly #walls = inject(Walls);
  protected readonly t = translator(browseMessages);
  protected readonly problems = problemWords();

  // From the route and the address (withComponentInputBinding).
  readonly type = input<string>();
  readonly genre = input<string>();
  readonly year = input<string>();
  readonly minRating = input<string>();
  readonly contentRating = input<string>();
  readonly resolution = input<string>();
  readonly hdr = input<string>();
  readonly watched = input<string>();
  readonly favorite = input<string>();
  readonly personId = input<string>();
  /** The person’s name, for the chip alone. */
  readonly person = input<string>();
  readonly libraryId = input<string>();
  readonly sort = input<string>();
  readonly order = input<string>();
  readonly view = input<string>();

  protected readonly params = computed<BrowseParams>(
    () => ({
      type: this.type(),
      genre: this.genre(),
      year: this.year(),
      minRating: this.minRating(),
      contentRating: this.contentRating(),
      resolution: this.resolution(),
      hdr: this.hdr(),
      watched: this.watched(),
      favorite: this.favorite(),
      personId: this.personId(),
      libraryId: this.libraryId(),
      sort: this.sort(),
      order: this.order(),
    }),
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly density = computed<Density>(() => (this.view() === 'dense' ? 'dense' : 'roomy'));
  protected readonly heading = computed(() =>
    this.t(this.type() === 'movie' ? 'movies' : this.type() === 'series' ? 'series' : 'everything'),
  );
  protected readonly filtered = computed(() =>
    Object.keys(filterOf(this.params())).some((key) => key !== 'type' && key !== 'libraryId'),
  );

  protected readonly facets = resource(titleRoutes.facets, () => filterOf(this.params()));
  protected readonly wall = computed(() => this.#walls.wall(this.params()));
  protected readonly problem = computed(() => {
    const cause = this.wall().problem() ?? this.facets.problem();
    return cause === undefined ? undefined : toProblem(cause);
  });
  protected readonly letter = signal<string | undefined>(undefined);
  protected readonly seen = titlesOnScreen((index) => this.wall().at(index));
  protected readonly linkOf = (title: TitleCard) => paths.title(title.id);
  private readonly grid = viewChild(PosterWall);

  constructor() {
    effect(() => {
      const facets = this.facets.value();
      const wall = this.wall();
      // Facets of the last address may still be here for a moment; `loading` tells.
      if (facets && !this.facets.loading())
        untracked(() => void this.#walls.load(wall, this.params(), facets));
    });
    reloadOn(['library.changed', 'playstate.changed', 'favorites.changed'], () => this.facets.reload());
  }

  protected reload(): void {
    this.facets.reload();
  }

  protected bring(range: WallRange): void {
    this.wall().want(range.first, range.last);
    this.follow();
  }

  /** Puts a change into the address; the page follows. A filter is not a place to go Back to. */
  protected change(change: FilterChange): void {
    window.scrollTo(0, 0);
    void this.#router.navigate([], { queryParams: change, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected clear(): void {
    window.scrollTo(0, 0);
    const { sort, order, view } = { sort: this.sort(), order: this.order(), view: this.view() };
    void this.#router.navigate([], { queryParams: { sort, order, view }, replaceUrl: true });
  }

  protected jump(start: number): void {
    this.grid()?.jumpTo(start, inset);
  }

  /** Marks the letter that is on screen. */
  protected follow(): void {
    const letters = this.wall().letters();
    const first = this.grid()?.firstVisible(inset) ?? 0;
    this.letter.set(letters.findLast(({ start }) => start <= first)?.letter ?? letters[0]?.letter);
  }

  protected readonly sortNow = computed(() => sortOf(this.params()));
  protected readonly orderNow = computed(() => orderOf(this.params()));
}
