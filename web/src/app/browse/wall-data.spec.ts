import { movie } from '../ui/testing/movie';
import { type PageRequest, WallData } from './wall-data';

const names = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index).padStart(4, '0')}`);

const card = (name: string) => movie({ id: name.replace('#', '0'), name });

/** A server with keyset pages over `all`, which is in the wall’s order; `asked` records every request. */
function library(all: readonly string[]) {
  const asked: PageRequest[] = [];
  const fetch = (request: PageRequest) => {
    asked.push(request);
    const mine = all.filter((name) => request.letter === undefined || name.startsWith(request.letter));
    if (request.reversed) mine.reverse();
    const from = request.cursor ? mine.indexOf(request.cursor) + 1 : 0;
    const items = mine.slice(from, from + request.limit);
    const more = from + items.length < mine.length;
    return Promise.resolve({
      items: items.map(card),
      total: mine.length,
      nextCursor: more ? (items.at(-1) ?? null) : null,
    });
  };
  return { asked, fetch };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const big = [...names('#', 30), ...names('A', 900), ...names('B', 2500), ...names('Z', 10)];
const letters = [
  { value: 'B', count: 2500 },
  { value: '#', count: 30 },
  { value: 'Z', count: 10 },
  { value: 'A', count: 900 },
];

test('by letter: the whole length is known before a title is read, and every title has its place', async () => {
  const { fetch } = library(big);
  const wall = new WallData(fetch);
  await wall.load(letters);
  expect(wall.total()).toBe(big.length);
  expect(wall.letters().map(({ letter, start }) => [letter, start])).toEqual([
    ['#', 0],
    ['A', 30],
    ['B', 930],
    ['Z', 3430],
  ]);
  wall.want(0, big.length - 1);
  await settle();
  expect(big.map((_, index) => wall.at(index)?.name)).toEqual(big);
});

test('a jump reads the letter it lands in, not what lies before', async () => {
  const { fetch, asked } = library(big);
  const wall = new WallData(fetch);
  await wall.load(letters);
  asked.length = 0;
  wall.want(3430, 3439);
  await settle();
  expect(asked.map(({ letter }) => letter)).toEqual(['Z']);
  expect(wall.at(3430)?.name).toBe('Z0000');
});

test('the end of a letter is read from its end', async () => {
  const { fetch, asked } = library(big);
  const wall = new WallData(fetch);
  await wall.load(letters);
  asked.length = 0;
  wall.want(3400, 3429);
  await settle();
  expect(asked).toEqual([expect.objectContaining({ letter: 'B', reversed: true })]);
  expect([3400, 3429].map((index) => wall.at(index)?.name)).toEqual(['B2470', 'B2499']);
});

test('an order that can’t be turned around is read from its start', async () => {
  const { fetch, asked } = library(names('A', 500));
  const wall = new WallData(fetch, false);
  await wall.load();
  wall.want(480, 499);
  await settle();
  expect(asked.some(({ reversed }) => reversed)).toBe(false);
  expect(wall.at(499)?.name).toBe('A0499');
});

test('both readings meet in the middle without a gap', async () => {
  const all = names('A', 700);
  const { fetch } = library(all);
  const wall = new WallData(fetch);
  await wall.load();
  wall.want(600, 699);
  await settle();
  wall.want(0, 699);
  await settle();
  expect(all.map((_, index) => wall.at(index)?.name)).toEqual(all);
});

test('reading again keeps what is shown until its successor is there', async () => {
  const { fetch } = library(big);
  const wall = new WallData(fetch);
  await wall.load(letters);
  wall.want(930, 960);
  await settle();
  const again = wall.load(letters);
  expect(wall.at(930)?.name).toBe('B0000');
  await again;
  expect(wall.at(930)?.name).toBe('B0000');
});

test('a small library is one list; an empty one is known to be empty', async () => {
  const { fetch, asked } = library(names('A', 40));
  const wall = new WallData(fetch);
  await wall.load([{ value: 'A', count: 40 }]);
  expect(asked).toHaveLength(1);
  expect(wall.letters()).toEqual([]);
  const empty = new WallData(library([]).fetch);
  await empty.load([]);
  expect([empty.known(), empty.total()]).toEqual([true, 0]);
});

test('a failure is told and does not end in a loop; loading again heals', async () => {
  const { fetch } = library(big);
  let broken = true;
  let calls = 0;
  const wall = new WallData((request) => {
    calls += 1;
    return broken ? Promise.reject(new Error('away')) : fetch(request);
  });
  await wall.load(letters);
  expect(wall.problem()).toEqual(new Error('away'));
  await settle();
  expect(calls).toBeLessThan(5);
  broken = false;
  await wall.load(letters);
  expect(wall.problem()).toBeUndefined();
  expect(wall.at(0)?.name).toBe('#0000');
});
