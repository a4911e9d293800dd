import { providerTitle } from '@hearth/contract/provider-exchange';
import { brokenAnswers, type LoopbackService, startLoopbackService } from '../testing/loopback-service.js';
import { WikidataProvider } from './wikidata-provider.js';

let service: LoopbackService;
let provider: WikidataProvider;
beforeAll(async () => {
  service = await startLoopbackService();
  provider = new WikidataProvider(service.base);
});
afterAll(() => service.close());
beforeEach(() => (service.seen.length = 0));

const says = (value: unknown, rank = 'normal') => ({
  rank,
  mainsnak: { snaktype: 'value', datavalue: { value } },
});
const metropolis = {
  id: 'Q151599',
  labels: { en: { language: 'en', value: 'Metropolis' } },
  claims: {
    P345: [says('tt9999999', 'deprecated'), says('tt0017136')],
    P4947: [says('1'), says('19', 'preferred')],
    P724: [says({ not: 'text' })],
    P577: [says({ time: '+1927-01-10T00:00:00Z', precision: 11 })],
    P580: 'no list',
    P12196: [{ rank: 'normal', mainsnak: { snaktype: 'somevalue' } }],
  },
};
const answersWith = (item: unknown) => (parameters: URLSearchParams) =>
  parameters.get('action') === 'query'
    ? { query: { search: [{ title: 'Q151599' }] } }
    : { entities: { Q151599: item } };

/** Both questions have one path, so that they are told apart by asking one at a time. */
const ask = async (item: unknown, question: Parameters<WikidataProvider['title']>[0]) => {
  const answer = answersWith(item);
  const call = service.call();
  return provider.title(question, {
    ...call,
    fetch: (url, request) => {
      service.answers = { '/w/api.php': answer(new URL(url).searchParams) };
      return call.fetch(url, request);
    },
  });
};

test('a film by an id of another service: its other ids', async () => {
  const question = { type: 'movie', externalIds: { imdb: 'tt0017136', tmdb: '19', local: 'x y' } };
  expect(providerTitle.parse(await ask(metropolis, question))).toMatchObject({
    id: 'Q151599',
    name: 'Metropolis',
    year: 1927,
    endYear: null,
    externalIds: { wikidata: 'Q151599', imdb: 'tt0017136', tmdb: '19' },
  });
  expect(service.seen[0]?.url.searchParams.get('srsearch')).toBe('haswbstatement:P345=tt0017136|P4947=19');
  expect(service.seen[1]?.url.searchParams.get('ids')).toBe('Q151599');
});

test('a series has other ids of the same services', async () => {
  const series = {
    ...metropolis,
    claims: { P4983: [says('1')], P8600: [says('2')], P577: metropolis.claims.P577 },
  };
  const question = { type: 'series', id: 'Q151599', externalIds: {} };
  expect(await ask(series, question)).toMatchObject({
    year: 1927,
    externalIds: { tmdb: '1', tvmaze: '2', wikidata: 'Q151599' },
  });
});

test.each([
  ['nothing is known', metropolis, {}],
  ['an id means something else to the search', metropolis, { imdb: 'x|haswbstatement:P31' }],
  ['it has no name', { ...metropolis, labels: {} }, { imdb: 'tt0017136' }],
  ['it is gone', null, { imdb: 'tt0017136' }],
])('null where %s', async (_what, item, externalIds) =>
  expect(await ask(item, { type: 'movie', externalIds })).toBeNull(),
);

test.each(brokenAnswers)('an answer that is %s is trouble', async (_how, answer) => {
  service.answers = { '/w/api.php': answer };
  const question = { type: 'movie', externalIds: { imdb: 'tt0017136' } };
  await expect(provider.title(question, service.call())).rejects.toThrow(/answered/);
});
