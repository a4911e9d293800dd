import { matchesGlob } from 'node:path';

/** Directories of operating systems, NAS makers and download clients. */
const directories = new Set([
  '@eadir',
  '#recycle',
  '#snapshot',
  '@recycle',
  '@tmp',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  'found.000',
]);
const unfinished = /\.(?:part|!qb|!ut|crdownload|partial|download|tmp|aria2|unfinished)$/i;

export const isIgnoredDirectory = (name: string): boolean =>
  name.startsWith('.') || directories.has(name.toLowerCase());

export const isIgnoredFile = (name: string): boolean => name.startsWith('.') || unfinished.test(name);

const sample = /^(?:sample|.*[-_. ]sample)\.[^.]+$/i;

/** A release's sample: named so, and beside something at least three times as large. */
export function isSample(name: string, size: number, largestBeside: number): boolean {
  return sample.test(name) && largestBeside >= size * 3;
}

/** What a `.hearthignore` leaves out: everything when it is empty, else what its lines match, one glob a line. */
export function readIgnoreFile(text: string): (name: string) => boolean {
  const globs = text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/\/$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(0, 200);
  if (globs.length === 0) return () => true;
  return (name) => globs.some((glob) => matchesGlob(name, glob));
}
