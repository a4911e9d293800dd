import { providerSource, type ProviderSourceInput } from '@hearth/contract/provider-exchange';
import { isFoundSourceId, joinSources, type SourceAnswer, subjectKeyOf } from './found-source.js';
import { foundTorrentView } from './source-view.js';
import { referenceSubject, searchSubject, titleSubject } from './source-subject.js';

const { key } = titleSubject('t', null, { type: 'movie', externalIds: {} });
const infoHash = 'a'.repeat(40);
const answer = (providerId: string, trust: number, ...sources: ProviderSourceInput[]): SourceAnswer => ({
  ...{ providerId, trust, foundAt: 0 },
  sources: sources.map((source) => providerSource.parse(source)),
});

test('torrents of one infohash are one: trackers united, most seeders, whom one trusts first', () => {
  const name = 'Nosferatu.1922.720p.WEB-DL.x264-OPEN';
  const [found, ...others] = joinSources(key, [
    answer('b', 0.4, { kind: 'torrent', name: 'nosferatu', infoHash, trackers: ['udp://b.example.org:1'], seeders: 9, fileIndex: 2 }),
    answer('a', 0.9, { kind: 'torrent', name, infoHash: infoHash.toUpperCase(), trackers: ['udp://a.example.org:1'], seeders: 4, size: 7e8 }),
  ]);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    providerIds: ['a', 'b'],
    trust: 0.9,
    source: { name, seeders: 9, size: 7e8, fileIndex: 2, trackers: ['udp://a.example.org:1', 'udp://b.example.org:1'] },
    facts: { resolution: '720p', origin: 'web-dl', videoCodec: 'H.264', releaseGroup: 'OPEN' },
  });
}); // prettier-ignore

test('HTTP sources are one by their address, whatever its fragment; kinds are never one', () => {
  const url = 'https://archive.example.org/film.mp4';
  const found = joinSources(key, [
    answer('a', 0.5, { kind: 'http', name: 'Film', url }, { kind: 'link', name: 'Film', url }),
    answer('b', 0.5, { kind: 'http', name: 'Film', url: `${url}#t=10` }),
  ]);
  expect(found.map(({ source, providerIds }) => [source.kind, providerIds])).toEqual([
    ['http', ['a', 'b']],
    ['link', ['a']],
  ]);
});

test('what a provider says of itself counts before what a name says; a file’s name says the rest', () => {
  const [found] = joinSources(key, [
    answer('a', 0.5, { kind: 'http', url: 'https://x.example.org/', name: 'Film 720p', fileName: 'Film.1080p.HEVC.mkv', height: 2160, languages: ['de'] }),
  ]);
  expect(found?.facts).toMatchObject({ resolution: '2160p', videoCodec: 'H.265', languages: ['de'] });
}); // prettier-ignore

test.each([
  ['Show.S02.1080p.WEB-DL', true],
  ['Show.S02E03.1080p.WEB-DL', false],
  ['Film.1922.1080p', false],
])('%s is a pack: %s', (name, isPack) => {
  const [found] = joinSources(key, [answer('a', 0.5, { kind: 'torrent', name, infoHash })]);
  expect(found?.isPack).toBe(isPack);
});

test('ids say whose they are and stay the same', () => {
  const ids = [0.1, 0.9].map(
    (trust) => joinSources(key, [answer('a', trust, { kind: 'torrent', name: 'x', infoHash })])[0]?.id ?? '',
  );
  expect(ids[0]).toBe(ids[1]);
  expect(isFoundSourceId(ids[0] ?? '')).toBe(true);
  expect(subjectKeyOf(ids[0] ?? '')).toBe(key);
  expect(ids[0]).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(subjectKeyOf('found-x')).toBeUndefined();
});

test('equal questions are one subject; a search is none of a title', () => {
  const a = { type: 'movie', externalIds: { imdb: 'tt0013442', tmdb: '653' } };
  const b = { externalIds: { tmdb: '653', imdb: 'tt0013442' }, type: 'movie' };
  expect(referenceSubject(a).key).toBe(referenceSubject(b).key);
  expect(searchSubject(a).key).not.toBe(referenceSubject(a).key);
});

test('magnet links hold no tracker with somebody’s key in it', () => {
  const [found] = joinSources(key, [
    answer('a', 0.5, { kind: 'torrent', name: 'Film & more', infoHash, trackers: ['udp://open.example.org:6969/announce', 'https://x.example.org/0123456789abcdef/announce', 'https://x.example.org/announce?passkey=1'] }),
  ]);
  const names = new Map([['a', 'Somebody']]);
  expect(found && foundTorrentView(found, names)).toMatchObject({
    magnet: `magnet:?xt=urn:btih:${infoHash}&dn=Film%20%26%20more&tr=udp%3A%2F%2Fopen.example.org%3A6969%2Fannounce`,
    providers: [{ id: 'a', name: 'Somebody' }],
  });
}); // prettier-ignore
