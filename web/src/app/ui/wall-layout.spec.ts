import { layoutWall } from './wall-layout';

test.each([
  [358, 'roomy', 3],
  [358, 'dense', 4],
  [1300, 'roomy', 7],
  [1300, 'dense', 9],
  [1760, 'roomy', 9],
] as const)('%d px, %s: %d columns', (width, density, columns) => {
  expect(layoutWall(width, density).columns).toBe(columns);
});

test('cards and gaps fill the width exactly, rows hold poster and text', () => {
  for (let width = 320; width < 2600; width += 37) {
    const { columns, card, gap, row } = layoutWall(width, 'roomy');
    expect(columns * card + (columns - 1) * gap).toBeCloseTo(width);
    expect(row).toBeGreaterThanOrEqual(card * 1.5 + 45.8 + gap);
  }
});

test('at ten feet everything is larger, so fewer fit', () => {
  expect(layoutWall(1760, 'roomy', 24).columns).toBeLessThan(layoutWall(1760, 'roomy', 16).columns);
});
