import { ConnectionTable } from './connection-table.js';

let table: ConnectionTable<string>;
beforeEach(() => (table = new ConnectionTable({ most: 6, mostPerPeer: 4 })));
const fill = (peer: string, ...names: string[]): boolean[] =>
  names.map((name) => table.add(name, peer).admitted);

test('one neighbour holds so many and no more, until some of them are gone', () => {
  expect(fill('greedy', 'a', 'b', 'c', 'd', 'e')).toEqual([true, true, true, true, false]);
  table.remove('a');
  table.remove('a');
  expect(fill('greedy', 'e', 'f')).toEqual([true, false]);
});

test('where there is no room, who holds most gives up what is worth least', () => {
  fill('greedy', 'film', 'rest', 'silent', 'silent too');
  fill('other', 'its', 'its too');
  table.asked('film');
  table.asked('rest')();
  const displaced = ['one', 'two', 'three'].map((name) => table.add(name, `tv ${name}`).displaced);
  // From then on both hold two each, and what asked nothing goes before what asked.
  expect(displaced).toEqual(['silent', 'silent too', 'its']);
  expect(table.add('four', 'tv four')).toEqual({ admitted: true, displaced: 'rest' });
});

test('nobody gives up anything for who holds as many', () => {
  fill('greedy', 'a', 'b', 'c');
  fill('other', 'd', 'e', 'f');
  expect(fill('greedy', 'g')).toEqual([false]);
  table.remove('a');
  expect(fill('greedy', 'g')).toEqual([true]);
});
