import { providerPage, providerSource, providerTitle } from '@hearth/contract/provider-exchange';
import { brokenAnswers, type LoopbackService, startLoopbackService } from '../testing/loopback-service.js';
import { ArchiveProvider } from './archive-provider.js';
import { filmsQuery, pageAfter } from './archive-query.js';

let service: LoopbackService;
let provider: ArchiveProvider;
beforeAll(async () => {
  service = await startLoopbackService();
  provider = new ArchiveProvider(service.base);
});
afterAll(() => service.close());
beforeEach(() => {
  service.answers = {};
  service.seen.length = 0;
});

const open = 'http://creativecommons.org/licenses/publicdomain/';
const document = {
  identifier: 'night_of_the_living_dead',
  title: 'Night of the Living Dead',
  description: ['<p>They won’t stay <b>dead</b>.</p>', 'second'],
  year: '1968',
  date: '1968-10-01T00:00:00Z',
  subject: 'Horror; zombies ;',
  licenseurl: open,
  runtime: '1:35:30',
};
const film = {
  metadata: { ...document, mediatype: 'movies', subject: ['Horror', 'zombies'] },
  files: [
    { name: 'night.mpeg', source: 'original', format: 'MPEG2', size: '4000000000', length: '5730.4', height: '480' },
    { name: 'night_512kb.mp4', source: 'derivative', original: 'night.mpeg', format: '512Kb MPEG4', size: '300000000', height: '240' },
    { name: 'parts/night ü.mp4', source: 'derivative', original: 'night.mpeg', format: 'h.264', size: '700000000', height: '480' },
    { name: 'secret.mp4', source: 'derivative', original: 'night.mpeg', format: 'h.264', private: 'true' },
    { name: 'trailer.mpeg', source: 'original', format: 'MPEG2', length: '90', size: '90000000' },
    { name: 'trailer.mp4', source: 'derivative', original: 'trailer.mpeg', format: 'h.264' },
    { name: 'night_of_the_living_dead_archive.torrent', source: 'metadata', format: 'Archive BitTorrent', btih: 'A'.repeat(40), size: '20000' },
    { name: 7, format: 'h.264' },
    null,
  ],
}; // prettier-ignore

const search = (docs: unknown, numFound = 120) => ({ response: { numFound, docs } });
const films = (extra: Record<string, string> = {}, cursor?: string) =>
  provider.catalog({ type: 'movie', id: 'films', extra, ...(cursor && { cursor }) }, service.call());

test('a page of films, with what is left out of it and where it goes on', async () => {
  const restricted = { ...document, identifier: 'other', licenseurl: 'https://example.org/all-rights' };
  service.answers['/advancedsearch.php'] = search([document, restricted, { title: 'no id' }, 'x']);
  const page = providerPage.parse(await films({ sort: 'oldest' }, '2'));
  expect(page).toMatchObject({ next: '3', items: [{ id: 'night_of_the_living_dead', year: 1968 }] });
  expect(page.items).toHaveLength(1);
  expect(page.items[0]).toMatchObject({
    description: 'They won’t stay dead.',
    genres: ['Horror', 'zombies'],
    runtimeSeconds: 5730,
    externalIds: { archive: 'night_of_the_living_dead' },
  });
  const asked = service.seen[0]?.url.searchParams;
  expect([asked?.get('page'), asked?.get('sort[]'), asked?.get('output')]).toEqual(['2', 'date asc', 'json']);
});

test.each([
  [{}, []],
  [{ collection: 'feature_films,x) OR (y' }, ['collection:(feature_films)']],
  [{ year: '1920-1929' }, ['year:[1920 TO 1929]']],
  [{ year: '-1929' }, ['year:[* TO 1929]']],
  [{ year: 'soon' }, []],
  [{ subject: 'film noir' }, ['subject:("film" AND "noir")']],
  [{ language: 'deu' }, ['language:("ger" OR "deu" OR "German")']],
  [{ language: '"x"' }, []],
  [{ search: 'Dr. "No" OR *:*' }, ['title:("dr" AND "no" AND "or")']],
  [{ search: 'x', collection: 'feature_films' }, ['title:("x")']],
])('filters %j', (extra, terms) => {
  const query = filmsQuery(extra);
  expect(query).toMatch(/^mediatype:\(movies\) AND -access-restricted-item:true AND licenseurl:/);
  expect(query.split(' AND format:("h.264" OR "Archive BitTorrent")')[1]).toBe(
    terms.map((term) => ` AND ${term}`).join(''),
  );
});

test.each([
  [1, 51, '2'],
  [2, 100, null],
  [200, 50_000, null],
])('behind page %d of %d documents: %s', (page, found, next) => expect(pageAfter(page, found)).toBe(next));

test('a film in full', async () => {
  service.answers['/metadata/night_of_the_living_dead'] = film;
  const question = { type: 'movie', externalIds: { archive: 'night_of_the_living_dead' } };
  const title = providerTitle.parse(await provider.title(question, service.call()));
  expect(title).toMatchObject({ name: 'Night of the Living Dead', runtimeSeconds: 5730.4, year: 1968 });
});

test('its sources: H.264 first, the torrent last, nothing of the trailer', async () => {
  service.answers['/metadata/night_of_the_living_dead'] = film;
  const question = { type: 'movie', id: 'night_of_the_living_dead', externalIds: {} };
  const sources = (await provider.sources(question, service.call())).map((each) =>
    providerSource.parse(each),
  );
  const at = `${service.base}/download/night_of_the_living_dead`;
  expect(sources.map((source) => ('url' in source ? source.url : source.infoHash))).toEqual([
    `${at}/parts/night%20%C3%BC.mp4`,
    `${at}/night_512kb.mp4`,
    `${at}/night.mpeg`,
    'a'.repeat(40),
  ]);
  expect(sources[0]).toMatchObject({ height: 480, size: 700_000_000, fileName: 'night ü.mp4' });
  expect(sources[3]).toMatchObject({
    torrentUrl: `${at}/night_of_the_living_dead_archive.torrent`,
    fileIndex: null,
  });
});

test('a film of a library is found by its name and year', async () => {
  const other = { ...document, identifier: 'about_it', title: 'The making of Night of the Living Dead' };
  service.answers['/advancedsearch.php'] = search([other, document]);
  service.answers['/metadata/night_of_the_living_dead'] = film;
  const question = { type: 'movie', externalIds: {}, name: 'Night of the living dead', year: 1968 };
  expect(await provider.sources(question, service.call())).toHaveLength(4);
  expect(service.seen.map(({ url }) => url.pathname)).not.toContain('/metadata/about_it');
});

test.each([
  ['nobody may have', { ...film, metadata: { ...film.metadata, licenseurl: undefined } }],
  ['is lent only', { ...film, metadata: { ...film.metadata, 'access-restricted-item': ['true'] } }],
  ['is a book', { ...film, metadata: { ...film.metadata, mediatype: 'texts' } }],
  ['is not there', {}],
])('what %s is neither shown nor played', async (_what, item) => {
  service.answers['/metadata/it'] = item;
  const question = { type: 'movie', id: 'it', externalIds: {} };
  expect(await provider.title(question, service.call())).toBeNull();
  expect(await provider.sources(question, service.call())).toEqual([]);
});

test.each(brokenAnswers)('an answer that is %s is trouble, and not an empty page', async (_how, answer) => {
  service.answers['/advancedsearch.php'] = answer;
  await expect(films()).rejects.toThrow(/answered/);
});
