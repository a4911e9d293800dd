import { baseOf } from '../sidecar/file-kind.js';

const marker =
  /(?:s\d{1,4}[ ._-]*e\d{1,4}(?:[ ._-]*(?:e|-)?\d{1,4})*|\b\d{1,2}x\d{1,4}(?:-\d{1,4}|x\d{1,4})*)/i;
const releaseWord =
  /[ ._([{-]+(?:\d{3,4}[pi]\b|web|webrip|bluray|blu-ray|bdrip|brrip|hdtv|dvd|dvdrip|hdrip|x26[45]|h[ ._]?26[45]|hevc|xvid|divx|aac|ac3|dts|proper|repack|remux|amzn|nf|10bit|internal|multi|dual|german|french|ita|eng)(?![a-z0-9]).*$/i;

/** An episode's own name as scene and Plex naming put it behind the number; null when there is none. */
export function episodeNameOf(fileName: string): string | null {
  const base = baseOf(fileName);
  const match = marker.exec(base);
  if (!match) return null;
  const behind = base.slice(match.index + match[0].length).replace(/\[[^\]]*\]|\{[^}]*\}/g, ' ');
  const cut = ` ${behind}`.replace(releaseWord, '');
  const spaced =
    cut.includes(' ') && /\S \S/.test(cut.trim()) ? cut.replaceAll('_', ' ') : cut.replaceAll(/[._]/g, ' ');
  const name = spaced
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s\-–:]+|[\s\-–]+$/g, '')
    .trim();
  return /\p{L}{2}/u.test(name) ? name.slice(0, 200) : null;
}
