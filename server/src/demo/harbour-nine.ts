import type { SeriesSpec } from './household.js';
import { PALETTES } from './palettes.js';

/** A series with two seasons, a file that holds two episodes, and a special. */
export const HARBOUR_NINE: SeriesSpec = {
  title: 'Harbour Nine',
  year: 2020,
  tagline: 'Everything that floats has a story.',
  plot: 'A small port, a smaller customs office, and the three people who open what the sea brings in.',
  genres: ['Drama', 'Mystery'],
  director: 'Ottilie Vance',
  cast: [
    { name: 'Greta Svanholm', role: 'Inspector Lund' },
    { name: 'Desmond Achterly', role: 'Pike' },
    { name: 'Yusra Belmonte', role: 'Salma' },
  ],
  rating: 8.3,
  certificate: '12',
  look: { motif: 'harbour', colours: PALETTES.dusk, seed: 91 },
  seasonLooks: {
    0: { motif: 'sea', colours: PALETTES.dusk, seed: 97 },
    1: { motif: 'harbour', colours: PALETTES.dusk, seed: 91 },
    2: { motif: 'harbour', colours: PALETTES.winter, seed: 94 },
  },
  clip: {
    suffix: '.mkv',
    width: 1280,
    height: 720,
    seconds: 30,
    encoding: 'h264',
    audio: ['eng'],
    subtitles: [{ language: 'eng', format: 'srt' }],
    chapters: ['Before the titles', 'The tide turns'],
  },
  external: ['de'],
  episodes: [
    {
      season: 0,
      episodes: [1],
      titles: ['The Regatta'],
      plot: 'Once a year nobody is allowed to be serious. Somebody is.',
      aired: '2020-12-24',
    },
    {
      season: 1,
      episodes: [1],
      titles: ['Low Water'],
      plot: 'A container without a number, and a new inspector who counts.',
      aired: '2020-09-04',
    },
    {
      season: 1,
      episodes: [2],
      titles: ['The Pilot’s Ledger'],
      plot: 'Every ship pays the pilot. One of them has paid twice.',
      aired: '2020-09-11',
    },
    {
      season: 1,
      episodes: [3],
      titles: ['Fog Signal'],
      plot: 'Three blasts mean “I am coming astern”. Nobody is.',
      aired: '2020-09-18',
    },
    {
      season: 1,
      episodes: [4],
      titles: ['Demurrage'],
      plot: 'Waiting costs money. Salma finds out whose.',
      aired: '2020-09-25',
    },
    {
      season: 2,
      episodes: [1],
      titles: ['Ice in the Basin'],
      plot: 'The harbour freezes with one ship too many inside.',
      aired: '2021-11-05',
    },
    {
      season: 2,
      episodes: [2, 3],
      titles: ['The Long Crossing', 'Landfall'],
      plot: 'A night at sea, told from both ends.',
      aired: '2021-11-12',
    },
    {
      season: 2,
      episodes: [4],
      titles: ['Lights Out'],
      plot: 'The last beacon is switched off, and something answers.',
      aired: '2021-11-26',
    },
  ],
};
