import { fileType } from './media-type.js';

test.each([
  ['Film.mkv', 'video/x-matroska'],
  ['Film.MP4', 'video/mp4'],
  ['Film.m2ts', 'video/mp2t'],
  ['Record.m4a', 'audio/mp4'],
  ['Record.opus', 'audio/ogg'],
  ['Song.mp3', 'audio/mpeg'],
  ['Wave.jpg', 'image/jpeg'],
  ['Film.bin', 'application/octet-stream'],
])('what nobody has looked into is what its name says: %s', (relativePath, type) => {
  expect(fileType({ media: null, relativePath })).toBe(type);
});
