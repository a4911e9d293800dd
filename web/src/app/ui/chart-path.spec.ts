import { chartArea, chartPath, pushed } from './chart-path';

const box = { width: 100, height: 40, capacity: 5, most: 10 };

test('the newest value stands at the right edge, older ones to its left', () => {
  expect(chartPath([0, 10], box)).toBe('M75 40L100 0');
  expect(chartPath([5, 5, 5, 5, 5], box)).toBe('M0 20L25 20L50 20L75 20L100 20');
});
test('a value above the usual most makes room for itself', () =>
  expect(chartPath([10, 20], box)).toBe('M75 20L100 0'));
test('one value is no line yet', () => {
  expect(chartPath([5], box)).toBe('');
  expect(chartArea('', 100, 40)).toBe('');
});
test('the area goes down to the bottom and back', () => {
  expect(chartArea('M75 40L100 0', 100, 40)).toBe('M75 40L100 0L100 40L75 40Z');
});
test('keeps as many as there is room for', () => {
  expect(pushed([1, 2, 3], 4, 3)).toEqual([2, 3, 4]);
  expect(pushed([], 4, 3)).toEqual([4]);
});
