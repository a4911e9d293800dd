import { titleCard, type TitleCard } from '@hearth/contract/title';

/** A film nobody has begun, with what a spec cares about. */
export function movie(facts: Partial<TitleCard> = {}): TitleCard {
  return titleCard.parse({
    id: 'm1',
    type: 'movie',
    name: 'The Long Road',
    year: null,
    endYear: null,
    runtimeSeconds: null,
    rating: null,
    contentRating: null,
    genres: [],
    poster: null,
    available: true,
    maxHeight: null,
    hdr: false,
    addedAt: '2026-01-01T00:00:00.000Z',
    state: null,
    favorite: false,
    episodeCount: null,
    unwatchedCount: null,
    ...facts,
  });
}
