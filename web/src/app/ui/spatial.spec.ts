import { nearestBox } from './spatial';

const box = (left: number, top: number, width = 100, height = 100) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

// A row of three, below it a wide card and a small one.
const boxes = [box(0, 0), box(110, 0), box(220, 0), box(0, 110, 210), box(400, 110)];

test.each([
  ['right', 0, 1],
  ['left', 2, 1],
  ['left', 0, -1],
  ['down', 0, 3],
  ['down', 1, 3],
  ['up', 4, 2],
  ['up', 3, 0],
] as const)('%s from box %d goes to %d', (direction, from, to) => {
  const start = boxes[from];
  const others = boxes.filter((other) => other !== start);
  const found = start && others[nearestBox(start, others, direction)];
  expect(found === undefined ? -1 : boxes.indexOf(found)).toBe(to);
});

test('a neighbour in line beats a nearer one out of line', () => {
  expect(nearestBox(box(0, 0), [box(300, 60), box(0, 260)], 'down')).toBe(1);
});
