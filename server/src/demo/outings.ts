import type { OutingSpec } from './household.js';
import { PALETTES } from './palettes.js';

export const OUTINGS: readonly OutingSpec[] = [
  {
    name: 'A week in the hills',
    camera: ['Hearth', 'Hearth Pinhole 2'],
    photos: [
      { name: 'First morning', takenAt: '2024-06-29T07:42:10', look: { motif: 'mountains', colours: PALETTES.ember, seed: 71 } },
      { name: 'The wood behind the hut', takenAt: '2024-06-30T16:05:44', look: { motif: 'forest', colours: PALETTES.moss, seed: 72 } },
      { name: 'Above the clouds', takenAt: '2024-07-02T12:31:02', look: { motif: 'mountains', colours: PALETTES.winter, seed: 73 } },
      { name: 'Last light', takenAt: '2024-07-04T21:18:37', look: { motif: 'mountains', colours: PALETTES.dusk, seed: 74 } },
    ],
  },
  {
    name: 'Harbour, winter',
    camera: ['Hearth', 'Hearth Pinhole 2'],
    photos: [
      { name: 'Before the ferry', takenAt: '2025-01-11T08:12:00', look: { motif: 'harbour', colours: PALETTES.winter, seed: 75 } },
      { name: 'Open water', takenAt: '2025-01-11T10:47:21', look: { motif: 'sea', colours: PALETTES.midnight, seed: 76 } },
      { name: 'Northern lights', takenAt: '2025-01-12T23:02:58', look: { motif: 'aurora', colours: PALETTES.polar, seed: 77 } },
    ],
  },
]; // prettier-ignore
