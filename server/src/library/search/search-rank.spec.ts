import { rank } from './search-rank.js';
import { storedText } from './search-text.js';

const candidate = (id: string, boost: number, ...names: string[]) => ({
  id,
  titleId: id,
  text: storedText(names),
  boost,
});
const exact = (...words: string[]) => words.map((word) => new Map([[word, 0]]));
const order = (readings: Map<string, number>[], ...candidates: ReturnType<typeof candidate>[]) =>
  rank(readings, candidates).map(({ id }) => id);

test('whole name, then beginning of the name, then whole words, then beginnings of words', () => {
  expect(
    order(
      exact('matrix'),
      candidate('word beginning', 9, 'Inside Matrixland'),
      candidate('word', 9, 'The Matrix'),
      candidate('beginning', 9, 'Matrix Reloaded'),
      candidate('whole', 0, 'Matrix'),
    ),
  ).toEqual(['whole', 'beginning', 'word', 'word beginning']);
});

test('another name of the same thing counts as much', () => {
  expect(
    order(exact('fabuleux'), candidate('b', 9, 'Un fabuleux'), candidate('a', 0, 'Amélie', 'Fabuleux')),
  ).toEqual(['a', 'b']);
});

test('what is called by a number comes before what is of that year', () => {
  expect(
    order(exact('2012'), candidate('of', 9, 'Argo', '2012'), candidate('called', 0, '2012', '2009')),
  ).toEqual(['called', 'of']);
});

test('what was typed right beats what was not, whatever its tier', () => {
  const readings = [new Map([['alen', 0], ['alien', 1]])]; // prettier-ignore
  expect(order(readings, candidate('typo', 9, 'Alien'), candidate('right', 0, 'A Tale of Alena'))).toEqual([
    'right',
    'typo',
  ]);
});

test('every word must answer; ties go to the newer', () => {
  expect(
    order(
      exact('lord', 'ri'),
      candidate('old', 1, 'The Lord of the Rings'),
      candidate('new', 2, 'The Lord of the Rings'),
      candidate('half', 3, 'Lord of War'),
    ),
  ).toEqual(['new', 'old']);
});
