import { torrentState } from '@hearth/contract/torrent';
import { filtered, lookOf, pausable } from './torrent-look';
import { torrentMessages } from './messages';

const guess = {
  title: 'Long Crossing',
  year: 2020,
  season: null,
  episodes: [],
  resolution: null,
  source: null,
  videoCodec: null,
  audioCodec: null,
};
const all = [
  { name: 'Long.Crossing.2020', state: 'streaming', progress: 10, guess },
  { name: 'Harbour', state: 'seeding', progress: 100, guess: { ...guess, title: 'Harbour' } },
  { name: 'Basalt', state: 'stalled', progress: 3, guess: { ...guess, title: 'Basalt' } },
] as const;

test('every state has words in every language', () => {
  for (const state of torrentState.options)
    for (const words of Object.values(torrentMessages)) expect(words[lookOf(state).word]).toBeTruthy();
});

test.each([
  ['every', '', ['Long.Crossing.2020', 'Harbour', 'Basalt']],
  ['active', '', ['Long.Crossing.2020']],
  ['whole', '', ['Harbour']],
  ['trouble', '', ['Basalt']],
  ['every', 'HARB', ['Harbour']],
  ['every', ' long cross ', ['Long.Crossing.2020']],
  ['active', 'harbour', []],
] as const)('%s with “%s”', (filter, text, names) => {
  expect(filtered(all, filter, text).map(({ name }) => name)).toEqual(names);
});

test('what failed or is paused goes on; the rest can be paused', () => {
  expect(torrentState.options.filter((state) => !pausable({ state }))).toEqual(['paused', 'failed']);
});
