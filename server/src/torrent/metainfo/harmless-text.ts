/** Characters that turn the direction of what follows, or hide: names are made to look like others with them. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/**
 * Invisible or without meaning in a name: zero-width blanks, fillers, tags, annotation marks, noncharacters. The joiners
 * U+200C and U+200D stay (Persian, Indic scripts, emoji), and the selector of coloured emoji.
 */
const INVISIBLE =
  /(?![\u200c\u200d]|\ufe0f)\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffc]|\p{Noncharacter_Code_Point}/gu;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;
/** More marks on one letter than any script has: they would run over the lines above and below. */
const HEAPED_MARKS = /(\p{M}{6})\p{M}+/gu;

/** Whether a text holds characters that make it look like another one (MITRE ATT&CK T1036.002). */
export function turnsDirection(text: string): boolean {
  return /[\u202a-\u202e\u2066-\u2069]/u.test(text);
}

/**
 * A text from outside that may be shown: one line, at most `longest` characters, nothing that hides or turns what stands
 * beside it, no half characters. It may still hold `<` or quotes, and is no file name.
 */
export function harmlessText(text: string, longest = 255): string {
  // Normalising may make it three times as long (UAX #15), so that it is cut before and after.
  const clean = text
    .slice(0, longest * 4)
    .toWellFormed()
    .normalize('NFC')
    .replace(BIDI, '')
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(HEAPED_MARKS, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}

/** Segments of a path as one text for people; empty, `.` and `..` segments and separators inside them vanish. */
export function harmlessPath(segments: readonly string[]): string {
  return segments
    .map((segment) => harmlessText(segment.replaceAll(/[/\\]/gu, ' ')))
    .filter((segment) => !/^\.{0,2}$/u.test(segment))
    .join('/');
}
