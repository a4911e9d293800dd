import { remember } from './recent-searches';

test('the newest is first, once, in any case', () => {
  expect(remember(['Alien', 'heat'], 'ALIEN')).toEqual(['ALIEN', 'heat']);
});

test('a longer version replaces its own beginning', () => {
  expect(remember(['the go', 'heat'], 'the godfather')).toEqual(['the godfather', 'heat']);
});

test('single letters are not worth remembering, eight are enough', () => {
  expect(remember(['heat'], ' a ')).toEqual(['heat']);
  expect(remember(['11', '22', '33', '44', '55', '66', '77', '88'], '99')).toHaveLength(8);
});
