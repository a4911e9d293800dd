import type { ClipWork, TuneWork } from './household.js';

/** One file of the household: a clip, a tune, or something that is drawn or written. */
export type PlannedFile =
  | { path: string; clip: ClipWork; tune?: never; content?: never }
  | { path: string; clip?: never; tune: TuneWork; content?: never }
  | { path: string; clip?: never; tune?: never; content: () => string | Promise<Buffer> };
