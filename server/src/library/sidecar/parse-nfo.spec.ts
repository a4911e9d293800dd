import { parseNfo } from './parse-nfo.js';

const read = (text: string) => parseNfo(Buffer.from(text));

describe('a movie', () => {
  test('is read with all it states', () => {
    const [nfo] = read(`<?xml version="1.0" encoding="UTF-8"?><movie>
      <title>Sintel &amp; Co</title><originaltitle>Sintel</originaltitle><sorttitle>Sintel 1</sorttitle><year>2010</year>
      <ratings><rating name="imdb" max="10"><value>6.1</value></rating><rating name="tmdb" max="100" default="true"><value>74</value></rating></ratings>
      <plot>A girl &lt;searches&gt;.</plot><tagline>Alone.</tagline><runtime>15 min</runtime><mpaa>Rated PG-13 for action</mpaa>
      <genre>Animation / Fantasy</genre><genre>Short</genre><studio>Blender</studio><set><name>Open Movies</name></set>
      <uniqueid type="imdb">tt1727587</uniqueid><uniqueid type="tmdb">45745</uniqueid><uniqueid type="imdb">garbage</uniqueid>
      <director>Colin Levy</director><credits>Esther Wouda</credits>
      <actor><name>Halina Reijn</name><role>Sintel</role></actor><actor><role>nobody</role></actor></movie>`);
    expect(nfo).toEqual({
      kind: 'movie', name: 'Sintel & Co', originalName: 'Sintel', sortName: 'Sintel 1', seriesName: null, year: 2010,
      overview: 'A girl <searches>.', tagline: 'Alone.', genres: ['Animation', 'Fantasy', 'Short'], rating: 7.4,
      contentRating: 'PG-13', studio: 'Blender', runtimeSeconds: 900, set: 'Open Movies',
      externalIds: { imdb: 'tt1727587', tmdb: '45745' },
      people: [
        { name: 'Halina Reijn', role: 'actor', character: 'Sintel' },
        { name: 'Colin Levy', role: 'director', character: null },
        { name: 'Esther Wouda', role: 'writer', character: null },
      ],
      season: null, episode: null, airDate: null,
    }); // prettier-ignore
  });

  test('may be in an old encoding, or UTF-16', () => {
    expect(parseNfo(Buffer.from('<movie><title>Pr\xe9lude</title></movie>', 'latin1'))[0]?.name).toBe(
      'Prélude',
    );
    const wide = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('<movie><title>Prélude</title></movie>', 'utf16le'),
    ]);
    expect(parseNfo(wide)[0]?.name).toBe('Prélude');
  });
});

test('a file may hold several episodes', () => {
  const found =
    read(`<episodedetails><title>One</title><season>2</season><episode>3</episode><aired>2011-04-08</aired></episodedetails>
    <episodedetails><title>Two</title><season>2</season><episode>4</episode></episodedetails>`);
  expect(
    found.map(({ kind, name, season, episode, airDate }) => ({ kind, name, season, episode, airDate })),
  ).toEqual([
    { kind: 'episode', name: 'One', season: 2, episode: 3, airDate: '2011-04-08' },
    { kind: 'episode', name: 'Two', season: 2, episode: 4, airDate: null },
  ]);
});

test.each([
  ['https://www.imdb.com/title/tt0111161/', { imdb: 'tt0111161' }],
  ['  http://www.themoviedb.org/movie/278-the-x', { tmdb: '278' }],
  ['░▒▓ RELEASE ▓▒░\niMDB: http://imdb.com/title/tt0111161\n', { imdb: 'tt0111161' }],
])('ids are found in the text %p', (text, ids) => {
  expect(read(text)).toEqual([expect.objectContaining({ kind: 'ids', name: null, externalIds: ids })]);
});

test('a URL may follow the XML', () => {
  expect(read('<movie><title>A</title></movie>\nhttps://www.imdb.com/title/tt0111161/')[0]).toMatchObject({
    name: 'A',
  });
});

describe('malformed twins', () => {
  test.each([
    ['', []],
    ['just words', []],
    ['<movie>', []],
    ['<movie', []],
    ['<html><body>404</body></html>', []],
    ['<movie><title>A &amp B & C</title></movie>', ['A &amp B & C']],
    ['<movie><title>A</title><plot>never closed', ['A']],
    ['<movie><title>A</plot></movie>', ['A']],
    ['﻿<movie><title>  A  </title></movie>', ['A']],
    ['<MOVIE><Title>A</Title></MOVIE>', ['A']],
  ])('%p', (text, names) => {
    expect(read(text).map((nfo) => nfo.name)).toEqual(names);
  });

  test('an entity bomb stays small', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><movie><title>&c;</title></movie>`;
    expect(JSON.stringify(read(bomb)).length).toBeLessThan(2000);
  });

  test('a document type goes, whatever it holds, and one that never ends costs no time', () => {
    const film = '<movie><title>A</title></movie>';
    for (const type of ['movie', 'movie SYSTEM "x.dtd"', 'movie [<!ENTITY a "b>c"> <!ELEMENT d (e)>] '])
      expect(read(`<?xml version="1.0"?><!DOCTYPE ${type}>${film}`)[0]).toMatchObject({ name: 'A' });
    const started = performance.now();
    read(`<movie>${'<!DOCTYPE x['.repeat(80_000)}`);
    read(`<movie>${'<!DOCTYPE '.repeat(80_000)}`);
    // Linear: some tens of milliseconds. The square of it: a quarter of an hour.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('random bytes never throw', () => {
    let seed = 7;
    for (let run = 0; run < 300; run++) {
      const bytes = Buffer.from(
        '<movie><title>Some &amp; Thing</title><actor><name>X</name></actor></movie>',
      );
      for (let flips = 0; flips < 6; flips++) {
        seed = (seed * 1103515245 + 12345) & 0x7fffffff;
        bytes[seed % bytes.length] = (seed >> 8) & 0xff;
      }
      expect(Array.isArray(parseNfo(bytes))).toBe(true);
    }
  });

  test.each([
    ['<movie><title>A</title><year>20100</year></movie>', { year: null }],
    ['<movie><title>A</title><year>2010-05-01</year></movie>', { year: 2010 }],
    ['<movie><title>A</title><premiered>2010-05-01</premiered></movie>', { year: 2010 }],
    ['<movie><title>A</title><rating>7,9</rating></movie>', { rating: 7.9 }],
    ['<movie><title>A</title><rating>99</rating></movie>', { rating: null }],
    ['<movie><title>A</title><runtime>soon</runtime></movie>', { runtimeSeconds: null }],
    ['<movie><title>A</title><id>tt0111161</id></movie>', { externalIds: { imdb: 'tt0111161' } }],
    ['<movie><title>A</title><set>Old Form</set></movie>', { set: 'Old Form' }],
  ])('%p', (text, fields) => {
    expect(read(text)[0]).toMatchObject(fields);
  });
});
