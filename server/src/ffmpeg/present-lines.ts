import { ProbeFailed } from './media-probe.js';
import type { Cue } from './webvtt.js';

/** Bytes of a file, `end` included. */
export type PresentSpan = Readonly<{ start: number; end: number }>;

/** A file of which only some bytes are here, at an address where nothing is fetched for who reads. */
export type PresentBytes = Readonly<{ address: string; spans: readonly PresentSpan[] }>;

/** A line of a text track, by its number in the container's index. */
export type PresentLine = Readonly<{
  number: number;
  /** None where it cannot be shown. */
  cues: readonly Cue[];
  /** The event of an ASS track as Matroska keeps it. */
  event: string | null;
}>;

/** What of a text track is here. */
export type PresentLines = Readonly<{
  /** Lines of the whole track. */
  count: number;
  /** Of an ASS script. */
  head: string;
  lines: readonly PresentLine[];
}>;

/** What need not be read, and what can be: bytes from `start` up to `end`, that not included. */
export type Presence = Readonly<{
  isHere: (start: number, end: number) => boolean;
  isKnown: (number: number) => boolean;
}>;

export const indexAway = (): ProbeFailed =>
  new ProbeFailed('unreadable', 'Not all of the index is here yet.');
