import type { ParsedName } from '../naming/parsed-name.js';
import { baseOf } from '../sidecar/file-kind.js';

const editions: readonly (readonly [RegExp, string])[] = [
  [/\bdirector'?s[ ._-]?cut\b|[ ._-]dc[ ._-](?=\d{3,4}p|bluray|bdrip|dvdrip)/i, 'Director’s Cut'],
  [/\bextended(?:[ ._-](?:cut|edition|version))?\b/i, 'Extended'],
  [/\bultimate[ ._-](?:cut|edition)\b/i, 'Ultimate Edition'],
  [/\bfinal[ ._-]cut\b/i, 'Final Cut'],
  [/\btheatrical(?:[ ._-](?:cut|edition|version))?\b/i, 'Theatrical'],
  [/\bunrated\b|\buncut\b/i, 'Unrated'],
  [/\bspecial[ ._-]edition\b/i, 'Special Edition'],
  [/\bcriterion\b/i, 'Criterion'],
  [/\bimax\b/i, 'IMAX'],
  [/\bopen[ ._-]matte\b/i, 'Open Matte'],
  [/\bremaster(?:ed)?\b/i, 'Remastered'],
  [/\b3d\b|\bh-?sbs\b|\bh-?ou\b/i, '3D'],
];
const part = /[ ._([-]+(?:cd|dvd|dis[ck])[ ._-]?([1-9]|[a-d])[)\]]?$/i;
const numberedPart = /[ ._([-]+(?:part|pt)[ ._-]?([1-9]|[a-d])[)\]]?$/i;

/** A name split into what a film's parts share and the part's number. */
export interface PartName {
  stem: string;
  part: number;
}

/**
 * `Film CD1` → `Film`, 1. `part` and `pt` are read only where they are told to be parts of one film, since
 * “Dune Part 2” is a film of its own. https://kodi.wiki/view/Naming_video_files/Movies#Split_video_files
 */
export function readPart(base: string, acceptPartWord: boolean): PartName | null {
  const match = part.exec(base) ?? (acceptPartWord ? numberedPart.exec(base) : null);
  const mark = match?.[1];
  if (!match || !mark || match.index < 1) return null;
  return {
    stem: base.slice(0, match.index),
    part: /\d/.test(mark) ? Number(mark) : mark.toLowerCase().charCodeAt(0) - 96,
  };
}

/** What tells this file from other versions of its title: “Director’s Cut · 2160p”; null when nothing does. */
export function versionLabelOf(
  fileName: string,
  parsed: ParsedName,
  height: number | null,
  partNumber: number | null,
): string | null {
  const base = baseOf(fileName).replaceAll('’', "'");
  const tagged = /\{edition-([^}]{1,60})\}/i.exec(base)?.[1];
  // Only behind the title: “Final Cut” may be a film's name.
  const behind = base.slice(Math.min(base.length, (parsed.title ?? '').length));
  const edition = tagged ?? editions.find(([pattern]) => pattern.test(behind))?.[1] ?? null;
  const quality = height !== null && height > 0 ? qualityOf(height) : parsed.resolution;
  const words = [edition, partNumber === null ? null : `Part ${partNumber}`, quality].filter(
    (word) => word !== null,
  );
  return words.join(' · ') || null;
}

/** The usual name of a picture height in 16:9 terms. */
export function qualityOf(height: number): string {
  for (const lines of [4320, 2160, 1440, 1080, 720, 576, 480, 360])
    if (height >= lines * 0.9) return `${lines}p`;
  return `${height}p`;
}
