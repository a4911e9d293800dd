import { draftOf, parseEpisodes, readDraft } from './match-draft';

test.each([
  ['3', [3]],
  ['3-5', [3, 4, 5]],
  ['5, 3', [3, 5]],
  ['3–4', [3, 4]],
  [' 3 , 3 ', [3]],
  ['0', [0]],
  ['', null],
  ['x', null],
  ['5-3', null],
  ['1-900', null],
  ['3,', null],
])('episodes “%s” are %j', (written, numbers) => expect(parseEpisodes(written)).toEqual(numbers));

test('the guess fills the form in', () => {
  expect(draftOf({ kind: 'episode', name: 'Harbour', year: 2019, season: 2, episodes: [3, 4] })).toEqual({
    kind: 'episode', name: 'Harbour', year: '2019', season: '2', episodes: '3, 4',
  }); // prettier-ignore
  expect(draftOf({ kind: 'unknown', name: null, year: null, season: null, episodes: [] })).toEqual({
    kind: 'movie', name: '', year: '', season: '', episodes: '',
  }); // prettier-ignore
});

const film = { kind: 'movie', name: ' Harbour ', year: '', season: '', episodes: '' } as const;
test('a film needs no more than its name', () => {
  expect(readDraft(film)).toEqual({ match: { kind: 'movie', name: 'Harbour', year: null } });
});
test('an episode needs its numbers', () => {
  expect(readDraft({ ...film, kind: 'episode', season: '0', episodes: '1-2', year: '1999' })).toEqual({
    match: { kind: 'episode', name: 'Harbour', year: 1999, season: 0, episodes: [1, 2] },
  });
});
test('everything wrong is said at once', () => {
  expect(readDraft({ kind: 'episode', name: '', year: '12', season: 'x', episodes: '' })).toEqual({
    faults: ['needName', 'badYear', 'badSeason', 'badEpisodes'],
  });
});
