import { PictureWatch, type WatchFinding, type WatchSample } from './picture-watch';

const running: WatchSample = {
  at: 0,
  shouldRun: true,
  position: 0,
  ahead: 20,
  shownFrames: 0,
  hasPicture: true,
};

/** What the watch says to a second-by-second story. */
function story(seconds: number, at: (second: number) => Partial<WatchSample>): WatchFinding[] {
  const watch = new PictureWatch();
  return Array.from({ length: seconds + 1 }, (_, second) =>
    watch.look({ ...running, at: second * 1000, position: second, ...at(second) }),
  );
}

test('a film that runs is left alone', () => {
  expect(new Set(story(60, (second) => ({ shownFrames: second * 24 })))).toEqual(new Set(['fine']));
});

test('sound without any picture is noticed after eight seconds', () => {
  const told = story(9, () => ({ shownFrames: 0 }));
  expect(told.slice(0, 8)).not.toContain('noPicture');
  expect(told[8]).toBe('noPicture');
});

test('music has no picture to miss', () => {
  expect(story(30, () => ({ hasPicture: false }))).not.toContain('noPicture');
});

test('a picture that was there once is enough', () => {
  expect(story(30, (second) => ({ shownFrames: second === 2 ? 1 : 0 }))).not.toContain('noPicture');
});

test('waiting for data and a hidden page are no failures of the decoder', () => {
  expect(new Set(story(60, () => ({ ahead: 0, position: 5 })))).toEqual(new Set(['fine']));
  expect(new Set(story(60, () => ({ shouldRun: false, position: 5 })))).toEqual(new Set(['fine']));
});

test('a stall is nudged twice, then loaded anew, then given up', () => {
  const told = story(40, () => ({ position: 5, shownFrames: 100 })).filter((finding) => finding !== 'fine');
  expect(told.slice(0, 6)).toEqual(['nudge', 'nudge', 'reload', 'nudge', 'nudge', 'stuck']);
});

test('after a stall that was freed the count begins again', () => {
  const told = story(40, (second) => ({
    shownFrames: 100,
    // Stands still for four seconds in every ten.
    position: second % 10 < 4 ? Math.floor(second / 10) * 10 : second,
  }));
  expect(told).toContain('nudge');
  expect(told).not.toContain('reload');
});
