import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaObject } from '@hearth/dlna/media-source.port';
import type { Criterion } from '@hearth/dlna/protocol/search-criteria';
import type { SortKey } from '@hearth/dlna/protocol/sort-criteria';
import { Injectable } from '@nestjs/common';
import {
  always,
  never,
  type ObjectKind,
  type ObjectQuery,
  ObjectSearchService,
} from '../../library/lists/object-search.service.js';
import { wanted } from '../tree/branch.js';
import { TitleShelf } from '../tree/title-shelf.js';
import { FoundObjects } from './found-objects.js';
import { kindCondition } from './kind-condition.js';
import type { SearchScope } from './search-scope.js';

interface Part {
  readonly kind: ObjectKind;
  readonly query: ObjectQuery;
  readonly total: number;
}

/** Containers first, then items. */
const order: readonly ObjectKind[] = [
  ...(['artist', 'album', 'photo-album', 'playlist'] as const),
  ...(['movie', 'episode', 'track', 'photo'] as const),
];

/** Everything of a scope that meets a criterion: each kind by a query of its own, one after the other as one list. */
@Injectable()
export class HouseholdSearch {
  constructor(
    private readonly search: ObjectSearchService,
    private readonly shelf: TitleShelf,
    private readonly found: FoundObjects,
  ) {}

  async find(
    scope: SearchScope,
    criterion: Criterion | null,
    request: ListRequest,
    guest: Guest,
  ): Promise<Listing> {
    const parts = await this.parts(scope, criterion, request.sort, guest);
    const objects: MediaObject[] = [];
    let before = 0;
    let left = wanted(request);
    for (const part of parts) {
      const start = Math.max(0, request.start - before);
      before += part.total;
      const count = Math.min(left, part.total - start);
      if (count <= 0) continue;
      left -= count;
      objects.push(...(await this.page(part, { start, count }, guest)));
    }
    return { objects, total: before };
  }

  private async parts(
    scope: SearchScope,
    criterion: Criterion | null,
    sort: readonly SortKey[],
    guest: Guest,
  ): Promise<Part[]> {
    const plain = guest.profile.didl.plainClasses;
    const queries = order.flatMap((kind): ObjectQuery[] => {
      const condition = kindCondition(criterion, kind, plain);
      const within = scope[kind];
      return within && condition !== never ? [{ kind, condition, scope: within, ...sorting(sort) }] : [];
    });
    return Promise.all(
      queries.map(async (query) => ({ kind: query.kind, query, total: await this.total(query, guest) })),
    );
  }

  /** All films of a list are counted already, and paged through faster than a search could. */
  private total(query: ObjectQuery, guest: Guest): Promise<number> {
    return isShelf(query)
      ? this.shelf.total({ ...query.scope.titles, type: 'movie' }, guest)
      : this.search.count(query, guest.viewerId);
  }

  private async page(
    { kind, query }: Part,
    window: { start: number; count: number },
    guest: Guest,
  ): Promise<MediaObject[]> {
    const ids = isShelf(query)
      ? await this.shelf.ids({ ...query.scope.titles, type: 'movie' }, query.sort, window, guest)
      : await this.search.window(query, window, guest.viewerId);
    return this.found.of(kind, ids, guest);
  }
}

const isShelf = ({ kind, condition }: ObjectQuery): boolean => kind === 'movie' && condition === always;

function sorting(keys: readonly SortKey[]): Pick<ObjectQuery, 'sort'> {
  for (const { property, descending } of keys) {
    if (property === 'dc:title') return { sort: { by: 'name', descending } };
    if (property === 'dc:date') return { sort: { by: 'date', descending } };
  }
  return {};
}
