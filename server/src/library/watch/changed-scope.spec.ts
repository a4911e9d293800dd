import { scopeOf } from './changed-scope.js';

test.each<[string, boolean | null, string | null]>([
  ['Film (2000)/Film.mkv', false, 'Film (2000)'],
  ['Film.mkv', false, ''],
  ['Film (2000)/poster.jpg', false, 'Film (2000)'],
  ['Film (2000)/Subs/en.srt', false, 'Film (2000)'],
  ['Film (2000)/Subs/Film/2_English.srt', false, 'Film (2000)/Subs/Film'],
  ['Film (2000)/Trailers/one.mkv', false, 'Film (2000)'],
  ['Show/Season 1', true, 'Show/Season 1'],
  ['Show/Season 1', null, 'Show/Season 1'],
  ['Mr. Show', null, 'Mr. Show'],
  ['Film (2000)/Film.mkv', null, 'Film (2000)'],
  ['Film (2000)/Film.mkv.part', false, null],
  ['Film (2000)/notes.txt', false, null],
  ['@eaDir/Film.mkv', false, null],
  ['.Trash/Film.mkv', false, null],
  ['Film (2000)/.hearthignore', false, 'Film (2000)'],
])('a change of %p (directory: %p) means a scan of %p', (path, isDirectory, scope) => {
  expect(scopeOf(path, isDirectory)).toBe(scope);
});
