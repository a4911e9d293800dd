import type { Track } from '@hearth/contract/music';
import { type Entry, leveled, ListeningQueue } from './listening-queue';

const entry = (id: string): Entry => ({
  track: {
    id,
    albumId: 'a',
    name: id,
    artists: [],
    discNumber: null,
    number: null,
    durationSeconds: 10,
    codec: 'flac',
    bitrate: null,
    gain: null,
    available: true,
    url: `/${id}`,
    contentType: 'audio/flac',
  },
  album: { id: 'a', name: 'A', cover: null, artist: null },
});
const queue = (index: number) => new ListeningQueue(['x', 'y', 'z'].map(entry), index);
const names = ({ entries }: ListeningQueue) => entries.map(({ track }) => track.name);

test('knows what plays, what comes, and stays inside', () => {
  expect([queue(1).current?.track.id, queue(1).next?.track.id]).toEqual(['y', 'z']);
  expect(queue(2).next).toBeUndefined();
  expect([queue(0).at(9).index, queue(0).at(-1).index]).toEqual([2, 0]);
  expect(new ListeningQueue().at(3).current).toBeUndefined();
});

test('what is taken out does not change what plays, unless it is that', () => {
  expect(queue(1).without(0).current?.track.id).toBe('y');
  expect(queue(1).without(2).current?.track.id).toBe('y');
  expect(queue(1).without(1).current?.track.id).toBe('z');
  expect(queue(2).without(2).current?.track.id).toBe('y');
  expect(names(queue(1).with([entry('w')]))).toEqual(['x', 'y', 'z', 'w']);
});

test('fresh addresses replace old ones, track by track', () => {
  const fresh: Track = { ...entry('y').track, url: '/new' };
  expect(
    queue(1)
      .renewed([fresh])
      .entries.map(({ track }) => track.url),
  ).toEqual(['/x', '/new', '/z']);
});

test('ReplayGain lowers what is loud and never makes anything louder than was set', () => {
  expect(leveled(0.8, null)).toBe(0.8);
  expect(leveled(0.8, 6)).toBe(0.8);
  expect(leveled(1, -6)).toBeCloseTo(0.501, 3);
});
