import type { RecordSpec } from './household.js';
import { PALETTES } from './palettes.js';

export const RECORDS: readonly RecordSpec[] = [
  {
    artist: 'The Lamplighters’ Union',
    title: 'Night Work',
    year: 2018,
    genres: ['Ambient', 'Folk'],
    look: { motif: 'city', colours: PALETTES.neon, seed: 61 },
    tracks: ['First Shift', 'Wet Cobbles', 'The Long Street', 'Somebody Is Awake', 'Handing Over'],
  },
  {
    artist: 'Maren Oostveld',
    title: 'Tidewater Songs',
    year: 2022,
    genres: ['Folk'],
    look: { motif: 'harbour', colours: PALETTES.dusk, seed: 62 },
    tracks: ['Low Water', 'Herring Weather', 'What the Buoy Said', 'Slack'],
  },
];
