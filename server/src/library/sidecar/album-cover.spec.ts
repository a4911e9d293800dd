import { albumCover } from './album-cover.js';

test.each([
  [['back.jpg', 'Folder.jpg', 'cover.png'], 'cover.png'],
  [['inlay.jpg', 'Front.JPG'], 'Front.JPG'],
  [['AlbumArt_{1234}_Large.jpg', 'x.jpg'], 'AlbumArt_{1234}_Large.jpg'],
  [['anything.jpg'], 'anything.jpg'],
  [['one.jpg', 'two.jpg'], undefined],
  [['coverage.jpg', 'x.jpg'], undefined],
  [['cover.dng'], undefined],
  [[], undefined],
])('of %j it is %s', (names, cover) => expect(albumCover(names.map((name) => ({ name })))?.name).toBe(cover));
