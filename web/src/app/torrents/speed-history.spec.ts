import { sampled, speedCapacity, type Speeds } from './speed-history';

const at = (infoHash: string, downloadSpeed: number) => ({ infoHash, downloadSpeed, uploadSpeed: 1 });

test('a minute is kept, the newest last', () => {
  let past: ReadonlyMap<string, Speeds> = new Map();
  for (let second = 1; second <= speedCapacity + 5; second++) past = sampled(past, [at('a', second)]);
  expect(past.get('a')?.down).toHaveLength(speedCapacity);
  expect(past.get('a')?.down.at(-1)).toBe(speedCapacity + 5);
  expect(past.get('a')?.up.at(0)).toBe(1);
});

test('one that came late begins late, one that left is forgotten', () => {
  const first = sampled(new Map(), [at('a', 5)]);
  const second = sampled(first, [at('b', 7)]);
  expect([...second.keys()]).toEqual(['b']);
  expect(second.get('b')?.down).toEqual([7]);
});
