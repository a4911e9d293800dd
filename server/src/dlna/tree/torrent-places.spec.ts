import { idOfPlace, torrentPlace } from './torrent-places.js';
import { episodeHome, filmHome } from './video-items.js';

const infoHash = 'c0ffee'.padEnd(40, '0');
const title = `torrent-${infoHash}`;
const episode = `${title}-e4999-12`;

test.each([title, episode])('%s is at home at a place that leads back to it', (id) => {
  const place = torrentPlace(id) ?? '';
  expect(place.length).toBeLessThanOrEqual(64);
  expect(idOfPlace(place.split('$').slice(1))).toBe(id);
});

test('films and episodes of libraries are at home where they were', () => {
  const facts = {
    titleId: 'S',
    seasonNumber: 2,
    id: 'E',
    number: 1,
    name: null,
    overview: null,
    airDate: null,
  };
  expect(filmHome('F')).toBe('movies$all$F');
  expect(episodeHome({ ...facts, stillId: null, addedAt: 0, resumeSeconds: 0 })).toBe('tv$S$2$E');
  const ofTorrent = { ...facts, titleId: title, id: episode, stillId: null, addedAt: 0, resumeSeconds: 0 };
  expect(episodeHome(ofTorrent)).toBe(`torrents$${infoHash}$e4999-12`);
});
