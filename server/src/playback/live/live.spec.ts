import { SendSpeed } from './send-speed.js';
import { WaitTimeline } from './wait-timeline.js';

test('the speed is that of the last ten seconds', () => {
  let now = 0;
  const speed = new SendSpeed(() => now);
  for (; now < 5000; now += 100) speed.add(1000);
  expect(speed.bytesPerSecond).toBe(5000);
  now = 12_000;
  expect(speed.bytesPerSecond).toBeLessThan(5000);
  now = 60_000;
  expect(speed.bytesPerSecond).toBe(0);
});

test('a step ends where the next begins, and none comes twice', () => {
  let now = 100;
  const timeline = new WaitTimeline(() => now);
  timeline.begin('decision');
  now = 112;
  timeline.begin('index');
  now = 115;
  timeline.begin('index');
  timeline.begin('encoder-start');
  expect(timeline.current).toBe('encoder-start');
  now = 400;
  timeline.end();
  timeline.begin('index');
  expect(timeline.current).toBeNull();
  expect(timeline.steps).toEqual([
    { step: 'decision', startMs: 0, endMs: 12 },
    { step: 'index', startMs: 12, endMs: 15 },
    { step: 'encoder-start', startMs: 15, endMs: 300 },
  ]);
});
