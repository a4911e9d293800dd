import { TestBed } from '@angular/core/testing';
import { plotScale, StepPlot } from './step-plot';

const steps = [
  { name: 'Decision', start: 0, end: 40 },
  { name: 'Index', start: 40, end: 240 },
  { name: 'First piece', start: 240, end: 780 },
];

test('bars lie where their times are, on a scale that ends at a round number', () => {
  const { whole, rows, ticks } = plotScale(steps);
  expect(whole).toBe(800);
  expect(ticks).toEqual([0, 200, 400, 600, 800]);
  expect(rows.map(({ left, width }) => [left, width])).toEqual([
    [0, 5],
    [5, 25],
    [30, 67.5],
  ]);
});

test.each([
  [0.4, [0, 1]],
  [7, [0, 2, 4, 6, 8]],
  [999, [0, 500, 1000]],
  [4100, [0, 2000, 4000, 6000]],
  [60_000, [0, 20_000, 40_000, 60_000]],
])('a scale for %d ms', (end, ticks) => {
  expect(plotScale([{ name: 'one', start: 0, end }]).ticks).toEqual(ticks);
});

test('a step that still runs reaches the end of the scale, and one that took no time can be seen', () => {
  const { whole, rows } = plotScale([
    { name: 'Decision', start: 0, end: 0 },
    { name: 'Queue', start: 500, end: null },
  ]);
  expect(whole).toBeGreaterThan(500);
  expect((rows[1]?.left ?? 0) + (rows[1]?.width ?? 0)).toBeCloseTo(100);
  expect(rows[0]?.width).toBeGreaterThan(0);
});

test('nothing sticks out, whatever the numbers', () => {
  for (const { left, width } of plotScale([
    { name: 'late', start: 1000, end: 1000 },
    { name: 'backwards', start: 900, end: 800 },
  ]).rows) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(width).toBeGreaterThan(0);
    expect(left + width).toBeLessThanOrEqual(100);
  }
});

test('who hears it gets a table with every number', async () => {
  const fixture = TestBed.createComponent(StepPlot);
  fixture.componentRef.setInput('label', 'What took how long');
  fixture.componentRef.setInput('steps', [...steps, { name: 'Peers', start: 1780, end: null }]);
  await fixture.whenStable();
  const element: HTMLElement = fixture.nativeElement;
  expect(element.querySelector('caption')?.textContent.trim()).toBe('What took how long');
  const rows = [...element.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent.trim()),
  );
  expect(rows).toEqual([
    ['Decision', '0 ms', '40 ms'],
    ['Index', '40 ms', '200 ms'],
    ['First piece', '240 ms', '540 ms'],
    ['Peers', '1,780 ms', 'still running'],
  ]);
});
