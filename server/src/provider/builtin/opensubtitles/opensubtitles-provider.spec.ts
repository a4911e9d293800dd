import { providerSubtitle } from '@hearth/contract/provider-exchange';
import { brokenAnswers, type LoopbackService, startLoopbackService } from '../testing/loopback-service.js';
import { OpensubtitlesProvider } from './opensubtitles-provider.js';
import { searchParameters } from './opensubtitles-subtitles.js';

let service: LoopbackService;
let provider: OpensubtitlesProvider;
beforeAll(async () => {
  service = await startLoopbackService();
  provider = new OpensubtitlesProvider(service.base);
});
afterAll(() => service.close());
beforeEach(() => (service.seen.length = 0));

const call = () => service.call({ apiKey: 'k3y' });
const found = (attributes: object) => ({
  id: '9',
  attributes: { language: 'en', release: 'Metropolis.1927', download_count: 999, files: [{ file_id: 17, file_name: 'm.srt' }], ...attributes },
}); // prettier-ignore
const question = { type: 'movie', externalIds: { imdb: 'tt0017136' }, languages: ['en', 'DE'] };

test('subtitles of a film, best ones told apart', async () => {
  service.answers = {
    '/subtitles': {
      data: [
        found({ moviehash_match: true, hearing_impaired: true }),
        found({ release: null }),
        found({ ai_translated: true }),
        found({ files: [{ file_id: 1 }, { file_id: 2 }] }),
        found({ files: [] }),
        { attributes: {} },
        7,
      ],
    },
  };
  const subtitles = (await provider.subtitles(question, call())).map((each) => providerSubtitle.parse(each));
  expect(subtitles.map(({ id, name, score, url }) => [id, name, score, url])).toEqual([
    ['17', 'Metropolis.1927', 1, null],
    ['17', 'm.srt', 0.55, null],
    ['17', 'Metropolis.1927', 0.2, null],
  ]);
  expect(subtitles[0]?.hearingImpaired).toBe(true);
  expect(service.seen[0]?.url.search).toBe('?imdb_id=17136&languages=de%2Cen');
  expect(service.seen[0]?.headers).toMatchObject({ 'api-key': 'k3y' });
  expect(service.seen[0]?.headers['user-agent']).toMatch(/^Hearth v\d/);
});

test.each([
  [
    { ...question, videoHash: '8e245d9679d31e12' },
    { imdb_id: 17136, moviehash: '8e245d9679d31e12' },
  ],
  [
    { ...question, season: 1, episode: 2 },
    { parent_imdb_id: 17136, season_number: 1, episode_number: 2 },
  ],
  [
    { ...question, externalIds: {}, name: 'Metropolis', year: 1927 },
    { query: 'metropolis', year: 1927 },
  ],
])('%j', (asked, parameters) => {
  const sent = searchParameters(asked) ?? {};
  expect(Object.keys(sent)).toEqual(Object.keys(sent).toSorted());
  expect(Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined))).toEqual({
    ...parameters,
    languages: 'de,en',
  });
});

test('nothing is asked where nobody knows which title it is', async () => {
  expect(await provider.subtitles({ ...question, externalIds: {} }, call())).toEqual([]);
  expect(service.seen).toEqual([]);
});

test('where it is, is asked when it is used', async () => {
  service.answers = { '/download': { link: 'https://example.org/s.vtt', remaining: 99 } };
  expect(await provider.subtitleLink('17', call())).toBe('https://example.org/s.vtt');
  expect(service.seen[0]).toMatchObject({ method: 'POST', body: '{"file_id":17,"sub_format":"webvtt"}' });
  service.answers = {};
  expect(await provider.subtitleLink('17', call())).toBeNull();
  expect(await provider.subtitleLink('x', call())).toBeNull();
  service.answers = { '/download': { link: 'javascript:alert(1)' } };
  await expect(provider.subtitleLink('17', call())).rejects.toThrow('another shape');
});

test.each(brokenAnswers)('an answer that is %s is trouble', async (_how, answer) => {
  service.answers = { '/subtitles': answer };
  await expect(provider.subtitles(question, call())).rejects.toThrow(/answered/);
});
