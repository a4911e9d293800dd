import type { FoundItem } from '@hearth/contract/discover';

/** A found film of which only the given things matter. */
export function aFoundItem(id: string, change: Partial<FoundItem> = {}): FoundItem {
  return {
    ...{ id, type: 'movie', name: id, year: null, endYear: null, posterShape: 'poster', description: null },
    ...{ genres: [], rating: null, contentRating: null, runtimeSeconds: null, externalIds: {} },
    ...{ providerId: 'p1', poster: null, backdrop: null, titleId: null },
    ...change,
  };
}
