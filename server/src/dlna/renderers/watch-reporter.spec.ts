import type { PlayerState } from '@hearth/dlna/control/player-state';
import type { RendererReport } from '../../playback/renderer/renderer-playback.service.js';
import type { CastEntry } from './cast-entry.js';
import { WatchReporter } from './watch-reporter.js';

const film: CastEntry = {
  ...{ item: { titleId: 'T' }, accountId: 'A', sessionId: 'S', name: 'Film' },
  ...{ titleId: 'T', episodeId: null, fileId: 'F' },
};
const photo: CastEntry = { ...film, fileId: null };

let now: number;
let reports: RendererReport[];
let reporter: WatchReporter;

beforeEach(() => {
  now = 0;
  reports = [];
  const device = () => ({ id: 'D', name: 'Television' });
  reporter = new WatchReporter(
    device,
    (report) => void reports.push(report),
    () => now,
  );
});

const heard = (phase: PlayerState<CastEntry>['phase'], positionSeconds: number, item = film): void =>
  reporter.heard({
    ...{ phase, item, positionSeconds, durationSeconds: 600, volume: null, muted: false },
    ...{ upcoming: [], canPause: true, canSeek: true, problem: null },
  });
const said = (): string[] => reports.map(({ state, positionSeconds }) => `${state} ${positionSeconds}`);

test('while it plays, every five seconds; a pause at once', () => {
  for (let second = 0; second <= 12; second++) {
    now = second * 1000;
    heard('playing', second);
  }
  heard('paused', 12);
  heard('paused', 12);
  expect(said()).toEqual(['playing 0', 'playing 5', 'playing 10', 'paused 12']);
  expect(reports[0]).toMatchObject({ accountId: 'A', fileId: 'F', device: { id: 'D', name: 'Television' } });
});

test('once more when it has ended, and then no more', () => {
  heard('playing', 100);
  reporter.left(film, 101);
  reporter.left(film, 101);
  expect(said()).toEqual(['playing 100', 'stopped 101']);
});

test('what never played, and what is not remembered, says nothing', () => {
  heard('loading', 30);
  reporter.left(film, 30);
  heard('playing', 0, photo);
  reporter.left(photo, 0);
  expect(said()).toEqual([]);
});
