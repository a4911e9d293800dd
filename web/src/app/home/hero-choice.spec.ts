import { home, type Home, titleCard } from '@hearth/contract/title';
import { heroChoice } from './hero-choice';

const title = (id: string, position = 0) =>
  titleCard.parse({
    id,
    type: 'movie',
    name: id,
    year: 2000,
    endYear: null,
    runtimeSeconds: 6000,
    rating: null,
    contentRating: null,
    genres: [],
    poster: null,
    available: id !== 'gone',
    maxHeight: null,
    hdr: false,
    addedAt: '2026-01-01T00:00:00.000Z',
    state: position
      ? { positionSeconds: position, durationSeconds: 6000, watched: false, updatedAt: null }
      : null,
    favorite: false,
    episodeCount: null,
    unwatchedCount: null,
  });
const watch = (id: string, position = 0) => ({ title: title(id, position), episode: null, backdrop: null });
const page = (parts: Partial<Home>) =>
  home.parse({ continueWatching: [], nextUp: [], recentlyAdded: [], genres: [], ...parts });

test('what was begun leads, with how far it is', () => {
  const choice = heroChoice(page({ continueWatching: [watch('begun', 1500)], nextUp: [watch('next')] }));
  expect(choice).toMatchObject({ reason: 'continue', percent: 25, secondsLeft: 4500 });
  expect(choice?.card.title.id).toBe('begun');
});

test('then what comes next, then the newest that can be played', () => {
  expect(heroChoice(page({ nextUp: [watch('next')], recentlyAdded: [title('new')] }))?.reason).toBe('next');
  expect(heroChoice(page({ recentlyAdded: [title('new')] }))?.card.title.id).toBe('new');
});

test('an empty house has no hero', () => {
  expect(heroChoice(page({}))).toBeUndefined();
});
