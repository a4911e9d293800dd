import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { playbackRoutes } from '@hearth/contract/playback';
import type { TitleCard } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { titlesOnScreen } from '../core/sources/on-screen';
import { EmptyState } from '../ui/empty-state';
import { PosterWall } from '../ui/poster-wall';
import { mineMessages } from './messages';
import { Pages } from '../core/api/pages';
import { ProblemState } from '../core/problem-state';

/** The titles you put a heart on. */
@Component({
  selector: 'app-favorites',
  imports: [EmptyState, PosterWall, ProblemState, RouterLink],
  template: `
    <h1 class="page-title">{{ page('favorites') }}</h1>
    @if (!list.known() && list.problem(); as problem) {
      <app-problem-state [heading]="t('favoritesFailed')" [problem]="problem" (retry)="list.load()" />
    } @else if (list.known() && list.total() === 0) {
      <app-empty-state icon="favorite" [heading]="t('favoritesEmpty')" [message]="t('favoritesEmptyMessage')">
        <a class="button primary" [routerLink]="home">{{ t('toLibrary') }}</a>
      </app-empty-state>
    } @else {
      <app-poster-wall
        [attr.aria-busy]="list.known() ? null : true"
        [total]="list.known() ? list.total() : 24"
        [at]="at"
        [linkOf]="linkOf"
        [label]="page('favorites')"
        (wanted)="list.reach($event.last)"
        (seen)="seen.set($event)"
      />
    }
  `,
  host: { class: 'page' },
})
export class Favorites {
  readonly #api = inject(Api);
  protected readonly t = translator(mineMessages);
  protected readonly page = translator(pageNames);
  protected readonly home = paths.home();
  protected readonly list = new Pages<TitleCard>((cursor) =>
    this.#api.call(playbackRoutes.favorites, { cursor, limit: 100 }),
  );
  protected readonly at = (index: number) => this.list.items()[index];
  protected readonly seen = titlesOnScreen(this.at);
  protected readonly linkOf = ({ id }: TitleCard) => paths.title(id);

  constructor() {
    void this.list.load();
    reloadOn(['favorites.changed'], () => void this.list.load());
  }
}
