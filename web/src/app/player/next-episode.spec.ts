import { isOffered, offerAt } from './next-episode';

const chapter = (title: string, startSeconds: number) => ({
  title,
  startSeconds,
  endSeconds: startSeconds + 60,
});

test('half a minute before the end', () => expect(offerAt(2400, [])).toBe(2370));
test('earlier in a short one only by its tenth', () => expect(offerAt(60, [])).toBe(54));
test('where the credits begin', () => {
  expect(offerAt(2400, [chapter('Chapter 1', 0), chapter('End Credits', 2280)])).toBe(2280);
  expect(offerAt(2400, [chapter('Abspann', 2300)])).toBe(2300);
});
test('a marker counts more than a chapter', () => {
  const credits = { kind: 'credits', startSeconds: 2200, endSeconds: 2300 } as const;
  expect(offerAt(2400, [chapter('End Credits', 2280)], [credits])).toBe(2200);
  expect(offerAt(2400, [], [{ kind: 'intro', startSeconds: 0, endSeconds: 30 }])).toBe(2370);
});
test('opening credits are no end', () => expect(offerAt(2400, [chapter('Opening credits', 30)])).toBe(2370));
test('a word that only contains “end” is no end', () =>
  expect(offerAt(2400, [chapter('Legends', 2000)])).toBe(2370));

const base = {
  hasNext: true,
  dismissed: false,
  ended: false,
  position: 2380,
  durationSeconds: 2400,
  chapters: [],
  markers: [],
};
test.each([
  [{}, true],
  [{ hasNext: false }, false],
  [{ position: 2000 }, false],
  [{ dismissed: true }, false],
  // Dismissed, watched to the end: now it is time to ask again.
  [{ dismissed: true, ended: true }, true],
  [{ durationSeconds: 0 }, false],
])('with %j it is offered: %s', (change, offered) => expect(isOffered({ ...base, ...change })).toBe(offered));
