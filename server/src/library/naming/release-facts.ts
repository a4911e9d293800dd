import { globalPattern } from './global-pattern.js';
import type { NamedAudioCodec, NamedSource, NamedVideoCodec } from './parsed-name.js';
import { AUDIO_CODECS, RESOLUTION_WORDS, SOURCES, VIDEO_CODECS } from './release-tokens.js';
import type { TokenRow } from './release-tokens.js';

/** What the technical words of a name say, and where the first and the last of them stand. */
export interface ReleaseFacts {
  resolution: string | null;
  source: NamedSource | null;
  videoCodec: NamedVideoCodec | null;
  audioCodec: NamedAudioCodec | null;
  /** Index of the first trustworthy technical word; the length of the text when there is none. */
  start: number;
  /** End of the last technical word; 0 when there is none. */
  end: number;
}

interface Found<Value> {
  value: Value;
  start: number;
  end: number;
  weak: boolean;
}

const LINES =
  /(?<![\p{L}\p{N}])(?:(?:bd|br|hd|web|webdl|webrip|bluray|hdtv|fhd|tv|dvd|uhd|nhd|h|m|4kto)?[ ._-]?|(?<=(?:19|20)\d\d))(4320|2160|1440|1080|960|900|720|576|544|540|480|432|404|400|368|360|352|304|272|240)[ ]?([pi])(?:x|10|\d{2}(?:\.\d+)?(?:fps)?|hd)?(?![\p{L}\p{N}])/iu;
const PICTURE = /(?<!\d)(\d{3,4})(?:[x×*]| [x×*] )(\d{3,4})(?:p|i)?(?![\d])/iu;
const BARE_LINES = /(?<=[ ._[(-])(2160|1080|720|480)(?=[ ._\])-]|$)/iu;

/** Reads every technical word; `from` is where the name's own title surely ends, so that weak words behind it count;
 * brackets before `front` do not end a title. */
export function readReleaseFacts(text: string, from: number, front: number): ReleaseFacts {
  const resolution = findResolution(text, from);
  const source = findToken(SOURCES, text, from);
  const video = findToken(VIDEO_CODECS, text, from);
  const audio = findToken(AUDIO_CODECS, text, from);
  const found = [resolution, source, video, audio].filter((token) => token !== null);
  const firm = found.filter((token) => !token.weak);
  return {
    resolution: resolution?.value ?? null,
    source: source?.value ?? null,
    videoCodec: video?.value ?? null,
    audioCodec: audio?.value ?? null,
    start: Math.min(
      text.length,
      ...firm.map((token) => token.start).filter((start) => start >= front),
      behindFront(text, front),
    ),
    end: Math.max(0, ...found.map((token) => token.end)),
  };
}

/** Where the technical words begin behind the front brackets, when those held some of the same. */
function behindFront(text: string, front: number): number {
  if (front === 0) return text.length;
  return front + readReleaseFacts(text.slice(front), text.length, 0).start;
}

function findToken<Value extends string>(
  rows: readonly TokenRow<Value>[],
  text: string,
  from: number,
): Found<Value> | null {
  for (const { value, pattern, weak } of rows) {
    const match = weak ? firstWeak(pattern, text, from) : pattern.exec(text);
    if (match) return { value, start: match.index, end: match.index + match[0].length, weak: weak ?? false };
  }
  return null;
}

/** A weak word counts behind `from`, or anywhere in brackets. */
function firstWeak(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  for (const match of text.matchAll(globalPattern(pattern))) {
    if (match.index >= from && match.index > 0) return match;
    if (
      match.index > 0 &&
      /[[(]$/u.test(text.slice(0, match.index)) &&
      /^[\s\])]/u.test(text.slice(match.index + match[0].length))
    )
      return match;
  }
  return null;
}

function findResolution(text: string, from: number): Found<string> | null {
  const at = (match: RegExpExecArray, value: string, weak = false): Found<string> => ({
    value,
    start: match.index,
    end: match.index + match[0].length,
    weak,
  });
  const lines = LINES.exec(text);
  if (lines) return at(lines, `${lines[1] ?? ''}${(lines[2] ?? 'p').toLowerCase()}`);
  const picture = PICTURE.exec(text);
  if (picture) {
    const value = linesOf(Number(picture[1]), Number(picture[2]));
    if (value) return at(picture, value);
  }
  const named = findToken(RESOLUTION_WORDS, text, from);
  if (named) return named;
  const bare = BARE_LINES.exec(text);
  return bare && bare.index >= from && from > 0 ? at(bare, `${bare[1] ?? ''}p`, true) : null;
}

/** The trade's name for a picture size: cropped pictures keep the lines of the full one (1920×800 is 1080p). */
function linesOf(width: number, height: number): string | null {
  if (width < 240 || height < 180 || width < height / 2 || width > height * 4) return null;
  if (width > 2600 || height > 1440) return '2160p';
  if (width > 1400 || height > 800) return '1080p';
  if (width >= 1200 || height > 600) return '720p';
  if (height > 480 && height <= 576) return '576p';
  if (height >= 400 || width >= 700) return '480p';
  return height >= 340 ? '360p' : `${height}p`;
}
