import type { TorrentTracker } from '@hearth/contract/torrent';
import { waitingSteps } from './waiting-steps';

const tracker = (state: TorrentTracker['state']): TorrentTracker => ({
  url: 'https://tracker.example/announce',
  state,
  message: null,
  seeders: null,
  leechers: null,
});
const file = {};
const fresh = {
  trackers: [tracker('waiting'), tracker('failed')],
  peers: 0,
  seeders: null,
  files: [],
  downloadSpeed: 0,
  progress: 0,
  readers: [],
  download: false,
  kept: 'no',
} as const;
const reader = { fileIndex: 0, position: 100, readyUntil: 100, windowEnd: 400 };

test.each([
  ['nobody answered', fresh, ['current', 'later', 'later', 'later', 'later'], 'stepTrackersNone'],
  [
    'a tracker answered',
    { ...fresh, trackers: [tracker('working')] },
    ['done', 'current', 'later', 'later', 'later'],
    'stepPeersNone',
  ],
  [
    'peers came without a tracker',
    { ...fresh, trackers: [], peers: 2 },
    ['done', 'done', 'current', 'later', 'later'],
    'stepContentsNo',
  ],
  [
    'nothing comes though somebody watches',
    { ...fresh, peers: 2, seeders: 1, files: [file], readers: [reader] },
    ['done', 'done', 'done', 'current', 'later'],
    'stepDataNo',
  ],
  [
    'pieces come, not yet the right one',
    { ...fresh, peers: 2, files: [file], readers: [reader], downloadSpeed: 900 },
    ['done', 'done', 'done', 'done', 'current'],
    'stepReadyNone',
  ],
  [
    'nobody wants anything',
    { ...fresh, peers: 2, files: [file] },
    ['done', 'done', 'done', 'current', 'later'],
    'stepDataIdle',
  ],
])('%s', (_, torrent, states, words) => {
  const steps = waitingSteps(torrent);
  expect(steps.map(({ state }) => state)).toEqual(states);
  expect(steps.find(({ state }) => state === 'current')?.say.key).toBe(words);
});

test('what is ready is told of the one who has least', () => {
  const readers = [
    { ...reader, readyUntil: 300 },
    { ...reader, position: 0, readyUntil: 50 },
  ];
  const steps = waitingSteps({ ...fresh, files: [file], progress: 100, readers });
  expect(steps.every(({ state }) => state === 'done')).toBe(true);
  expect(steps.at(-1)?.say).toEqual({ key: 'stepReadyAhead', values: { size: 50 } });
});
