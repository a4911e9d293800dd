import { normalizeLanguage } from '../../ffmpeg/language.js';
import { baseOf, extensionOf } from './file-kind.js';

/** What the name of a subtitle file says. */
export interface SubtitleName {
  format: string;
  /** Place of its language in an `.idx` file; null for all others. */
  streamIndex: number | null;
  /** BCP-47 */
  language: string | null;
  /** Words that are neither language nor flag, for people: “Commentary”. */
  label: string | null;
  forced: boolean;
  hearingImpaired: boolean;
}

const forced = new Set(['forced', 'foreign']);
const hearingImpaired = new Set(['sdh', 'cc', 'hoh']);
const silent = new Set(['default', 'full', 'sub', 'subs', 'subtitle', 'subtitles', 'utf8', 'utf-8']);

/**
 * Reads the part of a subtitle's name behind the media file's (`Film.en.forced.srt` beside `Film.mkv`), or the whole
 * name of a file in a `Subs` folder (`2_English.srt`).
 * @param mediaBase the media file's name without its ending, or null in a `Subs` folder
 * @returns null when the name belongs to another media file
 */
export function readSubtitleName(name: string, mediaBase: string | null): SubtitleName | null {
  const base = baseOf(name);
  const rest = mediaBase === null ? base : restBehind(base, mediaBase);
  if (rest === null) return null;
  const words = rest.split(/[\s._()[\]]+|-(?![a-z]{2}(?:\W|$)|[a-z]{4}(?:\W|$))/i).filter(Boolean);
  const result: SubtitleName = {
    format: extensionOf(name),
    streamIndex: null,
    language: null,
    label: null,
    forced: false,
    hearingImpaired: false,
  };
  const labels: string[] = [];
  for (const [index, word] of words.entries()) {
    const key = word.toLowerCase();
    if (forced.has(key)) result.forced = true;
    else if (hearingImpaired.has(key) || (key === 'hi' && (result.language !== null || index > 0)))
      result.hearingImpaired = true;
    else if (silent.has(key) || /^\d{1,3}$/.test(key)) continue;
    else if (result.language === null && normalizeLanguage(key) !== null)
      result.language = normalizeLanguage(key);
    else labels.push(word);
  }
  result.label = labels.join(' ').slice(0, 100) || null;
  return result;
}

/** `Film.en` behind `Film` is `.en`; `Film 2.en` belongs to another file. */
function restBehind(base: string, mediaBase: string): string | null {
  if (!base.toLowerCase().startsWith(mediaBase.toLowerCase())) return null;
  const rest = base.slice(mediaBase.length);
  return rest === '' || (/^[._ ([-]/.test(rest) && !/^ \d/.test(rest)) ? rest : null;
}
