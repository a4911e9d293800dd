import { AUDIO_CODECS, RESOLUTION_WORDS, SOURCES, VIDEO_CODECS } from './release-tokens.js';
import { NOT_A_GROUP, REPOST_TAIL } from './release-group-words.js';

const LEADING_BRACKET = /^[ ]*\[[ ]*([^\]]{1,60}?)[ ]*\][ ._-]*/u;
const LEADING_PAREN = /^\(([A-Za-z][\w-]{1,20})\)[ ._-]+(?=\S)/u;
const TRAILING_BRACKET = /[[({][ ]*([^[\](){}]{2,90}?)[ ]*[\])}][ .]*$/u;
const BRACKET = /[[({][ ]*([^[\](){}]{2,60}?)[ ]*[\])}]/gu;
const HYPHENED =
  /(?:^|(?<before>[^\s.()[\]-]*)[ .)\]]?[ ]?)-[ ]?(?<group>\[[^\]]{2,40}\]|[\p{L}\p{N}$][\p{L}\p{N}@_!&.'$+]*(?: [\p{L}\p{N}.@&!]{2,20}){0,2})$/u;

/** The fansub group in front (`[Group] Show - 05`), with the length of that bracket; null when the bracket says something else. */
export function leadingGroup(text: string): { group: string; length: number } | null {
  const match = LEADING_BRACKET.exec(text) ?? LEADING_PAREN.exec(text);
  const group = match?.[1]?.trim();
  if (!match || !group || match[0].length >= text.length) return null;
  // `[Title][05]`: the bracket before the number is the title.
  if (
    /^\[(?:ep?[ .]?)?\d{1,4}(?:v\d|-\d+)?[^\]]{0,6}\]/iu.test(text.slice(match[0].length)) &&
    / /u.test(group)
  )
    return null;
  if (isTechnical(group) || /^\d+$/u.test(group) || /\.(?:com|org|net|ru|to)$/iu.test(group)) return null;
  return { group, length: match[0].length };
}

/**
 * The group behind the technical words: after the last hyphen (`x264-GROUP`), in a bracket, or as the last word
 * (`x264 GROUP`).
 *
 * @param from end of the title: no group stands before
 * @param techEnd end of the last technical word, 0 when there is none
 */
export function trailingGroup(original: string, from: number, techEnd: number): string | null {
  let text = original.replace(/[ .]mkv$/iu, '').trimEnd();
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(REPOST_TAIL, '').trimEnd();
  }
  const hyphened = behindHyphen(text, from, techEnd);
  if (hyphened) return hyphened;
  if (techEnd === 0) return null;
  return inTrailingBracket(text, from) ?? lastWord(text, techEnd) ?? inAnyBracket(text, from);
}

function behindHyphen(text: string, from: number, techEnd: number): string | null {
  // A bracket behind the group is a tag of the site that spread it, and closing words tell of languages.
  const plain = text.replace(/(?<=-[ ]?[\p{L}\p{N}]{2,30})[ ]?[[({][^\])}]*[\])}]$/u, '').replace(/\)$/u, '');
  const match = HYPHENED.exec(plain);
  if (!match || match.index + match[0].length <= from) return null;
  const spaced = /-[ ]/u.test(match[0]) || / -/u.test(match[0]);
  if (techEnd === 0 && (spaced || / /u.test(plain))) return null;
  if (plain.length - (match.groups?.['group'] ?? '').length < techEnd - 4) return null;
  let group = (match.groups?.['group'] ?? '').replace(/^\[|\]$/gu, '');
  group = withoutLanguageTail(group);
  if (!acceptable(group)) return null;
  const before = match.groups?.['before'] ?? '';
  const joined =
    before !== '' &&
    !spaced &&
    match.index >= from &&
    techEnd > 0 &&
    match.index >= techEnd &&
    /^\p{L}[\p{L}\p{N}]*$/u.test(before);
  return joined && acceptable(before) && !/^re$/iu.test(before) ? `${before}-${group}` : group;
}

function withoutLanguageTail(group: string): string {
  const parts = group.split(/[ .]/u);
  while (parts.length > 1 && NOT_A_GROUP.test(parts[parts.length - 1] ?? '')) parts.pop();
  while (parts.length > 1 && (NOT_A_GROUP.test(parts[0] ?? '') || isToken(parts[0] ?? ''))) parts.shift();
  return parts.join(group.includes(' ') ? ' ' : '.');
}

/** `[GROUP]`, or the last word of `(1080p BluRay x265 GROUP)`. */
function inTrailingBracket(text: string, from: number): string | null {
  const bracket = TRAILING_BRACKET.exec(text);
  if (!bracket || bracket.index < from) return null;
  const inside = (bracket[1] ?? '').trim();
  if (isTechnical(inside)) return null;
  const words = inside.split(/[ ,]+/u);
  const technical = words.some((word) => isToken(word));
  const candidate = technical ? (words[words.length - 1] ?? '') : inside;
  const group = technical ? candidate.replace(/^.*-/u, '') : candidate;
  return acceptable(group) && !/^(?:.*\b(?:audio|subs?|edition|cut)\b.*)$/iu.test(group) ? group : null;
}

function inAnyBracket(text: string, from: number): string | null {
  for (const match of text.matchAll(BRACKET)) {
    const inside = (match[1] ?? '').trim();
    if (
      match.index < from ||
      isTechnical(inside) ||
      /audio|subs?\b|edition|\bcut\b|^\d|season|episode/iu.test(inside)
    )
      continue;
    const kept = inside.split(/, ?/u).filter((part) => !isTechnical(part));
    if (
      kept.length === 1 &&
      acceptable(kept[0] ?? '') &&
      !(kept[0] ?? '').split(' ').some((word) => isToken(word))
    )
      return kept[0] ?? null;
  }
  return null;
}

/** `x264 GROUP` or `AC3.GROUP`: one word behind the last technical one. */
function lastWord(text: string, techEnd: number): string | null {
  const match = /^[ .)\]]*(?:(?:by|par)[ .])?(?:\d[ .]\d[ .])?([\p{L}\p{N}][\p{L}\p{N}@&$-]{2,24})$/u.exec(
    text.slice(techEnd),
  );
  const group = match?.[1] ?? '';
  return group && acceptable(group) ? group : null;
}

function acceptable(group: string): boolean {
  return group.length > 0 && !NOT_A_GROUP.test(group) && !isTechnical(group);
}

/** A bracket that holds technical words only, such as `[1080p]` or `[BD HEVC]`. */
export function isTechnical(text: string): boolean {
  if (NOT_A_GROUP.test(text)) return true;
  const parts = text.split(/[ ._,&+-]+/u).filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => NOT_A_GROUP.test(part) || isToken(part));
}

function isToken(part: string): boolean {
  if (/^(?:\d{3,4}[pi]|\d{3,4}x\d{3,4}|\d\.\d|\d{1,2}bits?)$/iu.test(part)) return true;
  return [SOURCES, VIDEO_CODECS, AUDIO_CODECS, RESOLUTION_WORDS].some((rows) =>
    rows.some((row) => {
      const match = row.pattern.exec(part);
      return match !== null && match[0].length === part.length;
    }),
  );
}
