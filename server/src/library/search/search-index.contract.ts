import type { SearchDocument, SearchIndex, SearchKind } from './search-index.js';

const kinds: SearchKind[] = ['title', 'episode', 'person', 'file'];

const document = (id: string, names: string[], more: Partial<SearchDocument> = {}): SearchDocument => ({
  kind: 'title',
  id,
  titleId: id,
  names,
  boost: 0,
  ...more,
});

const library: SearchDocument[] = [
  document('matrix', ['The Matrix', '1999']),
  document('reloaded', ['The Matrix Reloaded', '2003'], { boost: 5 }),
  document('amelie', ['Amélie', 'Le Fabuleux Destin d’Amélie Poulain', '2001']),
  document('chihiro', ['Spirited Away', '千と千尋の神隠し', '2001']),
  document('strasse', ['Sonnenallee', 'Die Straße']),
  document('interstellar', ['Interstellar', '2014']),
  document('godfather', ['The Godfather', '1972']),
  document('alien', ['Alien', '1979']),
  document('aliens', ['Aliens', '1986'], { boost: 9 }),
  document('war', ['War & Peace']),
  document('brat', ['Brother', 'Брат']),
  document('pilot', ['Pilot'], { kind: 'episode', titleId: 'series' }),
  document('reeves', ['Keanu Reeves'], { kind: 'person', titleId: null }),
  document('file', ['The.Matrix.1999.2160p.mkv'], { kind: 'file', titleId: 'matrix' }),
];

/** A database server may have to start first, on a busy machine. */
const startTimeoutMs = 60_000;

/** What every search index does. Registers its own tests. */
export function searchIndexContract(open: () => Promise<SearchIndex>): void {
  let index: SearchIndex;
  beforeAll(async () => {
    index = await open();
    await index.upsert(library);
  }, startTimeoutMs);

  const find = async (query: string, wanted = kinds, limit = 10) =>
    (await index.find(query, wanted, limit)).map((hit) => hit.id);

  test.each([
    ['amelie', ['amelie']],
    ['AMÉLIE', ['amelie']],
    ['fabuleux', ['amelie']],
    ['strasse', ['strasse']],
    ['die straße', ['strasse']],
    ['千尋', ['chihiro']],
    ['брат', ['brat']],
    ['war and peace', ['war']],
    ['2014', ['interstellar']],
    ['pil', ['pilot']],
    ['reev', ['reeves']],
    ['2160p', ['file']],
    ['reloaded matrix', ['reloaded']],
  ])('finds %s', async (query, ids) => expect(await find(query)).toEqual(ids));

  test.each([
    ['marix', 'matrix'],
    ['amleie', 'amelie'],
    ['intersteler', 'interstellar'],
    ['intrest', 'interstellar'],
    ['godfahter', 'godfather'],
    ['keanu reevse', 'reeves'],
    ['matrix relaoded', 'reloaded'],
    ['alein', 'alien'],
    ['teh matrix', 'matrix'],
    ['wra', 'war'],
  ])('forgives the typing errors in %s', async (query, id) => expect(await find(query)).toContain(id));

  test('the whole name first, then its beginning, the newer of equals, typing errors last', async () => {
    expect(await find('alien', ['title'])).toEqual(['alien', 'aliens']);
    expect(await find('the matrix', ['title'])).toEqual(['matrix', 'reloaded']);
    expect(await find('ali', ['title'])).toEqual(['aliens', 'alien']);
  });

  test('what was typed right counts no error', async () => {
    const [exact] = await index.find('alien', ['title'], 5);
    const [mistyped] = await index.find('aleins', ['title'], 5);
    expect(exact).toMatchObject({ id: 'alien', kind: 'title', titleId: 'alien', edits: 0 });
    expect(mistyped).toMatchObject({ id: 'aliens', edits: 1 });
  });

  test('keeps to the kinds and the limit it was given', async () => {
    expect(await find('matrix', ['file'])).toEqual(['file']);
    expect(await find('the', ['title'], 2)).toHaveLength(2);
  });

  test.each([
    '',
    '   ',
    '!?',
    '"',
    "'; DROP TABLE title; --",
    '%_%',
    '* OR NEAR(',
    'a'.repeat(500),
    '\u0000',
  ])('is not upset by %j', async (query) => expect(Array.isArray(await find(query))).toBe(true));

  test('a changed name replaces the old one; the same again changes nothing', async () => {
    await index.upsert([document('renamed', ['Kestrel'])]);
    await index.upsert([document('renamed', ['Peregrine'])]);
    await index.upsert([document('renamed', ['Peregrine'])]);
    expect(await find('kestrel')).toEqual([]);
    expect(await find('peregrine')).toEqual(['renamed']);
  });

  test('what is removed is not found, and can come back', async () => {
    await index.upsert([document('gone', ['Wanderer'])]);
    await index.remove(['gone', 'never there']);
    expect(await find('wanderer')).toEqual([]);
    await index.upsert([document('gone', ['Wanderer'])]);
    expect(await find('wanderer')).toEqual(['gone']);
  });

  test('takes many at once', async () => {
    const many = Array.from({ length: 1500 }, (_, at) => document(`many${at}`, [`Quokka Number ${at}`]));
    await index.upsert(many);
    expect(await find('quokka number 1234', ['title'], 3)).toContain('many1234');
    await index.remove(many.map(({ id }) => id));
    expect(await find('quokka')).toEqual([]);
  });
}
