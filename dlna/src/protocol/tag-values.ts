import type { PlayWord } from '../media-source.port.js';
import { parseClock } from '../wire/npt.js';
import { parseXml, XmlError, type XmlElement } from '../wire/xml.js';

/** Nothing of these is kept, and nobody is refused for telling of them. */
const IGNORED = ['lastPlaybackTime', 'lastPlayerState'];

/** A tag that may not be changed; its name is the message. */
export class ReadOnlyTag extends Error {}

/**
 * `NewTagValue` of UpdateObject (ContentDirectory:1 §2.7.15): elements with commas between them. Kodi tells with it where
 * its person stopped, and what was watched to its end; with nothing in it, that it has stopped.
 * @throws XmlError; ReadOnlyTag for whatever else somebody would change
 */
export function readTagValues(text: string): PlayWord {
  let word: PlayWord = {};
  for (const element of parseXml(`<tags>${text}</tags>`, { maxDepth: 4, maxNodes: 64 }).children)
    word = { ...word, ...wordOf(element) };
  return word;
}

function wordOf({ name, text }: XmlElement): PlayWord {
  if (name === 'lastPlaybackPosition') return { positionSeconds: positionOf(text.trim()) };
  if (name === 'playCount' || name === 'playbackCount') return { watched: countOf(text.trim()) > 0 };
  if (IGNORED.includes(name)) return {};
  throw new ReadOnlyTag(name);
}

/** The standard has `H:MM:SS`, Kodi seconds. */
function positionOf(text: string): number {
  const seconds = /^\d{1,8}$/.test(text) ? Number(text) : parseClock(text);
  if (seconds === undefined) throw new XmlError('a position that is none');
  return seconds;
}

function countOf(text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new XmlError('a count that is none');
  return Number(text);
}
