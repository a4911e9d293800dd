import { isTechnical } from './release-group.js';
import type { FoundYear } from './release-year.js';
import { cleanTitle, withoutEditionTail } from './title-text.js';
import { secondOpinion } from './torrent-title.js';
import type { SecondOpinion } from './torrent-title.js';

/** Where the title may lie. */
export interface TitlePlace {
  /** The first index that surely belongs to the title no more. */
  cut: number;
  /** The year, if the name states one. */
  year: FoundYear | null;
  /** Length of the brackets in front: a fansub's name, technical words. */
  front: number;
  /** Everything recognised, in any order; what lies between two of them may be a title. */
  spans: readonly { start: number; end: number }[];
  /** The numbers are the second opinion's and have no place of their own. */
  elsewhere: boolean;
  /** What the second opinion said of the whole text, where it was asked. */
  opinion: SecondOpinion | null;
}

/** Brackets, slashes and mixed scripts hold translations and remarks; the second opinion knows many of their customs. */
const INTRICATE =
  /[[\]{}/|★]|\(.*\(|[\u3040-\u30FF\u3400-\u9FFF].*[A-Za-z]{3}|[A-Za-z]{3}.*[\u3040-\u30FF\u3400-\u9FFF]|[\u0400-\u04FF].*[A-Za-z]{3}/u;
/** `[Group][Title][05]`: which of the brackets holds the title takes knowing the customs. */
const IN_BRACKETS = /^\[[^\]]*\][ ]?\[[^\]]*[\u3040-\u30FF\u3400-\u9FFF][^\]]*\]/u;
const LEADING_TECHNICAL = /^[ .-]*[[(]([^\])]+)[\])][ .-]*/u;

/** Length of the brackets at the very front that hold technical words (`[BD][1080p] Title`). */
export function technicalFront(text: string, from: number): number {
  let at = from;
  for (;;) {
    const match = LEADING_TECHNICAL.exec(text.slice(at));
    if (!match || !isTechnical(match[1] ?? '') || /^\d+$/u.test(match[1] ?? '')) return at;
    at += match[0].length;
  }
}

/** The title that stands before the numbers, the year and the technical words; null when nothing does. */
export function titleInFront(text: string, place: TitlePlace): string | null {
  const head = withoutTechnicalBracket(text.slice(place.front, Math.max(place.cut, place.front)));
  if (!/[\p{L}\p{N}]/u.test(head)) return null;
  if (place.elsewhere && place.opinion) return cleanTitle(place.opinion.title) || null;
  if (IN_BRACKETS.test(text)) {
    const title = cleanTitle(secondOpinion(text).title);
    if (title && !isTechnical(title)) return title;
  }
  const plain = withoutEditionTail(head);
  if (INTRICATE.test(plain)) {
    const opinion =
      place.cut >= text.length && place.opinion ? place.opinion : secondOpinion(`${plain} S01E01`);
    const title = cleanTitle(opinion.title);
    if (title && !isTechnical(title)) return title;
  }
  return cleanTitle(place.year ? withoutOtherTitle(plain) : plain) || null;
}

/** `Titre (The Other Title) 2008` → `Titre`: several words in brackets before the year are the title in another language. */
function withoutOtherTitle(head: string): string {
  return head.replace(/(?<=\p{L}{2}.*)[ .]\([\p{L}'’]+(?:[ .-][\p{L}'’]+)+\)?$/u, '');
}

/** `Title [BD]` → `Title`. */
function withoutTechnicalBracket(raw: string): string {
  const head = raw.replace(/[ ._([{-]+$/u, '');
  const match = /[ ]*[[(]([^\])]+)[\])]?[ ]*$/u.exec(head);
  return match && match.index > 0 && isTechnical(match[1] ?? '') && !/^\d+$/u.test(match[1] ?? '')
    ? withoutTechnicalBracket(head.slice(0, match.index))
    : head;
}

/** With nothing in front, the first words between two recognised stretches: a title, or an episode's title. */
export function titleBehind(text: string, place: TitlePlace): string | null {
  const spans = [...place.spans].filter((span) => span.start < text.length).sort((a, b) => a.start - b.start);
  let at = place.front;
  for (const span of [...spans, { start: text.length, end: text.length }]) {
    if (span.start > at) {
      const title = cleanTitle(withoutEditionTail(withoutTechnicalBracket(text.slice(at, span.start))));
      if (/\p{L}/u.test(title) && !isTechnical(title)) return title;
    }
    at = Math.max(at, span.end);
  }
  return null;
}
