import { atWidth, sourceSet } from './picture';

const image = { url: '/api/images/a?signature=x', width: 700, height: 1050, blurhash: null, color: null };

test('the set has every served width up to the first that covers the picture', () => {
  expect(
    sourceSet(image)
      .split(', ')
      .map((entry) => entry.split(' ')[1]),
  ).toEqual(['160w', '240w', '360w', '480w', '720w']);
  expect(sourceSet({ ...image, width: 4000 })).toContain('1920w');
});

test('the width joins a signed or a plain address', () => {
  expect(atWidth('/a?b=1', 240)).toBe('/a?b=1&width=240');
  expect(atWidth('/a', 240)).toBe('/a?width=240');
});
