import type { ReleaseFacts } from './release-facts.js';
import { isTechnical } from './release-group.js';
import type { FoundYear } from './release-year.js';
import { cleanTitle, withoutEditionTail } from './title-text.js';
import { secondOpinion } from './torrent-title.js';
import type { SecondOpinion } from './torrent-title.js';

/** Where the title ends, and what else is known of the name. */
export interface TitlePlace {
  /** The first index that surely belongs to the title no more. */
  cut: number;
  /** Length of a leading fansub bracket. */
  leadLength: number;
  year: FoundYear | null;
  facts: ReleaseFacts;
  opinion: SecondOpinion | null;
}

/** Brackets, slashes and mixed scripts hold translations and remarks; the second opinion knows many of their customs. */
const INTRICATE = /[[\](){}/|★]|[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF].*[A-Za-z]{3}|[A-Za-z]{3}.*[\u3040-\u30FF\u3400-\u9FFF]|[\u0400-\u04FF].*[A-Za-z]{3}/u;
const LEADING_TECHNICAL = /^[ .-]*\[([^\]]+)\][ .-]*/u;

/** The title that stands before the numbers, the year and the technical words; null when nothing does. */
export function titleInFront(text: string, place: TitlePlace): string | null {
  let head = text.slice(place.leadLength, Math.max(place.cut, place.leadLength));
  for (let match = LEADING_TECHNICAL.exec(head); match && isTechnical(match[1] ?? ''); match = LEADING_TECHNICAL.exec(head)) {
    head = head.slice(match[0].length);
  }
  if (!/[\p{L}\p{N}]/u.test(head)) return null;
  const atEnd = place.cut >= text.length;
  const onlyTechnical = !atEnd && place.year === null && place.cut === place.facts.start;
  if (INTRICATE.test(head) || atEnd || onlyTechnical) {
    const opinion = place.opinion ?? secondOpinion(atEnd ? text : `${text.slice(0, place.cut)} S01E01`);
    const title = cleanTitle(opinion.title);
    if (title && !(isTechnical(title) && title.length < 5)) return title;
  }
  return cleanTitle(withoutEditionTail(head)) || null;
}

/** The words between the numbers at the very front and the technical part: a title or an episode's title. */
export function titleBehind(text: string, from: number, place: TitlePlace): string | null {
  const stop = [place.facts.start, place.year?.start ?? text.length].filter((index) => index >= from);
  const title = cleanTitle(withoutEditionTail(text.slice(from, Math.min(text.length, ...stop))));
  return /\p{L}/u.test(title) ? title : null;
}
