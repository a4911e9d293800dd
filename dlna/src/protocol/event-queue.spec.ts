import { EventQueue, nextSequence, type EventValues } from './event-queue.js';

test('numbers begin again at 1', () => {
  expect(nextSequence(0)).toBe(1);
  expect(nextSequence(0xffff_fffe)).toBe(0xffff_ffff);
  expect(nextSequence(0xffff_ffff)).toBe(1);
});

test('behind a slow subscriber the newest values wait, and no more than eight events', async () => {
  const sent: EventValues[] = [];
  let release = (): void => undefined;
  const queue = new EventQueue(
    (_, values) => {
      sent.push(values);
      return new Promise((resolve) => (release = () => resolve(true)));
    },
    () => undefined,
    3,
  );
  queue.begin([['a', '0']]);
  for (let index = 1; index <= 1000; index++) queue.add([['a', String(index)]]);
  while (sent.at(-1)?.[0]?.[1] !== '1000') {
    release();
    await Promise.resolve();
  }
  expect(sent.map(([first]) => first?.[1])).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '1000']);
});

test('nothing is sent before it begins or after it is stopped', () => {
  const sent: EventValues[] = [];
  const queue = new EventQueue(
    (_, values) => Promise.resolve(sent.push(values) > 0),
    () => undefined,
    3,
  );
  queue.add([['a', 'early']]);
  queue.stop();
  queue.add([['a', 'late']]);
  expect(sent).toEqual([]);
});
