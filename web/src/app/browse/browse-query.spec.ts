import { titleFilter } from '@hearth/contract/title';
import { decadeRange, filterOf, orderOf, sortOf, toggled } from './browse-query';

test('an address becomes the filter the server takes', () => {
  const filter = filterOf({
    type: 'movie',
    genre: 'Drama,War',
    year: '1990-1999',
    minRating: '7',
    resolution: '2160p,8k',
    hdr: 'true',
    watched: 'no',
    favorite: 'true',
    personId: 'p_1',
  });
  expect(filter).toEqual({
    type: 'movie',
    genre: 'Drama,War',
    year: '1990-1999',
    minRating: 7,
    resolution: '2160p',
    hdr: 'true',
    watched: 'no',
    favorite: 'true',
    personId: 'p_1',
  });
  expect(titleFilter.safeParse(filter).success).toBe(true);
});

test('what the server would refuse is left out', () => {
  const nonsense = {
    type: 'song',
    year: '19',
    minRating: 'x',
    watched: 'perhaps',
    personId: '../x',
    hdr: 'no',
  };
  expect(filterOf(nonsense)).toEqual({});
  expect(filterOf({ minRating: '11' })).toEqual({});
});

test('names go up, everything else comes down first, the address decides', () => {
  expect(sortOf({ sort: 'size' })).toBe('name');
  expect(orderOf({})).toBe('asc');
  expect(orderOf({ sort: 'rating' })).toBe('desc');
  expect(orderOf({ sort: 'rating', order: 'asc' })).toBe('asc');
});

test('values go in and out of a list; an empty list leaves the address', () => {
  expect(toggled(undefined, 'Drama')).toBe('Drama');
  expect(toggled('Drama', 'War')).toBe('Drama,War');
  expect(toggled('Drama,War', 'Drama')).toBe('War');
  expect(toggled('War', 'War')).toBeNull();
});

test('a decade is ten years', () => {
  expect(decadeRange('1990')).toBe('1990-1999');
});
