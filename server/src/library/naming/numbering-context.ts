/** Season and episode numbers and the stretch of the name they take. */
export interface Numbering {
  season: number | null;
  episodes: number[];
  absolute: number[];
  start: number;
  end: number;
}

/** What is known before the numbers are read; loose forms are believed only with such support. */
export interface NumberingContext {
  /** The season that the folder states, if the file lies in one. */
  folderSeason: number | null;
  /** The file lies in a season or specials folder. */
  inSeriesFolder: boolean;
  /** Title of the folder, normalised, for `The Simpsons/The Simpsons 12`. */
  folderTitle: string | null;
  /** A fansub bracket, a checksum or the like. */
  fansub: boolean;
  /** Recorded off television (`HDTV`, `PDTV`), where `307` is season 3, episode 7. */
  broadcast: boolean;
  libraryKind: 'movies' | 'series' | 'mixed';
}
