import { mainColor } from './main-color.js';

const pixels = (...parts: [count: number, red: number, green: number, blue: number][]): Uint8Array =>
  Uint8Array.from(parts.flatMap(([count, ...color]) => Array<number[]>(count).fill(color).flat()));

const lightness = (color: string): number => {
  const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return (Math.max(...parts) + Math.min(...parts)) / 510;
};

test('a vivid patch wins over much black and white', () => {
  expect(mainColor(pixels([600, 0, 0, 0], [300, 255, 255, 255], [100, 200, 40, 40]))).toBe('#c82828');
});

test.each([
  ['white', pixels([10, 255, 255, 255])],
  ['black', pixels([10, 0, 0, 0])],
  ['yellow', pixels([10, 255, 255, 120])],
  ['nothing', pixels()],
])('stays fit for a background: %s', (_, picture) => {
  const color = mainColor(picture);
  expect(color).toMatch(/^#[0-9a-f]{6}$/);
  expect(lightness(color)).toBeGreaterThanOrEqual(0.19);
  expect(lightness(color)).toBeLessThanOrEqual(0.51);
});
