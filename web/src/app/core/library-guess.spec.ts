import { guessKind, guessName } from './library-guess';

test.each([
  ['/media/films', 'movies'],
  ['/media/Kids_Movies', 'movies'],
  ['/srv/TV Shows', 'series'],
  ['/srv/tv-shows', 'series'],
  ['/volume1/video/Anime', 'series'],
  ['/mnt/serien/HD', 'series'],
  ['/mnt/films/series', 'series'],
  ['/home/ada/Musik', 'music'],
  ['/home/ada/DCIM', 'photos'],
  ['/mnt/disk1', 'mixed'],
  ['/', 'mixed'],
  // A word inside another is not that word.
  ['/mnt/filmstudio-backup', 'mixed'],
])('%s holds %s', (path, kind) => expect(guessKind(path)).toBe(kind));

test.each([
  ['/media/films', 'Films'],
  ['/media/kids_movies/', 'Kids movies'],
  ['/media/Über.uns', 'Über uns'],
  ['/', ''],
])('%s is called “%s”', (path, name) => expect(guessName(path)).toBe(name));
