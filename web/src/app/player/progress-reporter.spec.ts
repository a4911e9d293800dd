import { ProgressReporter, type SaveProgress } from './progress-reporter';

type Report = Parameters<SaveProgress>[0];

function reporterAt(startSeconds: number) {
  const clock = { now: 0 };
  const reports: Report[] = [];
  const reporter = new ProgressReporter(
    (report) => reports.push(report),
    () => clock.now,
    startSeconds,
  );
  /** Plays `seconds`, telling the time four times a second as browsers do. */
  const play = (from: number, seconds: number) => {
    for (let step = 1; step <= seconds * 4; step++) {
      clock.now += 250;
      reporter.time(from + step / 4);
    }
  };
  return { reporter, reports, play };
}

test('saves every ten seconds while it runs', () => {
  const { reports, play } = reporterAt(100);
  play(100, 35);
  expect(reports.map((report) => report.positionSeconds)).toEqual([110, 120, 130]);
  expect(reports.every((report) => !report.paused)).toBe(true);
});

test('saves at once on pause, and counts the ten seconds from there', () => {
  const { reporter, reports, play } = reporterAt(0);
  play(0, 4);
  reporter.paused(4);
  play(4, 9);
  expect(reports).toEqual([{ positionSeconds: 4, paused: true }]);
});

test('saves at once after a seek', () => {
  const { reporter, reports } = reporterAt(0);
  reporter.seeked(300, false);
  expect(reports).toEqual([{ positionSeconds: 300, paused: false }]);
});

test('saves what is left when it is hidden, once', () => {
  const { reporter, reports, play } = reporterAt(0);
  play(0, 7);
  expect(reporter.last()).toBe(7);
  reporter.hidden();
  reporter.hidden();
  expect(reports).toEqual([{ positionSeconds: 7, paused: true }]);
  expect(reporter.last()).toBeUndefined();
});

test('a film that was only opened reports nothing', () => {
  const { reporter, reports } = reporterAt(1390);
  reporter.paused(1390.2);
  reporter.hidden();
  expect([reports, reporter.last()]).toEqual([[], undefined]);
});
