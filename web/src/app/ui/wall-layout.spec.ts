import { layoutWall } from './wall-layout';

test.each([
  [358, 'roomy', 3],
  [358, 'dense', 4],
  [1300, 'roomy', 7],
  [1300, 'dense', 9],
  [1760, 'roomy', 9],
] as const)('%d px, %s: %d columns', (width, density, columns) => {
  expect(layoutWall(width, { density }).columns).toBe(columns);
});

test('cards and gaps fill the width exactly, rows hold poster and text', () => {
  for (let width = 320; width < 2600; width += 37) {
    const { columns, card, gap, row } = layoutWall(width);
    expect(columns * card + (columns - 1) * gap).toBeCloseTo(width);
    expect(row).toBeGreaterThanOrEqual(card * 1.5 + 45.8 + gap);
  }
});

test('at ten feet everything is larger, so fewer fit', () => {
  expect(layoutWall(1760, { rem: 24 }).columns).toBeLessThan(layoutWall(1760).columns);
});

test('covers are square above their text, photos are nothing but square', () => {
  const cover = layoutWall(1300, { shape: 'cover' });
  expect(cover.row).toBeLessThan(layoutWall(1300).row);
  expect(cover.row).toBeGreaterThan(cover.card + cover.gap + 40);
  const photo = layoutWall(1300, { shape: 'photo' });
  expect(photo.row).toBe(Math.ceil(photo.card + photo.gap));
});
