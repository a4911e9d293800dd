import { hueOf, titleHue } from './artwork-color';

test('hues of pure colours, none of greys or nonsense', () => {
  expect(['#ff0000', '#00ff00', '#0000ff', '#ff00ff'].map(hueOf)).toEqual([0, 120, 240, 300]);
  expect(['#808080', '#000000', '#83828a', 'red'].map(hueOf)).toEqual([null, null, null, null]);
});

test('a title keeps its hue, and names that differ by a letter differ', () => {
  expect(titleHue('Alien')).toBe(titleHue('Alien'));
  expect(titleHue('Alien')).not.toBe(titleHue('Aliens'));
  expect(titleHue('')).toBeGreaterThanOrEqual(0);
});
