import type { MusicTags } from '../tags/tag-reader.port.js';
import { genresOf, placeTrack, positionOf, splitArtists } from './place-track.js';
import { readTrackPath } from './track-path.js';

const silent: MusicTags = {
  title: null,
  album: null,
  artist: null,
  artists: [],
  artistSort: null,
  albumArtist: null,
  albumArtistSort: null,
  compilation: false,
  track: null,
  disc: null,
  year: null,
  genres: [],
  gain: null,
  albumGain: null,
};
const place = (path: string, tags: Partial<MusicTags> | null) =>
  placeTrack(tags && { ...silent, ...tags }, {
    path,
    folderId: 'f',
    folderName: 'Music',
    durationSeconds: 1,
    hasPicture: false,
  });

/** `path → album folder | artist | album | year | disc | number | title` */
test.each(
  `
Artist/Album/01 - Title.flac → Artist/Album | Artist | Album | - | - | 1 | Title
Artist/Album (1999)/03. Title.mp3 → Artist/Album (1999) | Artist | Album | 1999 | - | 3 | Title
Artist/1999 - Album [FLAC]/12 Title.mp3 → Artist/1999 - Album [FLAC] | Artist | Album | 1999 | - | 12 | Title
Artist/Artist - Album/1-07 Title.mp3 → Artist/Artist - Album | Artist | Album | - | 1 | 7 | Title
Artist/Songs - Part Two/02_Some_Title.mp3 → Artist/Songs - Part Two | Artist | Songs - Part Two | - | - | 2 | Some Title
Artist/Album/CD 2/04 Title.mp3 → Artist/Album | Artist | Album | - | 2 | 4 | Title
Artist/Album/Disc 1 - Live/04 Title.mp3 → Artist/Album | Artist | Album | - | 1 | 4 | Title
Artist - Album (2001)/01 Title.mp3 → Artist - Album (2001) | Artist | Album | 2001 | - | 1 | Title
Various Artists/Hits/01 Title.mp3 → Various Artists/Hits | - | Hits | - | - | 1 | Title
Album/Title.mp3 → Album | - | Album | - | - | - | Title
Title.mp3 → | - | - | - | - | - | Title
Artist/1984/1999.mp3 → Artist/1984 | Artist | 1984 | - | - | - | 1999
CD 1/01 Title.mp3 → CD 1 | - | CD 1 | - | 1 | 1 | Title
`
    .trim()
    .split('\n')
    .map((line): [string, string] => {
      const [path = '', wanted = ''] = line.split(' →');
      return [path, wanted.trim().replace(/^\| /, ' | ').trim()];
    }),
)('%s', (path, wanted) => {
  const { albumFolder, artist, album, year, disc, number, title } = readTrackPath(path);
  const found = [albumFolder, artist, album, year, disc, number, title].map((each) => each ?? '-');
  expect(found.join(' | ').trim()).toBe(wanted);
});

test('the album artist of the tags, else the folder all its tracks lie in', () => {
  const tagged = place('a/1.mp3', { artist: 'Guest', albumArtist: 'The Lamps', album: 'Night' });
  expect(tagged.album).toMatchObject({
    identity: 'artist|the lamps|night',
    isTagged: true,
    artist: { name: 'The Lamps', sortName: 'lamps' },
  });
  expect(place('b/9.mp3', { albumArtist: 'the lamps', album: 'NIGHT' }).album.identity).toBe(
    tagged.album.identity,
  );
  const [one, other, elsewhere] = ['x/CD 1/1.mp3', 'x/CD 2/2.mp3', 'y/1.mp3'].map(
    (path, at) => place(path, { artist: `A${at}`, album: 'Mix' }).album,
  );
  expect(one).toMatchObject({ isTagged: false, artist: null });
  expect(other?.identity).toBe(one?.identity);
  expect(elsewhere?.identity).not.toBe(one?.identity);
});

test.each<[string, Partial<MusicTags>]>([
  ['a/1.mp3', { compilation: true, artist: 'A', album: 'Hits' }],
  ['a/1.mp3', { albumArtist: 'Various Artists', album: 'Hits' }],
  ['a/1.mp3', { albumArtist: 'V.A.', album: 'Hits' }],
  ['Compilations/a/1.mp3', { artist: 'A', album: 'Hits' }],
])('of many: %s %j', (path, tags) => {
  expect(place(path, tags).album).toMatchObject({ identity: 'various|hits', artist: null, isTagged: true });
});

test('without tags the names tell, and an artist in the file name only where no folder does', () => {
  expect(place('Ann/Dusk (1999)/02 - Second.flac', null)).toMatchObject({
    name: 'Second',
    number: 2,
    year: 1999,
    artists: [{ name: 'Ann' }],
    album: { name: 'Dusk', identity: 'artist|ann|dusk', isTagged: true },
  });
  expect(place('loose/Bob - Song.mp3', {})).toMatchObject({
    name: 'Song',
    artists: [{ name: 'Bob' }],
    album: { name: 'loose' },
  });
  expect(place('Song.mp3', {})).toMatchObject({ name: 'Song', artists: [], album: { name: 'Music' } });
});

test.each([
  ['A feat. B', ['A', 'B']],
  ['A (ft. B)', ['A', 'B']],
  ['A; B', ['A', 'B']],
  ['A / B', ['A', 'B']],
  ['AC/DC', ['AC/DC']],
  ['Simon & Garfunkel', ['Simon & Garfunkel']],
  ['Defeat', ['Defeat']],
  [null, []],
])('%s are %j', (text, artists) => expect(splitArtists(text)).toEqual(artists));

test.each([
  [['Rock; pop/Folk'], ['Rock', 'Pop', 'Folk']],
  [['Rock', 'ROCK'], ['Rock']],
  [['Folk, World, & Country'], ['Folk', 'World', 'Country']],
  [[' ; '], []],
])('%j are the genres %j', (tags, genres) => expect(genresOf(tags)).toEqual(genres));

test('discs come one after the other, what has no number last', () => {
  const order = [
    { disc: null, number: 1 },
    { disc: 1, number: 99_000 },
    { disc: 1, number: null },
    { disc: 2, number: 1 },
    { disc: 2, number: null },
  ].map(positionOf);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('names that a hostile tag stretches stay within bounds', () => {
  const long = 'x'.repeat(100_000);
  const { name, artists, album } = place(`${'d'.repeat(200)}/${'f'.repeat(200)}.mp3`, {
    title: long,
    artist: long,
    album: long,
    albumArtist: long,
  });
  for (const text of [name, artists[0]?.name, album.name, album.artist?.name])
    expect(text?.length).toBeLessThanOrEqual(300);
  expect(album.identity.length).toBeLessThan(700);
});
