import { inject, Injectable } from '@angular/core';
import { titleRoutes, type TitleFacets } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { Session } from '../core/session/session';
import { type BrowseParams, filterOf, orderOf, sortOf } from './browse-query';
import { WallData } from './wall-data';

/** Walls seen lately, so that Back shows one as it was, in the same frame. */
@Injectable({ providedIn: 'root' })
export class Walls {
  static readonly limit = 5;
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #walls = new Map<string, WallData>();

  /** The wall for what the address says, remembered or new. */
  wall(params: BrowseParams): WallData {
    const [filter, sort, order] = [filterOf(params), sortOf(params), orderOf(params)];
    const key = JSON.stringify([this.#session.user()?.id, filter, sort, order]);
    const known = this.#walls.get(key);
    const wall =
      known ??
      new WallData(({ reversed, ...page }) => {
        const direction = reversed === (order === 'desc') ? 'asc' : 'desc';
        return this.#api.call(titleRoutes.list, { ...filter, ...page, sort, order: direction });
      }, sort !== 'random');
    this.#walls.delete(key);
    this.#walls.set(key, wall);
    const oldest = this.#walls.keys().next();
    if (this.#walls.size > Walls.limit && !oldest.done) this.#walls.delete(oldest.value);
    return wall;
  }

  /** Reads `wall` (again); by letter where it is sorted by name. */
  load(wall: WallData, params: BrowseParams, facets: TitleFacets): Promise<void> {
    return sortOf(params) === 'name' ? wall.load(facets.letters, orderOf(params) === 'desc') : wall.load();
  }
}
