import { TapReader } from './gestures';

test('one tap is for the controls', () => expect(new TapReader().tap(50, 390, 0)).toBe('controls'));

test('two quick taps at a side skip, and each further one again', () => {
  const reader = new TapReader();
  expect([0, 200, 400].map((at) => reader.tap(350, 390, at))).toEqual(['controls', 'on', 'on']);
  expect([2000, 2200].map((at) => reader.tap(40, 390, at))).toEqual(['controls', 'back']);
});

test('slow taps, and taps at different sides, are single ones', () => {
  const reader = new TapReader();
  expect([0, 500].map((at) => reader.tap(350, 390, at))).toEqual(['controls', 'controls']);
  expect(reader.tap(40, 390, 600)).toBe('controls');
});

test('the middle never skips', () => {
  const reader = new TapReader();
  expect([0, 100].map((at) => reader.tap(195, 390, at))).toEqual(['controls', 'controls']);
});
