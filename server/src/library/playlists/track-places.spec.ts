import { placesOf } from './track-places.js';

const music = { id: 'music', path: '/srv/music' };
const more = { id: 'more', path: '/srv/more' };
const places = (reference: string): string[] =>
  placesOf(reference, { root: music, path: 'lists/Mix.m3u' }, [music, more]).map(
    ({ folderId, path }) => `${folderId}:${path}`,
  );

test.each([
  ['a.mp3', ['music:lists/a.mp3']],
  ['./x/../a.mp3', ['music:lists/a.mp3']],
  ['../The Lamps/a.mp3', ['music:The Lamps/a.mp3']],
  ['..\\The Lamps\\a.mp3', ['music:The Lamps/a.mp3']],
  ['../../more/b.mp3', ['more:b.mp3']],
  ['../100%25.mp3', ['music:100%25.mp3', 'music:100%.mp3']],
])('relative: %s', (reference, expected) =>
  expect(places(reference)).toEqual(expect.arrayContaining(expected)),
);

test.each([
  ['/srv/music/x/a.mp3', 'music:x/a.mp3'],
  ['file:///srv/more/My%20Song.mp3', 'more:My Song.mp3'],
  ['file://localhost/srv/more/b.mp3', 'more:b.mp3'],
  ['C:\\Users\\Ann\\Music\\x\\a.mp3', 'music:x/a.mp3'],
  ['file:///C:/Users/Ann/x/a.mp3', 'music:x/a.mp3'],
  ['\\\\nas\\music\\x\\a.mp3', 'music:x/a.mp3'],
  ['/Volumes/Music/x/a.mp3', 'music:x/a.mp3'],
])('absolute, also of another machine: %s', (reference, expected) =>
  expect(places(reference)).toContain(expected),
);

test.each(['/etc/passwd', '../../../../etc/passwd', '..\\..\\..\\etc\\passwd', '../../secret/a.mp3', '/srv/music', '..', '', '%'])(
  'nothing outside the libraries: %s',
  (reference) => {
    for (const { folderId, path } of placesOf(reference, { root: music, path: 'lists/Mix.m3u' }, [music, more])) {
      expect(folderId).toBe('music');
      expect(path.split('/')).not.toContain('..');
      expect(path.startsWith('/')).toBe(false);
    }
  },
); // prettier-ignore

test('no character that a database refuses', () => {
  expect(places('a%00b%0a.mp3')).toEqual(['music:lists/a%00b%0a.mp3']);
});

test('both ways of writing an umlaut', () => {
  const [nfc, nfd] = ['Zoë.mp3'.normalize('NFC'), 'Zoë.mp3'.normalize('NFD')];
  for (const form of [nfc, nfd])
    expect(places(form)).toEqual(expect.arrayContaining([`music:lists/${nfc}`, `music:lists/${nfd}`]));
});
