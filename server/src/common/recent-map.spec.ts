import { RecentMap } from './recent-map.js';

test('what was set longest ago goes first, and setting it again is recent', () => {
  const kept = new RecentMap<string, number>(2);
  kept.set('a', 1).set('b', 2).set('a', 3).set('c', 4);
  expect([...kept]).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
});
